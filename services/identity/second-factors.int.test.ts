import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import jsqr from 'jsqr';
import sharp from 'sharp';
import {
  bearer,
  claimsOf,
  newPerson,
  startIdentity,
  withHook,
  type IdentityPlaza,
  type Tokens,
} from './steps.test.ts';

/** What a camera sees in the picture. */
const readQr = async (svg: string): Promise<string | undefined> => {
  const picture = sharp(Buffer.from(svg), { density: 300 }).flatten({ background: 'white' });
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsqr.default(new Uint8ClampedArray(data), info.width, info.height)?.data;
};

const hasOathtool = spawnSync('oathtool', ['--version']).status === 0;

for (const strict of [false, true]) {
  describe(`an authenticator app, ${strict ? 'strict' : 'local'}`, () => {
    let plaza: IdentityPlaza;
    before(async () => {
      plaza = await startIdentity({ strict });
    });
    after(() => plaza.stop());
    const refused = async (
      reply: Promise<Readonly<{ json: () => unknown }>>,
      status: number,
      code: string,
    ) => assert.partialDeepStrictEqual((await reply).json(), { status, code });

    it('is shown once as text and as a picture, and counts after its first code', async () => {
      const person = newPerson();
      const { access_token: token } = await plaza.signUp(person);
      const started = await plaza.post('/auth/second-factors/totp', {}, bearer(token));
      assert.equal(started.statusCode, 201, started.body);
      const { secret, uri, qr_svg: svg } = started.json<Record<string, string>>();
      assert.match(secret!, /^[A-Z2-7]{32}$/);
      assert.equal(await readQr(svg!), uri);
      assert.equal(new URL(uri!).searchParams.get('secret'), secret);
      // Not asked for before it is confirmed, and not confirmed by a wrong code.
      assert.equal((await plaza.login(person)).json<Tokens>().token_type, 'Bearer');
      await refused(
        plaza.post('/auth/second-factors/totp/confirm', { code: '000000' }, bearer(token)),
        422,
        'identity.code_not_valid',
      );
      assert.equal((await plaza.login(person)).json<Tokens>().token_type, 'Bearer');
    });

    it('signs its holder in with codes that another implementation computes', async () => {
      const person = newPerson();
      const app = await plaza.enrolApp((await plaza.signUp(person)).access_token);
      assert.equal(new Set(app.recoveryCodes).size, 10);
      const asked = await plaza.asked(person);
      assert.deepEqual(Object.keys(asked).toSorted(), [
        'challenge_id',
        'expires_in',
        'methods',
        'status',
      ]);
      assert.deepEqual(asked.methods, ['totp', 'recovery_code']);
      const reply = await plaza.verifyCode(asked.challenge_id, 'totp', app.code());
      assert.equal(reply.statusCode, 200, reply.body);
      const tokens = reply.json<Tokens>();
      assert.deepEqual(claimsOf(tokens.access_token).amr, ['pwd', 'otp']);
      // The session keeps it over a refresh.
      const next = (await plaza.refresh(tokens.refresh_token)).json<Tokens>();
      assert.deepEqual(claimsOf(next.access_token).amr, ['pwd', 'otp']);

      if (hasOathtool) {
        await plaza.advance(60_000);
        const now = `@${Math.floor(plaza.clock().getTime() / 1000)}`;
        const given = execFileSync('oathtool', ['--totp', '-b', `--now=${now}`, app.secret]);
        const { challenge_id: id } = await plaza.asked(person);
        const again = await plaza.verifyCode(id, 'totp', given.toString().trim());
        assert.equal(again.statusCode, 200, again.body);
      }
      const list = await plaza.send(
        'GET',
        '/auth/second-factors',
        undefined,
        bearer(next.access_token),
      );
      assert.partialDeepStrictEqual(list.json(), {
        items: [{ id: app.id, kind: 'totp', name: null }],
        recovery_codes_left: 10,
      });
      assert.ok(list.json<{ items: { last_used_at: string }[] }>().items[0]!.last_used_at);
      await plaza.settle();
      assert.ok(
        plaza.mailsTo(person.email).some(({ subject }) => subject.includes('segundo paso nuevo')),
      );
      assert.ok(!JSON.stringify(plaza.mailsTo(person.email)).includes(app.secret));
    });

    it('takes a code of the half minute before, of this one and of the next, each once', async () => {
      const person = newPerson();
      const app = await plaza.enrolApp((await plaza.signUp(person)).access_token);
      await plaza.advance(300_000);
      const give = async (code: string): Promise<number> => {
        const { challenge_id: id } = await plaza.asked(person);
        return (await plaza.verifyCode(id, 'totp', code)).statusCode;
      };
      // In the middle of a half minute, so that what follows stays in it.
      await plaza.advance(30_000 - (plaza.clock().getTime() % 30_000) + 5_000);
      const codes = [-2, -1, 0, 1, 2].map((later) => app.code(later));
      assert.equal(await give(codes[0]!), 422);
      assert.equal(await give(codes[4]!), 422);
      assert.equal(await give(codes[1]!), 200);
      assert.equal(await give(codes[1]!), 422, 'the same code again');
      assert.equal(await give(codes[3]!), 200);
      assert.equal(await give(codes[2]!), 422, 'older than the one that was used');
      assert.equal(await give(codes[3]!), 422);
    });

    it('can be lost: each recovery code signs in once, until new ones are made', async () => {
      const person = newPerson();
      const app = await plaza.enrolApp((await plaza.signUp(person)).access_token);
      const use = async (code: string) => {
        const { challenge_id: id } = await plaza.asked(person);
        return plaza.verifyCode(id, 'recovery_code', code);
      };
      const [first, second, third] = app.recoveryCodes as [string, string, string];
      const tokens = (await use(first.toUpperCase().replaceAll('-', ' '))).json<Tokens>();
      assert.deepEqual(claimsOf(tokens.access_token).amr, ['pwd', 'rc']);
      await refused(use(first), 422, 'identity.code_not_valid');
      const by = bearer(tokens.access_token);
      const list = await plaza.send('GET', '/auth/second-factors', undefined, by);
      assert.equal(list.json<{ recovery_codes_left: number }>().recovery_codes_left, 9);
      const renewed = await plaza.post('/auth/second-factors/recovery-codes', {}, by);
      const { recovery_codes: codes } = renewed.json<{ recovery_codes: string[] }>();
      await refused(use(second), 422, 'identity.code_not_valid');
      await refused(use(third), 422, 'identity.code_not_valid');
      assert.equal((await use(codes[0]!)).statusCode, 200);
      // Those of somebody else are no better.
      const other = newPerson();
      await plaza.enrolApp((await plaza.signUp(other)).access_token);
      const { challenge_id: id } = await plaza.asked(other);
      await refused(
        plaza.verifyCode(id, 'recovery_code', codes[1]!),
        422,
        'identity.code_not_valid',
      );
    });

    it('is one an account, goes when its holder says so, and its codes with it', async () => {
      const person = newPerson();
      const { access_token: token } = await plaza.signUp(person);
      const app = await plaza.enrolApp(token);
      const by = bearer(token);
      await refused(plaza.post('/auth/second-factors/totp', {}, by), 409, 'identity.factor_exists');
      const other = await plaza.signUp(newPerson());
      await refused(
        plaza.send(
          'DELETE',
          `/auth/second-factors/${app.id}`,
          undefined,
          bearer(other.access_token),
        ),
        404,
        'identity.factor_not_found',
      );
      const gone = await plaza.send('DELETE', `/auth/second-factors/${app.id}`, undefined, by);
      assert.equal(gone.statusCode, 204);
      assert.equal((await plaza.login(person)).json<Tokens>().token_type, 'Bearer');
      await refused(
        plaza.post('/auth/second-factors/recovery-codes', {}, by),
        409,
        'identity.no_second_factor',
      );
      const { rows } = await plaza.pool('identity').query(
        `select (select count(*)::int from totp_secrets t where t.account_id = a.id) as secrets,
          (select count(*)::int from recovery_codes r where r.account_id = a.id) as codes,
          (select array_agg(type || coalesce(' ' || detail, '') order by id) from account_events e
            where e.account_id = a.id and type like '%Factor%') as history
         from accounts a where email = $1`,
        [person.email],
      );
      assert.deepEqual(rows, [
        {
          secrets: 0,
          codes: 0,
          history: ['SecondFactorEnabled totp', 'SecondFactorDisabled totp'],
        },
      ]);
      await plaza.settle();
      assert.ok(
        plaza.mailsTo(person.email).some(({ subject }) => subject.includes('segundo paso menos')),
      );
    });

    it('is not got around by mail: neither an old code nor a new password signs in', async () => {
      const person = newPerson();
      await plaza.register(person);
      const old = await plaza.codeOf(person.email);
      await plaza.post('/auth/forgot-password', { email: person.email });
      await plaza.settle();
      const reset = async () => {
        const link = /restablecer\/(\S+)/;
        const mail = plaza.mailsTo(person.email).findLast(({ text }) => link.test(text));
        const token = link.exec(mail!.text)![1];
        const { password } = person;
        const body = { token, password, confirm_password: password };
        assert.equal((await plaza.post('/auth/reset-password', body)).statusCode, 204);
      };
      await reset();
      const app = await plaza.enrolApp((await plaza.login(person)).json<Tokens>().access_token);
      await refused(
        plaza.post('/auth/verify-email', { email: person.email, code: old }),
        422,
        'identity.code_not_valid',
      );
      // A new password ends the step that the one before began.
      const before = await plaza.asked(person);
      await plaza.post('/auth/forgot-password', { email: person.email });
      await plaza.settle();
      await reset();
      const late = plaza.verifyCode(before.challenge_id, 'totp', app.code());
      await refused(late, 422, 'identity.code_not_valid');
      const now = await plaza.asked(person);
      assert.equal((await plaza.verifyCode(now.challenge_id, 'totp', app.code())).statusCode, 200);
    });
  });
}

describe('the second step of a sign-in', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity();
  });
  after(() => plaza.stop());

  it('is the newest only, once, for ten minutes', async () => {
    const person = newPerson();
    const app = await plaza.enrolApp((await plaza.signUp(person)).access_token);
    const older = await plaza.asked(person);
    const newer = await plaza.asked(person);
    const give = async (id: string) => (await plaza.verifyCode(id, 'totp', app.code())).statusCode;
    assert.equal(await give(older.challenge_id), 422);
    assert.equal(await give(newer.challenge_id), 200);
    await plaza.advance(30_000);
    assert.equal(await give(newer.challenge_id), 422);
    const late = await plaza.asked(person);
    await plaza.advance(600_001);
    assert.equal(await give(late.challenge_id), 422);
  });

  it('says the same of a wrong code, a used one, and a step that never was', async () => {
    const person = newPerson();
    const app = await plaza.enrolApp((await plaza.signUp(person)).access_token);
    const { challenge_id: id } = await plaza.asked(person);
    const bodies = new Set<string>();
    const see = async (challenge: string, method: string, code: string) => {
      const reply = await plaza.verifyCode(challenge, method, code);
      assert.equal(reply.statusCode, 422, reply.body);
      bodies.add(JSON.stringify({ ...reply.json<object>(), request_id: '' }));
    };
    await see(id, 'totp', '000000');
    await see(id, 'email', '00000000');
    await see(id, 'recovery_code', 'aaaa-aaaa-aaaa');
    await see('A'.repeat(22), 'totp', app.code());
    assert.equal((await plaza.verifyCode(id, 'totp', app.code())).statusCode, 200);
    await see(id, 'totp', app.code());
    assert.equal(bodies.size, 1, [...bodies].join('\n'));
    for (const body of [
      { challenge_id: id, method: 'sms', code: '000000' },
      { challenge_id: id, method: 'totp', code: '１２３４５６' },
      { challenge_id: id, method: 'totp', code: '000000', account_id: 'x' },
      { challenge_id: id, method: 'totp' },
      { challenge_id: `${id}A`, method: 'totp', code: '000000' },
    ])
      assert.partialDeepStrictEqual((await plaza.post('/auth/verify-code', body)).json(), {
        status: 422,
        code: 'http.validation',
      });
  });

  it('is written down, every try', async () => {
    const person = newPerson();
    const app = await plaza.enrolApp((await plaza.signUp(person)).access_token);
    const { challenge_id: id } = await plaza.asked(person);
    await plaza.verifyCode(id, 'totp', '000000');
    await plaza.verifyCode(id, 'totp', app.code());
    const { rows } = await plaza.pool('identity').query<{ line: string }>(
      `select type || coalesce(' ' || detail, '') as line from account_events e
       join accounts a on a.id = e.account_id where email = $1 order by e.id desc limit 3`,
      [person.email],
    );
    assert.deepEqual(
      rows.map(({ line }) => line),
      ['LoggedIn pwd otp', 'SecondStepFailed totp', 'SecondStepAsked'],
    );
  });
});

for (const strict of [false, true]) {
  describe(`a code by mail as a second step, ${strict ? 'strict' : 'local'}`, () => {
    let plaza: IdentityPlaza;
    before(async () => {
      plaza = await startIdentity({ strict });
    });
    after(() => plaza.stop());
    const mail = (id: string) => plaza.post('/auth/verify-code/email', { challenge_id: id });
    /** Somebody whose account asks for codes by mail. */
    const enrolled = async () => {
      const person = newPerson();
      const { access_token: token } = await plaza.signUp(person);
      const enabled = await plaza.post('/auth/second-factors/email', {}, bearer(token));
      assert.equal(enabled.statusCode, 201, enabled.body);
      return { person, token };
    };

    it('is mailed at once to who has nothing else, and works once', async () => {
      const { person } = await enrolled();
      const asked = await plaza.asked(person);
      assert.deepEqual(asked.methods, ['email', 'recovery_code']);
      const code = await plaza.codeOf(person.email);
      const sent = plaza.mailsTo(person.email).find(({ text }) => text.includes(code));
      assert.equal(sent?.subject, 'Tu código para entrar');
      const spaced = `${code.slice(0, 4)} ${code.slice(4)}`;
      const passed = await plaza.verifyCode(asked.challenge_id, 'email', spaced);
      assert.equal(passed.statusCode, 200, passed.body);
      assert.deepEqual(claimsOf(passed.json<Tokens>().access_token).amr, ['pwd', 'email']);
      const again = await plaza.verifyCode(asked.challenge_id, 'email', code);
      assert.equal(again.statusCode, 422);
    });

    it('counts for its own step only, the newest only, and for no address to prove', async () => {
      const { person } = await enrolled();
      const older = await plaza.asked(person);
      const oldCode = await plaza.codeOf(person.email);
      const newer = await plaza.asked(person);
      const code = await plaza.codeOf(person.email);
      assert.notEqual(code, oldCode);
      for (const [id, given] of [
        [older.challenge_id, oldCode],
        [older.challenge_id, code],
        [newer.challenge_id, oldCode],
      ] as const)
        assert.equal((await plaza.verifyCode(id, 'email', given)).statusCode, 422);
      const elsewhere = await plaza.post('/auth/verify-email', { email: person.email, code });
      assert.equal(elsewhere.statusCode, 422);
      await plaza.advance(31_000);
      assert.equal((await mail(newer.challenge_id)).statusCode, 202);
      const newest = await plaza.codeOf(person.email);
      assert.equal((await plaza.verifyCode(newer.challenge_id, 'email', code)).statusCode, 422);
      assert.equal((await plaza.verifyCode(newer.challenge_id, 'email', newest)).statusCode, 200);
    });

    it('is mailed on request to who has an app too, not twice in half a minute', async () => {
      const { person, token } = await enrolled();
      await plaza.enrolApp(token);
      const asked = await plaza.asked(person);
      assert.deepEqual(asked.methods, ['totp', 'email', 'recovery_code']);
      await plaza.settle();
      const before = plaza.mailsTo(person.email).length;
      assert.equal((await mail(asked.challenge_id)).statusCode, 202);
      const tooSoon = await mail(asked.challenge_id);
      assert.partialDeepStrictEqual(tooSoon.json(), {
        status: 429,
        code: 'identity.too_many_codes',
      });
      assert.equal(tooSoon.headers['retry-after'], '30');
      await plaza.settle();
      assert.equal(plaza.mailsTo(person.email).length, before + 1);
      const code = await plaza.codeOf(person.email);
      assert.equal((await plaza.verifyCode(asked.challenge_id, 'email', code)).statusCode, 200);
    });

    it('is mailed to nobody whose account does not ask for it, nor for a step that has ended', async () => {
      const person = newPerson();
      await plaza.enrolApp((await plaza.signUp(person)).access_token);
      const { challenge_id: id } = await plaza.asked(person);
      for (const challenge of [id, 'A'.repeat(22)])
        assert.partialDeepStrictEqual((await mail(challenge)).json(), {
          status: 422,
          code: 'identity.challenge_not_valid',
        });
      const other = await enrolled();
      const late = await plaza.asked(other.person);
      await plaza.advance(600_001);
      assert.equal((await mail(late.challenge_id)).statusCode, 422);
    });
  });
}

describe('a factor that is added while its holder signs in', () => {
  it('is not passed over: the password alone opens no session', async () => {
    let beforeSignIn = async (): Promise<void> => {};
    const hook = async (name: string): Promise<void> => {
      if (name === 'sign-in') await beforeSignIn();
    };
    const plaza = await startIdentity({ modules: [withHook(hook)] });
    try {
      const person = newPerson();
      const { access_token: token } = await plaza.signUp(person);
      beforeSignIn = async () => {
        const enabled = await plaza.post('/auth/second-factors/email', {}, bearer(token));
        assert.equal(enabled.statusCode, 201, enabled.body);
      };
      assert.equal((await plaza.login(person)).statusCode, 401);
      assert.equal((await plaza.asked(person)).methods[0], 'email');
    } finally {
      await plaza.stop();
    }
  });
});
