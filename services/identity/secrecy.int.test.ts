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

type Reply = Awaited<ReturnType<IdentityPlaza['post']>>;

/** All that a caller sees, but what is new in every answer. */
const seen = (reply: Reply, ...own: readonly string[]): string => {
  const headers = Object.entries(reply.headers).filter(
    ([name]) => !['date', 'x-request-id', 'ratelimit'].includes(name),
  );
  const text = JSON.stringify([reply.statusCode, headers, reply.body]);
  return own
    .reduce((all, value) => all.replaceAll(value, '<own>'), text)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe('what identity does not tell', () => {
  let plaza: IdentityPlaza;
  const known = newPerson();
  let knownTokens: Tokens;
  before(async () => {
    plaza = await startIdentity({ modules: [identityModule, notificationsModule] });
    knownTokens = await plaza.signUp(known);
  });
  after(() => plaza.stop());

  /** Reads every row of every table, as text and with its bytes in hexadecimal. */
  const nowhereInRows = async (secrets: readonly string[]): Promise<void> => {
    let looked = 0;
    for (const context of ['identity', 'notifications'] as const) {
      const pool = plaza.pool(context);
      const { rows: tables } = await pool.query<{ name: string }>(
        `select table_name as name from information_schema.tables where table_schema = $1`,
        [context],
      );
      for (const { name } of tables) {
        // The whole row as text, byte columns in hexadecimal.
        const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
        for (const { row } of rows) {
          looked += 1;
          for (const secret of secrets) {
            assert.ok(!row.includes(secret), `${name} holds a secret: ${row.slice(0, 200)}`);
            const hex = Buffer.from(secret).toString('hex');
            assert.ok(!row.includes(hex), `${name} holds a secret in bytes`);
          }
        }
      }
    }
    assert.ok(looked > 50, `only ${looked} rows were read`);
  };

  it('has the same bytes for known and unknown addresses', async () => {
    const asked = async (work: (email: string) => Promise<Reply>) => {
      const stranger = newPerson();
      const yes = await work(known.email);
      const no = await work(stranger.email);
      assert.equal(seen(yes, known.email), seen(no, stranger.email));
      return yes.statusCode;
    };
    assert.equal(await asked((email) => plaza.post('/auth/forgot-password', { email })), 202);
    assert.equal(await asked((email) => plaza.post('/auth/resend-code', { email })), 202);
    assert.equal(
      await asked((email) => plaza.post('/auth/login', { email, password: 'no es esta' })),
      401,
    );
    assert.equal(
      await asked((email) => plaza.post('/auth/verify-email', { email, code: '12345678' })),
      422,
    );
    const [atKnown, atStranger] = [newPerson(), newPerson()];
    const yes = await plaza.register({ ...atKnown, email: known.email });
    const no = await plaza.register(atStranger);
    assert.equal(
      seen(yes, known.email, atKnown.username),
      seen(no, atStranger.email, atStranger.username),
    );
    assert.equal(yes.statusCode, 201);
    // A second try with the same name must not tell either.
    for (const [email, username] of [
      [known.email, atKnown.username],
      ['x9@example.com', atKnown.username],
      ['x9@example.com', atStranger.username],
    ] as const) {
      const reply = await plaza.register({ ...newPerson(), email, username });
      assert.equal(reply.json<{ code: string }>().code, 'identity.username_taken');
    }
  });

  it('costs the same work for known and unknown addresses', async () => {
    const password = 'no es esta';
    // CPU of this process, whose threads compute the hash: what else the machine does is not in it.
    const costOf = async (username: string): Promise<number> => {
      const before = process.cpuUsage();
      await plaza.post('/auth/login', { username, password });
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    const names = Array.from({ length: 8 }, newPerson);
    for (const person of names) await plaza.register(person);
    const unknown: number[] = [];
    // Of two tries one after the other, either of them first: caches favour the second.
    const gaps: number[] = [];
    for (let round = 0; round < 4; round++) {
      for (const { username } of names) {
        const nobody = `no-${username}`.slice(0, 32);
        const inTurn = round % 2 === 0 ? [username, nobody] : [nobody, username];
        const costs = new Map<string, number>();
        for (const name of inTurn) costs.set(name, await costOf(name));
        gaps.push(costs.get(username)! - costs.get(nobody)!);
        unknown.push(costs.get(nobody)!);
      }
    }
    assert.ok(Math.abs(median(gaps)) < 5, `${median(gaps)} ms apart`);
    assert.ok(median(unknown) > 3, 'no hash was computed for a name that nobody has');
  });

  it('treats a deactivated account as one that is not there', async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    await plaza
      .pool('identity')
      .query(`update accounts set roles = '{customer,admin}' where id = $1`, [
        knownTokens.account.id,
      ]);
    const admin = (await plaza.login(known)).json<Tokens>();
    await plaza.send('POST', `/users/${tokens.account.id}/deactivate`, undefined, {
      authorization: `Bearer ${admin.access_token}`,
    });
    const gone = await plaza.login(person);
    const wrong = await plaza.login({ ...newPerson() });
    assert.equal(seen(gone), seen(wrong));
    assert.equal(gone.statusCode, 401);
  });

  it('writes no code, token or password into any row', async () => {
    const person = { ...newPerson(), password: 'clave que nadie debe leer' };
    await plaza.register(person, { full_name: 'Ana Restrepo' });
    const code = await plaza.codeOf(person.email);
    const verified = await plaza.post('/auth/verify-email', { email: person.email, code });
    const first = verified.json<Tokens>();
    const second = (await plaza.refresh(first.refresh_token)).json<Tokens>();
    await plaza.post('/auth/forgot-password', { email: person.email });
    await plaza.settle();
    const link = /restablecer\/(\S+)/.exec(plaza.mailsTo(person.email).at(-1)!.text)![1]!;
    await plaza.register({ ...newPerson(), email: person.email, password: person.password });
    await plaza.login(person, 'tampoco esta clave');
    await plaza.settle();
    const secrets = [
      code,
      link,
      person.password,
      'tampoco esta clave',
      first.access_token,
      first.refresh_token,
      second.refresh_token,
      second.access_token,
    ];
    await nowhereInRows(secrets);
  });

  it('writes no secret of a second factor into any row either', async () => {
    const person = newPerson();
    const { access_token: token } = await plaza.signUp(person);
    const app = await plaza.enrolApp(token);
    await plaza.post('/auth/second-factors/email', {}, bearer(token));
    const first = await plaza.asked(person);
    await plaza.verifyCode(first.challenge_id, 'recovery_code', app.recoveryCodes[0]!);
    const { challenge_id: id } = await plaza.asked(person);
    await plaza.post('/auth/verify-code/email', { challenge_id: id });
    const code = await plaza.codeOf(person.email);
    const asked = await plaza.post('/auth/passkeys/options', {});
    const { challenge } = asked.json<{ challenge: string }>();
    const bits = Array.from(app.secret)
      .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2))
      .map((five) => five.padStart(5, '0'))
      .join('');
    const secretBytes = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
    assert.equal(secretBytes.length, 20);
    await nowhereInRows([
      app.secret,
      secretBytes.toString('hex'),
      secretBytes.toString('base64'),
      ...app.recoveryCodes,
      ...app.recoveryCodes.map((recovery) => recovery.replaceAll('-', '')),
      id,
      first.challenge_id,
      code,
      challenge,
    ]);
  });

  it('answers a wrong password alike with and without a second factor', async () => {
    const guarded = newPerson();
    await plaza.enrolApp((await plaza.signUp(guarded)).access_token);
    const plain = newPerson();
    await plaza.signUp(plain);
    const replies = await Promise.all(
      [guarded, plain, newPerson()].map((person) => plaza.login(person, 'no es esta')),
    );
    assert.equal(new Set(replies.map((reply) => seen(reply))).size, 1);
    assert.equal(replies[0]!.statusCode, 401);
  });

  it('hands its codes to nobody else: derived by challenge, all digits equally likely', async () => {
    const { createDerivedSecrets } = await import('./infrastructure/derived-secrets.ts');
    const secrets = createDerivedSecrets((purpose) => [Buffer.from(purpose.padEnd(32, '.'))]);
    const counts = Array.from({ length: 8 }, () => Array.from({ length: 10 }, () => 0));
    const total = 20_000;
    for (let i = 0; i < total; i++) {
      const code = secrets.codeOf(`challenge-${i}`, 'verify_email');
      assert.match(code, /^\d{8}$/);
      for (const [place, digit] of code.split('').entries()) counts[place]![Number(digit)]! += 1;
    }
    for (const place of counts)
      for (const count of place) assert.ok(Math.abs(count - total / 10) < 250, `${count}`);
    assert.equal(secrets.codeOf('a', 'verify_email'), secrets.codeOf('a', 'verify_email'));
    assert.notEqual(secrets.codeOf('a', 'verify_email'), secrets.codeOf('a', 'reset_password'));
  });

  it('sends each mail again, the same one, when the mailbox was away', async () => {
    const person = newPerson();
    await plaza.register(person);
    await plaza.settle();
    const [sent] = plaza.mailsTo(person.email);
    // As a process leaves it that died after taking the message. Due for a while: the clock of the
    // modules counts whole milliseconds, and may still be before the database's microseconds.
    await plaza
      .pool('identity')
      .query(
        `insert into deadlines (kind, key, due_at) values ('send-letter', $1, now() - interval '1 second')`,
        [sent!.id],
      );
    await times(2, () => plaza.advance(0));
    const [, again, ...more] = plaza.mailsTo(person.email);
    assert.deepEqual(again, sent);
    assert.deepEqual(more, []);
  });
});
