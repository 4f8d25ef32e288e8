import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bearer, newPerson, startIdentity, times, type IdentityPlaza } from './steps.test.ts';

describe('mails that are asked for from one address of the network', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity();
  });
  after(() => plaza.stop());

  const ask = (remoteAddress: string, what: string, payload: object) =>
    plaza.app.inject({ method: 'POST', url: `/api/v1/auth/${what}`, remoteAddress, payload });
  const isTooMany = (reply: Awaited<ReturnType<typeof ask>>): void => {
    assert.partialDeepStrictEqual(reply.json(), { status: 429, code: 'identity.too_many_codes' });
    assert.ok(Number(reply.headers['retry-after']) > 0);
  };

  it('are twenty an hour over accounts and kinds, whoever has one', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    const here = '198.51.100.7';
    for (let i = 0; i < 20; i++) {
      const what = i % 2 === 0 ? 'forgot-password' : 'resend-code';
      const { email } = i % 3 === 0 ? person : newPerson();
      assert.equal((await ask(here, what, { email })).statusCode, 202);
    }
    await plaza.settle();
    const mails = plaza.mailsTo(person.email).length;
    for (const { email } of [person, newPerson()]) {
      isTooMany(await ask(here, 'forgot-password', { email }));
      isTooMany(await ask(here, 'resend-code', { email }));
    }
    await plaza.advance(31_000);
    isTooMany(await ask(here, 'forgot-password', { email: person.email }));
    await plaza.settle();
    assert.equal(plaza.mailsTo(person.email).length, mails);
    const elsewhere = await ask('198.51.100.8', 'forgot-password', { email: person.email });
    assert.equal(elsewhere.statusCode, 202);
    await plaza.settle();
    assert.equal(plaza.mailsTo(person.email).length, mails + 1);
    await plaza.advance(3_600_000);
    assert.equal((await ask(here, 'resend-code', { email: person.email })).statusCode, 202);
  });

  it('are counted together with the codes of second steps', async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    await plaza.enrolApp(tokens.access_token);
    const by = bearer(tokens.access_token);
    const enabled = await plaza.post('/auth/second-factors/email', {}, by);
    assert.equal(enabled.statusCode, 201, enabled.body);
    const here = '198.51.100.9';
    for (let i = 0; i < 20; i++) await ask(here, 'resend-code', { email: newPerson().email });
    const { challenge_id } = await plaza.asked(person);
    isTooMany(await ask(here, 'verify-code/email', { challenge_id }));
    const elsewhere = await ask('198.51.100.10', 'verify-code/email', { challenge_id });
    assert.equal(elsewhere.statusCode, 202);
  });

  it('are twenty also when fifty are asked for at one moment', async () => {
    await plaza.warm();
    const replies = await times(50, () =>
      ask('2001:db8::1', 'forgot-password', { email: newPerson().email }),
    );
    assert.equal(replies.filter(({ statusCode }) => statusCode === 202).length, 20);
    // Of IPv6 the /64 counts.
    isTooMany(await ask('2001:db8::2:1', 'forgot-password', { email: newPerson().email }));
  });
});
