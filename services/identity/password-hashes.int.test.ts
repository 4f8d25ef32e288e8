import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hash } from '@node-rs/argon2';
import {
  bearer,
  newPerson,
  startIdentity,
  times,
  withHook,
  type IdentityPlaza,
  type Person,
  type Tokens,
} from './steps.test.ts';

const weak = { memoryCost: 8_192, timeCost: 1, parallelism: 1 };
const current = '$argon2id$v=19$m=19456,t=2,p=1$';

describe('a password that was hashed when less was enough', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity();
  });
  after(() => plaza.stop());

  const hashOf = async (person: Person): Promise<string> => {
    const sql = 'select password_hash from accounts where username = $1';
    const { rows } = await plaza.pool('identity').query(sql, [person.username]);
    return (rows as { password_hash: string }[])[0]!.password_hash;
  };
  const withWeakHash = async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    const sql = 'update accounts set password_hash = $2 where username = $1';
    const weakHash = await hash(person.password, weak);
    await plaza.pool('identity').query(sql, [person.username, weakHash]);
    return { person, tokens, weakHash };
  };

  it('is hashed anew by the next sign-in, once', async () => {
    const { person, weakHash } = await withWeakHash();
    assert.equal((await plaza.login(person, 'no es esta')).statusCode, 401);
    assert.equal(await hashOf(person), weakHash);
    assert.equal((await plaza.login(person)).statusCode, 200);
    const renewed = await hashOf(person);
    assert.ok(renewed.startsWith(current), renewed);
    assert.equal((await plaza.login(person)).statusCode, 200);
    assert.equal(await hashOf(person), renewed);
    assert.equal((await plaza.login(person, 'no es esta')).statusCode, 401);
  });

  it('is hashed anew at the first of two steps too', async () => {
    const { person, tokens } = await withWeakHash();
    const app = await plaza.enrolApp(tokens.access_token);
    const { challenge_id: id } = await plaza.asked(person);
    assert.ok((await hashOf(person)).startsWith(current));
    assert.equal((await plaza.verifyCode(id, 'totp', app.code())).statusCode, 200);
  });

  it('lets everybody in who signs in at the same moment', async () => {
    const { person } = await withWeakHash();
    await plaza.warm();
    const replies = await times(12, () => plaza.login(person));
    assert.deepEqual(
      replies.map(({ statusCode }) => statusCode),
      replies.map(() => 200),
    );
    assert.ok((await hashOf(person)).startsWith(current));
  });

  it('may become another hash while somebody is let in, and not another password', async () => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    const between = ['sign-in', 'second-step-begin', 'step-up-password'];
    const hooked = withHook(async (name) => {
      if (between.includes(name)) await meanwhile?.();
    });
    const other = await startIdentity({ database: plaza.database, modules: [hooked] });
    try {
      const { person, tokens } = await withWeakHash();
      const setHash = (password: string, epochs: number) => async () => {
        const sql = `update accounts set password_hash = $2, session_epoch = session_epoch + $3
          where username = $1`;
        const again = await hash(password, weak);
        await plaza.pool('identity').query(sql, [person.username, again, epochs]);
      };
      meanwhile = setHash(person.password, 0);
      assert.equal((await other.login(person)).statusCode, 200);
      const { password } = person;
      const by = bearer(tokens.access_token);
      const stepped = await other.post('/auth/step-up', { password }, by);
      assert.equal(stepped.statusCode, 200, stepped.body);
      meanwhile = undefined;
      const app = await plaza.enrolApp(stepped.json<Tokens>().access_token);
      meanwhile = setHash(person.password, 0);
      const { challenge_id: id } = await other.asked(person);
      assert.ok(id);
      meanwhile = setHash('otra clave larga', 1);
      assert.equal((await other.login(person)).statusCode, 401);
      meanwhile = undefined;
      assert.equal((await other.login(person, 'otra clave larga')).statusCode, 200);
      assert.equal((await plaza.verifyCode(id, 'totp', app.code())).statusCode, 422);
    } finally {
      await other.stop();
    }
  });

  it('is not hashed anew for somebody who is not let in', async () => {
    const { person, weakHash } = await withWeakHash();
    const sql = `update accounts set status = 'deactivated' where username = $1`;
    await plaza.pool('identity').query(sql, [person.username]);
    assert.equal((await plaza.login(person)).statusCode, 401);
    assert.equal(await hashOf(person), weakHash);
  });

  it('does not bring an old password back that is changed meanwhile', async () => {
    const { createPgAccounts } = await import('./infrastructure/pg-accounts.ts');
    const { person, tokens, weakHash } = await withWeakHash();
    const accounts = createPgAccounts({
      pool: plaza.pool('identity'),
      clock: plaza.clock,
      newId: () => crypto.randomUUID(),
      wakeOutbox: () => {},
      endedSessions: undefined as never,
      erasedNamesOf: () => [],
    });
    const chosen = await hash('otra clave larga', weak);
    const sql = 'update accounts set password_hash = $2 where id = $1';
    await plaza.pool('identity').query(sql, [tokens.account.id, chosen]);
    await accounts.renewPasswordHash(tokens.account.id, weakHash, await hash(person.password));
    assert.equal(await hashOf(person), chosen);
  });
});
