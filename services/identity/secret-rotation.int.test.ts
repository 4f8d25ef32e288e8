import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Pool } from 'pg';
import { deriveKeysFrom, type Keys } from '#shared/platform/secret.ts';
import { composeLetter } from './application/letters.ts';
import { createDerivedSecrets } from './infrastructure/derived-secrets.ts';
import { createPgResealing } from './infrastructure/pg-resealing.ts';
import {
  bearer,
  newPerson,
  startIdentity,
  times,
  type App,
  type IdentityPlaza,
  type Person,
  type Tokens,
} from './steps.test.ts';

const [secretA, secretB, secretC] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const identityKeys = (secrets: Keys) => deriveKeysFrom(secrets, 'identity');

type Rows = readonly Readonly<{ sealed: string }>[];
const sealedIn = async (pool: Pool): Promise<Rows> =>
  (
    await pool.query<{ sealed: string }>(`
      select encode(private_key, 'hex') as sealed from signing_keys
      union all select encode(secret, 'hex') from totp_secrets
      union all select encode(sealed, 'hex') from kept_keys order by 1`)
  ).rows;

describe('a new secret of the installation', () => {
  let plaza: IdentityPlaza;
  let advancedMs = 0;
  before(async () => {
    plaza = await startIdentity({ resources: { deriveKeys: deriveKeysFrom([secretA]) } });
  });
  after(() => plaza.stop());

  let noted = 0;
  /** Another process over the same database, at the same time of the day. */
  const startWith = async (
    secrets: Keys,
    work: (at: IdentityPlaza) => Promise<void>,
  ): Promise<void> => {
    const { database } = plaza;
    const resources = {
      deriveKeys: deriveKeysFrom(secrets),
      noteSealed: async () => void (noted += 1),
    };
    const at = await startIdentity({ database, resources });
    try {
      await at.advance(advancedMs);
      await work(at);
    } finally {
      await at.stop();
    }
  };
  const withApp = async (): Promise<Readonly<{ person: Person; app: App; tokens: Tokens }>> => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    const app = await plaza.enrolApp(tokens.access_token);
    advancedMs += 30_000;
    return { person, app, tokens };
  };

  it('goes unseen by whoever has an account, with the one before and then without it', async () => {
    const { person, app, tokens } = await withApp();
    const { person: other, app: lost } = await withApp();
    const newcomer = newPerson();
    await plaza.register(newcomer);
    const code = await plaza.codeOf(newcomer.email);
    const locked = newPerson();
    await plaza.signUp(locked);
    for (let i = 0; i < 5; i++) await plaza.login(locked, 'no es esta');
    const forgotten = newPerson();
    const [erasedName] = createDerivedSecrets(identityKeys([secretA])).erasedNamesOf(
      forgotten.username,
    );
    await plaza
      .pool('identity')
      .query(`insert into erased_usernames values (decode($1, 'hex'))`, [erasedName]);
    const session = await plaza.signUp(newPerson());
    const successor = (await plaza.refresh(session.refresh_token)).json<Tokens>();
    const sealedBefore = await sealedIn(plaza.pool('identity'));
    const keysBefore = (await plaza.send('GET', '/.well-known/jwks.json')).json<object>();

    const goesOn = async (at: IdentityPlaza, n: number): Promise<void> => {
      assert.equal((await at.me(tokens.access_token)).statusCode, 200);
      const keys = (await at.send('GET', '/.well-known/jwks.json')).json<object>();
      assert.deepEqual(keys, keysBefore);
      const { challenge_id: byApp } = await at.asked(person);
      const passed = await at.verifyCode(byApp, 'totp', app.code(n));
      assert.equal(passed.statusCode, 200, passed.body);
      const { challenge_id: byCode } = await at.asked(other);
      const recovered = await at.verifyCode(byCode, 'recovery_code', lost.recoveryCodes[n]!);
      assert.equal(recovered.statusCode, 200, recovered.body);
      const taken = await at.register({ ...newPerson(), username: forgotten.username });
      assert.partialDeepStrictEqual(taken.json(), { code: 'identity.username_taken' });
    };

    await startWith([secretB, secretA], async (at) => {
      assert.equal(noted, 1);
      await goesOn(at, 0);
      // Its answer was lost when the old process ended: the same successor, by the old key.
      const again = await at.refresh(session.refresh_token);
      assert.equal(again.statusCode, 200, again.body);
      assert.equal(again.json<Tokens>().refresh_token, successor.refresh_token);
      const next = await at.refresh(successor.refresh_token);
      assert.equal(next.statusCode, 200, next.body);
      const verified = await at.post('/auth/verify-email', { email: newcomer.email, code });
      assert.equal(verified.statusCode, 200, verified.body);
    });
    const sealedAfter = await sealedIn(plaza.pool('identity'));
    assert.equal(
      sealedAfter.filter(({ sealed }) => sealedBefore.some((one) => one.sealed === sealed)).length,
      0,
    );

    await startWith([secretB], async (at) => {
      assert.equal(noted, 1, 'there is nothing to note without a former secret');
      await at.advance(30_000);
      await goesOn(at, 1);
      // Who is recovered from now on has codes of the new key, beside those of the old.
      const made = await at.signUp(newPerson());
      const fresh = await at.enrolApp(made.access_token);
      assert.equal(fresh.recoveryCodes.length, 10);
      assert.equal((await at.login(person)).statusCode, 200);
    });
    const startAgain = () => startWith([secretA], async () => {});
    await assert.rejects(startAgain(), /made with another secret/);
  });

  it('keeps a locked name locked', async () => {
    const person = newPerson();
    const at = await startIdentity({ resources: { deriveKeys: deriveKeysFrom([secretA]) } });
    try {
      const { access_token: token } = await at.signUp(person);
      for (let i = 0; i < 5; i++) await at.login(person, 'no es esta');
      const change = { current_password: 'no es esta', new_password: 'otra clave larga' };
      const body = { ...change, confirm_password: change.new_password };
      for (let i = 0; i < 5; i++)
        await at.send('PUT', '/auth/change-password', body, bearer(token));
      const resources = { deriveKeys: deriveKeysFrom([secretB, secretA]) };
      const next = await startIdentity({ database: at.database, resources });
      try {
        assert.equal((await next.login(person)).statusCode, 429);
        const right = { ...body, current_password: person.password };
        const changed = await next.send('PUT', '/auth/change-password', right, bearer(token));
        assert.equal(changed.statusCode, 429, changed.body);
      } finally {
        await next.stop();
      }
    } finally {
      await at.stop();
    }
  });

  it('is not taken beside a previous one that is not the right one, and changes nothing then', async () => {
    const at = await startIdentity({ resources: { deriveKeys: deriveKeysFrom([secretA]) } });
    try {
      const { access_token: token } = await at.signUp(newPerson());
      await at.enrolApp(token);
      const pool = at.pool('identity');
      const before = await sealedIn(pool);
      const { database } = at;
      const startOther = (...secrets: [Buffer, ...Buffer[]]) =>
        startIdentity({ database, resources: { deriveKeys: deriveKeysFrom(secrets) } });
      await assert.rejects(startOther(secretB, secretC), /PLAZA_PREVIOUS_SECRET/);
      assert.deepEqual(await sealedIn(pool), before);
      // An app that was sealed with a third one: said at the start and not when its holder comes.
      const { rows } = await pool.query('select account_id, secret from totp_secrets');
      await pool.query(`update totp_secrets set secret = decode('00', 'hex') || secret`);
      await assert.rejects(startOther(secretB, secretA), /totp_secrets was sealed with a secret/);
      await pool.query('update totp_secrets set secret = $1', [rows[0]!['secret']]);
      await (await startOther(secretB, secretA)).stop();
      await (await startOther(secretB)).stop();
    } finally {
      await at.stop();
    }
  });

  it('is in the link that was asked for under the one before, when its mail goes out later', () => {
    const [old, now] = [[secretA], [secretB, secretA]].map((secrets) =>
      createDerivedSecrets(identityKeys(secrets as unknown as Keys)),
    );
    const challengeId = crypto.randomUUID();
    const [token] = old!.linkTokensOf(challengeId);
    const letter = {
      challengeId,
      purpose: 'reset_password',
      email: 'ana@example.com',
      username: 'ana',
      fullName: null,
      language: 'es',
      expiresAt: new Date(),
    } as const;
    const urlOf = (secretHash: string) =>
      composeLetter(
        { ...letter, secretHash },
        { secrets: now!, publicUrl: () => 'https://plaza.example' },
      ).text;
    assert.ok(urlOf(old!.hashOf(token)).includes(`/restablecer/${token}`));
    const [fresh] = now!.linkTokensOf(challengeId);
    assert.ok(urlOf(now!.hashOf(fresh)).includes(`/restablecer/${fresh}`));
  });
});

describe('sealing everything anew', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity({ resources: { deriveKeys: deriveKeysFrom([secretA]) } });
    await times(3, async () => {
      const { access_token: token } = await plaza.signUp(newPerson());
      await plaza.post('/auth/second-factors/totp', {}, bearer(token));
    });
  });
  after(() => plaza.stop());

  const resealing = (secrets: Keys, pool = plaza.pool('identity')) =>
    createPgResealing({ pool, deriveKeys: identityKeys(secrets) });
  /** With one secret alone there is nothing to do, and nothing that does not open. */
  const opensWith = async (secret: Buffer): Promise<boolean> =>
    resealing([secret])
      .run()
      .then(
        (done) => done === 0,
        () => false,
      );

  it('may be cut off anywhere: what is done stays done, and the rest is done later', async () => {
    assert.ok(await opensWith(secretA));
    const pool = plaza.pool('identity');
    const all = (await sealedIn(pool)).length;
    assert.ok(all >= 7, `${all} sealed rows`);
    for (let allowed = 0; allowed < 3; allowed++) {
      let writes = 0;
      const breaking = new Proxy(pool, {
        get: (target, property) => {
          if (property !== 'query') return Reflect.get(target, property) as unknown;
          return (text: string, values: unknown[]) => {
            if (text.includes('update') && ++writes > allowed) throw new Error('the process ends');
            return target.query(text, values);
          };
        },
      });
      await assert.rejects(resealing([secretB, secretA], breaking).run(), /the process ends/);
      // Half of it is under the one, half under the other: a start with both takes all of it.
      assert.equal(await opensWith(secretB), false);
      const both = { deriveKeys: deriveKeysFrom([secretA, secretB]) };
      await (await startIdentity({ database: plaza.database, resources: both })).stop();
      assert.ok(await opensWith(secretA));
    }
    assert.equal(await resealing([secretB, secretA]).run(), (await sealedIn(pool)).length);
    assert.ok(await opensWith(secretB));
    assert.equal(await resealing([secretB, secretA]).run(), 0);
  });

  it('is done once by many starters', async () => {
    await plaza.warm();
    const all = (await sealedIn(plaza.pool('identity'))).length;
    const done = await times(8, () => resealing([secretC, secretB]).run());
    assert.equal(
      done.reduce((a, b) => a + b, 0),
      all,
    );
    assert.ok(await opensWith(secretC));
  });

  it('leaves alone what its holder replaced meanwhile', async () => {
    const pool = plaza.pool('identity');
    const replaced = Buffer.from('replaced');
    const meanwhile = new Proxy(pool, {
      get: (target, property) => {
        if (property !== 'query') return Reflect.get(target, property) as unknown;
        return async (text: string, values: unknown[]) => {
          if (text.includes('update totp_secrets'))
            await target.query('update totp_secrets set secret = $1', [replaced]);
          return target.query(text, values);
        };
      },
    });
    await resealing([secretA, secretC], meanwhile).run();
    const { rows } = await pool.query('select distinct secret from totp_secrets');
    assert.deepEqual(rows, [{ secret: replaced }]);
  });
});
