import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPerson, startIdentity, type IdentityPlaza, type Tokens } from './steps.test.ts';

for (const strict of [false, true]) {
  describe(`an account from registration to its end, ${strict ? 'strict' : 'local'}`, () => {
    let plaza: IdentityPlaza;
    before(async () => {
      plaza = await startIdentity({ strict });
    });
    after(() => plaza.stop());

    it('registers, gets one code by mail, proves the address and is signed in', async () => {
      const person = newPerson();
      const registered = await plaza.register(
        { ...person, email: person.email.toUpperCase() },
        { full_name: 'Ana Restrepo', phone_number: '+573001234567' },
      );
      assert.equal(registered.statusCode, 201);
      const account = registered.json<{ id: string; challenge_id: string }>();
      assert.partialDeepStrictEqual(account, {
        email: person.email,
        username: person.username,
        email_verified: false,
        full_name: 'Ana Restrepo',
        phone_number: '+573001234567',
        roles: ['customer'],
        language: 'es',
      });
      const code = await plaza.codeOf(person.email);
      assert.equal(plaza.mailsTo(person.email).length, 1);
      assert.ok(!plaza.mailsTo(person.email)[0]!.subject.includes(code));
      const payload = { challenge_id: account.challenge_id, code };
      const verified = await plaza.post('/auth/verify-email', payload);
      assert.partialDeepStrictEqual(verified.json(), {
        token_type: 'Bearer',
        expires_in: 600,
        account: { id: account.id, email_verified: true, roles: ['customer'] },
      });
      const again = await plaza.post('/auth/verify-email', payload);
      assert.partialDeepStrictEqual(again.json(), { status: 422, code: 'identity.code_not_valid' });
      await plaza.settle();
      const { rows } = await plaza.pool('identity').query(
        `select type, aggregate_version, data from outbox
         where subject = $1 or type = 'identity.account-registered.v1' order by seq`,
        [account.id],
      );
      assert.partialDeepStrictEqual(rows, [
        {
          type: 'identity.account-registered.v1',
          aggregate_version: 1,
          data: { accountId: account.id, email: person.email, fullName: 'Ana Restrepo' },
        },
        {
          type: 'identity.email-verified.v1',
          aggregate_version: 2,
          data: { accountId: account.id, email: person.email },
        },
      ]);
    });

    it('signs in by name or address before and after the proof, refreshes, and signs out', async () => {
      const person = newPerson();
      await plaza.register(person, { language: 'en' });
      const unproven = (await plaza.login(person)).json<Tokens>();
      assert.equal(unproven.account.email_verified, false);
      await plaza.signUp(newPerson());
      const code = await plaza.codeOf(person.email);
      await plaza.post('/auth/verify-email', { email: person.email, code });
      for (const name of [
        { username: person.username.toUpperCase() },
        { username: person.email },
        { email: ` ${person.email.toUpperCase()}` },
      ]) {
        const reply = await plaza.post('/auth/login', { ...name, password: person.password });
        assert.equal(reply.json<Tokens>().account.email_verified, true, reply.body);
      }
      const first = (await plaza.login(person)).json<Tokens>();
      const second = (await plaza.refresh(first.refresh_token)).json<Tokens>();
      assert.notEqual(second.refresh_token, first.refresh_token);
      const me = await plaza.me(second.access_token);
      assert.partialDeepStrictEqual(me.json(), { email: person.email, language: 'en' });
      assert.match(me.json<{ created_at: string }>().created_at, /^\d{4}-\d\d-\d\dT.*Z$/);

      const out = { refresh_token: second.refresh_token };
      assert.equal((await plaza.post('/auth/logout', out)).statusCode, 204);
      assert.equal((await plaza.post('/auth/logout', out)).statusCode, 204);
      assert.partialDeepStrictEqual((await plaza.refresh(second.refresh_token)).json(), {
        status: 401,
        code: 'identity.refresh_not_valid',
      });
    });

    it('gets a new password by a link that works once, and every session ends', async () => {
      const person = newPerson();
      const old = await plaza.signUp(person);
      await plaza.post('/auth/forgot-password', { email: person.email });
      await plaza.settle();
      const [, link] = /(http:\S+)/.exec(plaza.mailsTo(person.email).at(-1)!.text)!;
      const token = link!.split('/restablecer/')[1]!;
      const chosen = 'otra clave larga';
      const reset = { token, password: chosen, confirm_password: chosen };
      const refused = await plaza.post('/auth/reset-password', {
        ...reset,
        password: 'password123',
        confirm_password: 'password123',
      });
      assert.partialDeepStrictEqual(refused.json(), {
        status: 422,
        code: 'identity.password_refused',
        errors: [{ pointer: '#/password', code: 'too_common' }],
      });
      assert.equal((await plaza.post('/auth/reset-password', reset)).statusCode, 204);
      assert.partialDeepStrictEqual((await plaza.post('/auth/reset-password', reset)).json(), {
        status: 422,
        code: 'identity.reset_link_not_valid',
      });
      assert.equal((await plaza.refresh(old.refresh_token)).statusCode, 401);
      assert.equal((await plaza.login(person)).statusCode, 401);
      assert.equal((await plaza.login(person, chosen)).statusCode, 200);
      await plaza.settle();
      assert.equal(plaza.mailsTo(person.email).at(-1)!.subject, 'Cambiaste tu contraseña');
    });

    it('is told by mail when a stranger registers with its address', async () => {
      const person = newPerson();
      await plaza.signUp(person);
      const before = plaza.mailsTo(person.email).length;
      assert.equal((await plaza.register({ ...newPerson(), email: person.email })).statusCode, 201);
      await plaza.settle();
      const [mail, ...more] = plaza.mailsTo(person.email).slice(before);
      assert.equal(mail?.subject, 'Ya tienes una cuenta');
      assert.ok(mail.text.includes(person.username));
      assert.deepEqual(more, []);
    });
  });
}
