import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { notificationsModule } from '../notifications/module.ts';
import { identityModule } from './module.ts';
import {
  bearer,
  newPerson,
  startIdentity,
  times,
  type IdentityPlaza,
  type Tokens,
} from './steps.test.ts';

for (const strict of [false, true]) {
  describe(`a change of address, ${strict ? 'strict' : 'local'}`, () => {
    let plaza: IdentityPlaza;
    before(async () => {
      plaza = await startIdentity({ strict, modules: [identityModule, notificationsModule] });
    });
    after(() => plaza.stop());

    const ask = (tokens: Tokens, email: string) =>
      plaza.post('/auth/email-change', { new_email: email }, bearer(tokens.access_token));
    const confirm = (tokens: Tokens, codeFromOld: string, codeFromNew: string) =>
      plaza.post(
        '/auth/email-change/confirm',
        { code_from_old: codeFromOld, code_from_new: codeFromNew },
        bearer(tokens.access_token),
      );
    const wrongOf = (code: string): string => String((Number(code) + 1) % 10 ** 8).padStart(8, '0');

    it('needs a code from each, tells the old one, and ends other sessions', async () => {
      const person = newPerson();
      const tokens = await plaza.signUp(person);
      const other = (await plaza.login(person)).json<Tokens>();
      const { email } = newPerson();
      assert.equal((await ask(tokens, ` ${email.toUpperCase()}`)).statusCode, 202);
      const [fromOld, fromNew] = [await plaza.codeOf(person.email), await plaza.codeOf(email)];
      assert.notEqual(fromOld, fromNew);
      assert.equal(
        (await plaza.me(tokens.access_token)).json<{ email: string }>().email,
        person.email,
      );

      const reply = await confirm(tokens, fromOld, fromNew);
      assert.equal(reply.statusCode, 204, reply.body);
      assert.partialDeepStrictEqual((await plaza.me(tokens.access_token)).json(), {
        email,
        email_verified: true,
      });
      await plaza.settle();
      assert.equal(plaza.mailsTo(person.email).at(-1)!.subject, 'Tu cuenta tiene otro correo');
      assert.equal((await plaza.me(other.access_token)).statusCode, 401);
      assert.equal((await plaza.refresh(other.refresh_token)).statusCode, 401);
      assert.equal((await plaza.refresh(tokens.refresh_token)).statusCode, 200);
      for (const [name, status] of [
        [email, 200],
        [person.email, 401],
      ] as const) {
        const { password } = person;
        const login = await plaza.post('/auth/login', { email: name, password });
        assert.equal(login.statusCode, status);
      }
      const { rows } = await plaza
        .pool('notifications')
        .query('select email from recipients where account_id = $1', [tokens.account.id]);
      assert.deepEqual(rows, [{ email }]);
      // The codes are used, and the old address is free again.
      assert.equal((await confirm(tokens, fromOld, fromNew)).statusCode, 422);
      assert.equal((await plaza.register({ ...newPerson(), email: person.email })).statusCode, 201);
      await plaza.settle();
      assert.match(plaza.mailsTo(person.email).at(-1)!.subject, /verificación/);
    });

    it('is asked for only with a fresh proof', async () => {
      const person = newPerson();
      const tokens = await plaza.signUp(person);
      await plaza.advance(601_000);
      const refreshed = (await plaza.refresh(tokens.refresh_token)).json<Tokens>();
      const refused = await ask(refreshed, newPerson().email);
      assert.partialDeepStrictEqual(refused.json(), { status: 403, code: 'auth.step_up_required' });
      const again = (await plaza.login(person)).json<Tokens>();
      assert.equal((await ask(again, newPerson().email)).statusCode, 202);
    });

    it('says the same of an address that somebody has, and only that person learns of it', async () => {
      const holder = newPerson();
      await plaza.signUp(holder);
      const person = newPerson();
      const tokens = await plaza.signUp(person);
      const free = await ask(tokens, newPerson().email);
      const taken = await ask(tokens, holder.email);
      assert.deepEqual([taken.statusCode, taken.body], [free.statusCode, free.body]);
      await plaza.settle();
      assert.equal(plaza.mailsTo(holder.email).at(-1)!.subject, 'Ya tienes una cuenta');
      // The change that was open before has gone with it.
      const code = await plaza.codeOf(person.email);
      assert.equal((await confirm(tokens, code, '00000000')).statusCode, 422);
    });

    it('counts a wrong code against both, and stops at five', async () => {
      const person = newPerson();
      const tokens = await plaza.signUp(person);
      const { email } = newPerson();
      await ask(tokens, email);
      const [fromOld, fromNew] = [await plaza.codeOf(person.email), await plaza.codeOf(email)];
      await plaza.warm();
      const wrong: readonly (readonly [string, string])[] = [
        [wrongOf(fromOld), fromNew],
        [fromOld, wrongOf(fromNew)],
        [fromNew, fromOld],
        ['00000000', '00000000'],
        [wrongOf(fromOld), wrongOf(fromNew)],
      ];
      for (const pair of wrong) {
        const reply = await confirm(tokens, ...pair);
        assert.partialDeepStrictEqual(reply.json(), {
          status: 422,
          code: 'identity.code_not_valid',
        });
      }
      assert.equal((await confirm(tokens, fromOld, fromNew)).statusCode, 422);
    });

    it('happens once, twenty at a time, and gives an address to one account', async () => {
      const [one, two] = [newPerson(), newPerson()];
      const [first, second] = [await plaza.signUp(one), await plaza.signUp(two)];
      const { email } = newPerson();
      await ask(first, email);
      await plaza.settle();
      const codeOfFirst = await plaza.codeOf(email);
      await ask(second, email);
      await plaza.settle();
      const codeOfSecond = await plaza.codeOf(email);
      const [oldOfFirst, oldOfSecond] = [
        await plaza.codeOf(one.email),
        await plaza.codeOf(two.email),
      ];
      await plaza.warm();
      const replies = await Promise.all([
        ...Array.from({ length: 10 }, () => confirm(first, oldOfFirst, codeOfFirst)),
        ...Array.from({ length: 10 }, () => confirm(second, oldOfSecond, codeOfSecond)),
      ]);
      assert.equal(replies.filter(({ statusCode }) => statusCode === 204).length, 1);
      const codes = new Set(
        replies
          .filter(({ statusCode }) => statusCode !== 204)
          .map((reply) => reply.json<{ code: string }>().code),
      );
      for (const code of codes)
        assert.match(code, /^identity\.(code_not_valid|email_taken|changed_meanwhile)$/);
      const { rows } = await plaza
        .pool('identity')
        .query('select count(*)::int as n from accounts where email = $1', [email]);
      assert.deepEqual(rows, [{ n: 1 }]);
      const messages = await plaza.pool('identity').query(
        `select count(*)::int as n from outbox where type = 'identity.email-changed.v1'
           and data->>'email' = $1`,
        [email],
      );
      assert.deepEqual(messages.rows, [{ n: 1 }]);
    });

    it('belongs to its account: the codes of another move nothing', async () => {
      const person = newPerson();
      const tokens = await plaza.signUp(person);
      const { email } = newPerson();
      await ask(tokens, email);
      const [fromOld, fromNew] = [await plaza.codeOf(person.email), await plaza.codeOf(email)];
      const stranger = await plaza.signUp(newPerson());
      assert.equal((await confirm(stranger, fromOld, fromNew)).statusCode, 422);
      const replies = await times(3, () => plaza.post('/auth/email-change', { new_email: email }));
      assert.ok(replies.every(({ statusCode }) => statusCode === 401));
      assert.equal((await confirm(tokens, fromOld, fromNew)).statusCode, 204);
      const same = await ask(tokens, email);
      assert.equal(same.statusCode, 202);
    });
  });
}
