import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newPerson, startIdentity, times, type IdentityPlaza, type Tokens } from './steps.test.ts';

const statuses = (replies: readonly { statusCode: number }[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { statusCode } of replies) counts[statusCode] = (counts[statusCode] ?? 0) + 1;
  return counts;
};

describe('identity under races', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity();
  });
  after(() => plaza.stop());

  it('takes one code once, fifty at a time', async () => {
    const person = newPerson();
    await plaza.register(person);
    const code = await plaza.codeOf(person.email);
    await plaza.warm();
    const replies = await times(50, () =>
      plaza.post('/auth/verify-email', { email: person.email, code }),
    );
    assert.deepEqual(statuses(replies), { 200: 1, 422: 49 });
    const { rows } = await plaza.pool('identity').query(
      `select (select count(*)::int from sessions where account_id = a.id) as sessions,
         (select count(*)::int from outbox where type = 'identity.email-verified.v1'
            and subject = a.id::text) as messages from accounts a where email = $1`,
      [person.email],
    );
    assert.deepEqual(rows, [{ sessions: 1, messages: 1 }]);
  });

  it('stops guessing at five, the right code among them too late', async () => {
    const person = newPerson();
    await plaza.register(person);
    const code = await plaza.codeOf(person.email);
    await plaza.warm();
    const wrong = String((Number(code) + 1) % 10 ** 8).padStart(8, '0');
    const guess = (given: string) =>
      plaza.post('/auth/verify-email', { email: person.email, code: given });
    assert.deepEqual(statuses(await times(50, () => guess(wrong))), { 422: 50 });
    assert.equal((await guess(code)).statusCode, 422);
    const { rows } = await plaza
      .pool('identity')
      .query(
        'select attempts_left, misses from challenges c join accounts a on a.id = c.account_id where email = $1',
        [person.email],
      );
    assert.deepEqual(rows, [{ attempts_left: 0, misses: 5 }]);
    // The newest code counts again, the old one never.
    await plaza.advance(30_000);
    await plaza.post('/auth/resend-code', { email: person.email });
    const next = await plaza.codeOf(person.email);
    assert.notEqual(next, code);
    assert.equal((await guess(code)).statusCode, 422);
    assert.equal((await guess(next)).statusCode, 200);
  });

  it('mails a code in thirty seconds and five an hour, however many are asked for at once', async () => {
    const person = newPerson();
    const issued = async () =>
      (
        await plaza
          .pool('identity')
          .query<{ n: number }>(
            `select count(*)::int as n from outbox where type = 'identity.code-requested.v1'`,
          )
      ).rows[0]!.n;
    const before = await issued();
    await plaza.register(person);
    await plaza.warm();
    let asked = 0;
    // Each from somewhere else, since one address of the network may ask for few.
    const resend = () =>
      plaza.app.inject({
        method: 'POST',
        url: '/api/v1/auth/resend-code',
        remoteAddress: `10.0.${Math.floor(asked / 10)}.${(asked += 1) % 10}`,
        payload: { email: person.email },
      });
    // The one of the registration is on its way.
    assert.deepEqual(statuses(await times(20, resend)), { 202: 20 });
    assert.equal(await issued(), before + 1);
    for (let sent = 2; sent <= 7; sent++) {
      await plaza.advance(30_000);
      assert.deepEqual(statuses(await times(20, resend)), { 202: 20 });
      assert.equal(await issued(), before + Math.min(sent, 5));
    }
    await plaza.advance(3_601_000);
    await times(20, resend);
    assert.equal(await issued(), before + 6);
  });

  it('ends the family when a used token comes back, and only that family', async () => {
    const person = newPerson();
    const first = await plaza.signUp(person);
    const other = (await plaza.login(person)).json<Tokens>();
    const second = (await plaza.refresh(first.refresh_token)).json<Tokens>();
    const third = (await plaza.refresh(second.refresh_token)).json<Tokens>();
    assert.partialDeepStrictEqual((await plaza.refresh(first.refresh_token)).json(), {
      status: 401,
      code: 'identity.refresh_reused',
    });
    assert.equal((await plaza.refresh(third.refresh_token)).statusCode, 401);
    assert.equal((await plaza.refresh(other.refresh_token)).statusCode, 200);
  });

  it('opens one account for one address, and one for one user name', async () => {
    const one = newPerson();
    await plaza.warm();
    const sameAddress = await times(10, () => plaza.register({ ...newPerson(), email: one.email }));
    assert.deepEqual(statuses(sameAddress), { 201: 10 });
    const sameName = await times(10, () =>
      plaza.register({ ...newPerson(), username: one.username }),
    );
    assert.deepEqual(statuses(sameName), { 201: 1, 409: 9 });
    const { rows } = await plaza.pool('identity').query(
      `select (select count(*)::int from accounts where email = $1) as addresses,
        (select count(*)::int from accounts where username = $2) as names,
        (select count(*)::int from outbox where type = 'identity.account-registered.v1'
          and data->>'email' = $1) as messages`,
      [one.email, one.username],
    );
    assert.deepEqual(rows, [{ addresses: 1, names: 1, messages: 1 }]);
  });

  it('answers no more than five wrong passwords before the lock, fifty at a time', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    await plaza.warm();
    const replies = await times(50, () => plaza.login(person, 'no es esta'));
    assert.deepEqual(statuses(replies), { 401: 5, 429: 45 });
    assert.equal((await plaza.login(person)).statusCode, 429);
  });

  it('signs in fifty at once', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    await plaza.warm();
    assert.deepEqual(statuses(await times(50, () => plaza.login(person))), { 200: 50 });
  });

  it('uses a reset link once, twenty at a time', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    await plaza.post('/auth/forgot-password', { email: person.email });
    await plaza.settle();
    const token = /restablecer\/(\S+)/.exec(plaza.mailsTo(person.email).at(-1)!.text)![1];
    await plaza.warm();
    const replies = await times(20, (i) => {
      const password = `otra clave larga ${i}`;
      return plaza.post('/auth/reset-password', { token, password, confirm_password: password });
    });
    assert.deepEqual(statuses(replies), { 204: 1, 422: 19 });
  });

  it('leaves no session to a sign-in that races with a change of password', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    await plaza.post('/auth/forgot-password', { email: person.email });
    await plaza.settle();
    const token = /restablecer\/(\S+)/.exec(plaza.mailsTo(person.email).at(-1)!.text)![1];
    await plaza.warm();
    const password = 'otra clave larga';
    const [reset, ...logins] = await Promise.all([
      plaza.post('/auth/reset-password', { token, password, confirm_password: password }),
      ...Array.from({ length: 8 }, () => plaza.login(person)),
    ]);
    assert.equal(reset.statusCode, 204);
    for (const login of logins.filter(({ statusCode }) => statusCode === 200))
      assert.equal((await plaza.refresh(login.json<Tokens>().refresh_token)).statusCode, 401);
  });
});
