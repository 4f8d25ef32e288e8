import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import {
  bearer,
  newPerson,
  startIdentity,
  type IdentityPlaza,
  type Person,
  type Tokens,
} from './steps.test.ts';

const url = '/auth/second-factor-policy';
type Rule = Readonly<{ mode: string; roles: string[]; source: string; changed_by: string | null }>;

describe('the rule of second factors, as administrators set it', () => {
  let plaza: IdentityPlaza;
  let boss: Person;
  let admin: Tokens;
  before(async () => {
    plaza = await startIdentity({ environment: { PLAZA_SECOND_FACTOR: 'optional' } });
    boss = newPerson();
    const { account } = await plaza.signUp(boss);
    const sql = `update accounts set roles = '{customer,admin}' where id = $1`;
    await plaza.pool('identity').query(sql, [account.id]);
    admin = (await plaza.login(boss)).json<Tokens>();
  });
  after(() => plaza.stop());

  const by = (tokens: Tokens = admin) => bearer(tokens.access_token);
  const read = () => plaza.send('GET', url, undefined, by());
  const put = (body: object, version: string | undefined, tokens = admin) =>
    plaza.send('PUT', url, body, {
      ...by(tokens),
      ...(version === undefined ? {} : { 'if-match': version }),
    });

  it('is what the environment says until somebody has chosen', async () => {
    const reply = await read();
    assert.equal(reply.headers['etag'], '"0"');
    assert.deepEqual(reply.json(), {
      mode: 'optional',
      roles: [],
      version: 0,
      source: 'environment',
      changed_at: null,
      changed_by: null,
    });
  });

  it('is for administrators with a fresh proof, who name what they have read', async () => {
    const stranger = await plaza.signUp(newPerson());
    assert.equal((await plaza.send('GET', url, undefined, by(stranger))).statusCode, 403);
    assert.equal((await put({ mode: 'off' }, '"0"', stranger)).statusCode, 403);
    assert.equal((await plaza.send('PUT', url, { mode: 'off' })).statusCode, 401);
    assert.equal((await put({ mode: 'off' }, undefined)).statusCode, 428);
    for (const body of [{}, { mode: 'sometimes' }, { mode: 'off', roles: ['service'] }, { a: 1 }])
      assert.equal((await put(body, '"0"')).statusCode, 422, JSON.stringify(body));
    assert.partialDeepStrictEqual((await put({ mode: 'required', roles: [] }, '"0"')).json(), {
      status: 422,
      code: 'identity.policy_roles_missing',
    });
    await plaza.advance(601_000);
    admin = (await plaza.refresh(admin.refresh_token)).json<Tokens>();
    assert.partialDeepStrictEqual((await put({ mode: 'off' }, '"0"')).json(), {
      status: 403,
      code: 'auth.step_up_required',
    });
    assert.equal((await read()).headers['etag'], '"0"');
    admin = (await plaza.login(boss)).json<Tokens>();
  });

  it('counts at once, where it was changed, and is in the audit log', async () => {
    const other = newPerson();
    const seller = await plaza.signUp(other);
    const sql = `update accounts set roles = '{customer,seller}' where id = $1`;
    await plaza.pool('identity').query(sql, [seller.account.id]);
    const reply = await put({ mode: 'required', roles: ['seller', 'support'] }, '"0"');
    assert.equal(reply.statusCode, 200, reply.body);
    assert.equal(reply.headers['etag'], '"1"');
    assert.partialDeepStrictEqual(reply.json<Rule>(), {
      mode: 'required',
      roles: ['seller', 'support'],
      source: 'settings',
      changed_by: admin.account.id,
    });
    assert.deepEqual((await read()).json(), reply.json());
    assert.partialDeepStrictEqual((await plaza.login(other)).json(), {
      status: 'enrolment_required',
    });
    assert.equal((await plaza.login(boss)).json<Tokens>().token_type, 'Bearer');
    const { rows } = await plaza
      .pool('identity')
      .query(
        `select actor_id, detail from account_events where type = 'SecondFactorPolicyChanged'`,
      );
    assert.deepEqual(rows, [{ actor_id: admin.account.id, detail: 'required:seller,support' }]);
  });

  it('is changed by one of two who have read the same', async () => {
    const replies = await Promise.all([put({ mode: 'off' }, '"1"'), put({ mode: 'off' }, '"1"')]);
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).toSorted(), [200, 412]);
    const late = await put({ mode: 'optional' }, '"0"');
    assert.partialDeepStrictEqual(late.json(), { status: 412, code: 'identity.policy_changed' });
    const early = await put({ mode: 'optional' }, '"9"');
    assert.equal(early.statusCode, 412);
    assert.equal((await read()).json<Rule>().mode, 'off');
  });

  it('reaches other processes and outlives all of them', async () => {
    const { database } = plaza;
    const later = await startIdentity({
      database,
      environment: { PLAZA_SECOND_FACTOR: 'required:customer' },
    });
    try {
      // What was chosen goes before what the environment says.
      assert.equal((await later.login(boss)).json<Tokens>().token_type, 'Bearer');
      const version = (await read()).headers['etag'];
      assert.equal((await put({ mode: 'required', roles: ['admin'] }, version)).statusCode, 200);
      // Nobody tells the other process: it looks for itself.
      const isAsked = async (): Promise<boolean> =>
        (await later.login(boss)).json<{ status?: string }>().status === 'enrolment_required';
      for (let i = 0; i < 30 && !(await isAsked()); i++) await setTimeout(200);
      assert.ok(await isAsked());
    } finally {
      await later.stop();
    }
  });
});
