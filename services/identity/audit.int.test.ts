import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import pg from 'pg';
import { catalogModule } from '../catalog/module.ts';
import { identityModule } from './module.ts';
import {
  bearer,
  newPerson,
  startIdentity,
  times,
  type IdentityPlaza,
  type Tokens,
} from './steps.test.ts';

type Entry = Readonly<{
  id: string;
  type: string;
  account_id: string | null;
  actor_id: string | null;
  detail: string | null;
  ip: string;
  act: Record<string, unknown> | null;
  is_sealed: boolean;
}>;
type Report = Readonly<{
  is_sound: boolean;
  links: number;
  waiting: number;
  erased: number;
  head: string;
  findings: readonly Readonly<{ fault: string; seq: string | null; entry_id: string | null }>[];
}>;

describe('the audit log', () => {
  let plaza: IdentityPlaza;
  let admin: Tokens;
  /** The administrator of the database: what no role of Plaza may do. */
  let intruder: pg.Client;
  before(async () => {
    plaza = await startIdentity({ modules: [identityModule, catalogModule] });
    const boss = newPerson();
    const { account } = await plaza.signUp(boss);
    await plaza
      .pool('identity')
      .query(`update accounts set roles = '{customer,seller,admin}' where id = $1`, [account.id]);
    admin = (await plaza.login(boss)).json<Tokens>();
    intruder = new pg.Client(plaza.admin);
    await intruder.connect();
    await intruder.query('set search_path = identity, extensions');
  });
  after(async () => {
    await intruder?.end();
    await plaza.stop();
  });

  const asAdmin = () => bearer(admin.access_token);
  const list = async (query: string): Promise<readonly Entry[]> => {
    await plaza.settle();
    const reply = await plaza.request({ url: `/api/v1/admin/audit?${query}`, headers: asAdmin() });
    assert.equal(reply.statusCode, 200, reply.body);
    return reply.json<{ items: readonly Entry[] }>().items;
  };
  const verify = async (head?: string): Promise<Report> => {
    const url = `/api/v1/admin/audit/verify${head ? `?head=${head}` : ''}`;
    const reply = await plaza.request({ url, headers: asAdmin() });
    assert.equal(reply.statusCode, 200, reply.body);
    return reply.json<Report>();
  };

  it('is for administrators', async () => {
    const stranger = await plaza.signUp(newPerson());
    for (const url of ['/api/v1/admin/audit', '/api/v1/admin/audit/verify']) {
      const headers = bearer(stranger.access_token);
      assert.equal((await plaza.request({ url, headers })).statusCode, 403);
      assert.equal((await plaza.request({ url })).statusCode, 401);
    }
  });

  it('has every sign-in and every refused one', async () => {
    const person = newPerson();
    const { account } = await plaza.signUp(person);
    await plaza.login(person, 'no es esta clave');
    await plaza.login(person);
    const types = (await list(`account_id=${account.id}`)).map(({ type }) => type);
    assert.deepEqual(types, ['LoggedIn', 'LoginFailed', 'EmailVerified', 'RegistrationTried']);
    const [signIn] = await list(`account_id=${account.id}&type=LoggedIn`);
    assert.partialDeepStrictEqual(signIn, { ip: '127.0.0.1', account_id: account.id });
  });

  it('says of a change of roles who did it, to whom, from where, and what', async () => {
    const { account } = await plaza.signUp(newPerson());
    const url = `/users/${account.id}/roles`;
    const roles = ['customer', 'seller'];
    const reply = await plaza.send('PUT', url, { roles }, { ...asAdmin(), 'user-agent': 'x' });
    assert.equal(reply.statusCode, 200, reply.body);
    const [change] = await list(`account_id=${account.id}&type=RoleGranted`);
    assert.partialDeepStrictEqual(change, { actor_id: admin.account.id, detail: 'seller' });
    const [act] = await list(`actor_id=${admin.account.id}&type=StaffActed`);
    assert.partialDeepStrictEqual(act, {
      actor_id: admin.account.id,
      detail: 'PUT /users/:id/roles',
      ip: '127.0.0.1',
      user_agent: 'x',
      act: { context: 'identity', path: url, request: { roles }, after: { roles }, status: 200 },
    });
  });

  it('says of an act in another context what was there before and after', async () => {
    const body = { title: 'Taza', price: '10.00', stock: 3 };
    const send = (method: 'POST' | 'PATCH', url: string, payload: object, headers: object) =>
      plaza.request({ method, url: `/api/v1${url}`, payload, headers: { ...headers } });
    const made = await send('POST', '/products', body, asAdmin());
    assert.equal(made.statusCode, 201, made.body);
    const { id } = made.json<{ id: string }>();
    const headers = { ...asAdmin(), 'if-match': '*' };
    const changed = await send('PATCH', `/products/${id}`, { title: 'Taza de barro' }, headers);
    assert.equal(changed.statusCode, 200, changed.body);
    // Refused or only looked at: no act of staff.
    await send('PATCH', `/products/${crypto.randomUUID()}`, { title: 'x' }, headers);
    await plaza.request({ url: `/api/v1/products/${id}`, headers: asAdmin() });
    const acts = await list(`actor_id=${admin.account.id}&type=StaffActed&limit=2`);
    assert.deepEqual(
      acts.map(({ detail }) => detail),
      ['PATCH /products/:id', 'POST /products'],
    );
    assert.partialDeepStrictEqual(acts[0]!.act, {
      context: 'catalog',
      before: { id, title: 'Taza' },
      after: { id, title: 'Taza de barro' },
      request: { title: 'Taza de barro' },
    });
  });

  it('keeps no secret that an act was asked with or answered', async () => {
    const password = 'clave que nadie debe leer';
    const person = { ...newPerson(), password };
    const reply = await plaza.post('/auth/admins', person, asAdmin());
    assert.equal(reply.statusCode, 201, reply.body);
    const [act] = await list(`actor_id=${admin.account.id}&type=StaffActed&limit=1`);
    assert.equal(act!.detail, 'POST /auth/admins');
    assert.ok(!JSON.stringify(act).includes(password));
    assert.partialDeepStrictEqual(act!.act, { request: { password: '[left out]' } });
    const { rows } = await plaza
      .pool('identity')
      .query('select 1 from outbox where data::text like $1', [`%${password}%`]);
    assert.deepEqual(rows, []);
  });

  it('says of a file that somebody imported what came of it, and keeps nothing of the file', async () => {
    const file = `Handle,Title,Variant Price\ntaza-azul,Taza azul,${'9'.repeat(3)}.00\n`;
    const reply = await plaza.request({
      method: 'POST',
      url: '/api/v1/products/import',
      payload: file,
      headers: { ...asAdmin(), 'content-type': 'text/csv' },
    });
    assert.ok(reply.statusCode < 300, reply.body);
    const [act] = await list(`actor_id=${admin.account.id}&type=StaffActed&limit=1`);
    assert.partialDeepStrictEqual(act, {
      detail: 'POST /products/import',
      act: { context: 'catalog', request: null },
    });
    assert.ok(act!.act!['after'], 'what the import answered');
  });

  it('pages', async () => {
    const first = await plaza.request({ url: '/api/v1/admin/audit?limit=3', headers: asAdmin() });
    const { items, next_cursor: cursor } = first.json<{
      items: readonly Entry[];
      next_cursor: string;
    }>();
    const rest = await list(`limit=3&cursor=${cursor}`);
    assert.equal(new Set([...items, ...rest].map(({ id }) => id)).size, 6);
    const wrong = await plaza.request({
      url: '/api/v1/admin/audit?cursor=e30',
      headers: asAdmin(),
    });
    assert.equal(wrong.statusCode, 422);
  });

  describe('as a chain', () => {
    /** Transactions of other databases on the server hold the chain back too. */
    const verifyAll = async (): Promise<Report> => {
      for (const end = performance.now() + 10_000; ;) {
        const report = await verify();
        if (report.waiting === 0 || performance.now() > end) return report;
      }
    };
    beforeEach(async () => {
      assert.deepEqual((await verifyAll()).findings, []);
    });

    it('takes in everything that was committed, in any order, and is sound', async () => {
      const before = await verifyAll();
      await plaza.warm();
      // One transaction that stays open holds back those that began later.
      const late = await plaza.pool('identity').connect();
      await late.query('begin');
      await late.query(`insert into account_events (type, at, ip) values ('Late', now(), '')`);
      const person = newPerson();
      await plaza.register(person);
      await times(20, () => plaza.login(person));
      const held = await verify();
      assert.equal(held.links, before.links);
      assert.equal(held.waiting >= 21, true);
      await late.query('commit');
      late.release();
      const after = await verifyAll();
      assert.deepEqual([after.is_sound, after.waiting], [true, 0]);
      assert.ok(after.links >= before.links + 22);
      assert.equal((await verify(before.head)).is_sound, true);
      assert.ok((await list('limit=5')).every(({ is_sealed: isSealed }) => isSealed));
    });

    it('is sealed by itself, and by one of two at once', async () => {
      await plaza.login(newPerson());
      await verifyAll();
      await plaza.login(newPerson());
      const seal = () => plaza.pool('identity').query('select seal_audit_log(1000, now())');
      await Promise.all([seal(), seal(), seal()]);
      for (let tries = 0; !(await list('limit=1'))[0]!.is_sealed; tries++) {
        assert.ok(tries < 100, 'nothing sealed it');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const { rows } = await plaza
        .pool('identity')
        .query<{ n: number; high: number }>(
          'select count(*)::int as n, max(seq)::int as high from audit_chain',
        );
      assert.equal(rows[0]!.n, rows[0]!.high);
    });

    it('cannot be changed by the role that writes it', async () => {
      const pool = plaza.pool('identity');
      const denied = { code: '42501' };
      await assert.rejects(pool.query(`update account_events set type = 'x'`), denied);
      await assert.rejects(pool.query('delete from account_events'), denied);
      await assert.rejects(pool.query('delete from audit_chain'), denied);
      await assert.rejects(pool.query(`update audit_chain set seq = seq`), denied);
      await pool.query(`select prune_audit_log(now() + interval '10 years')`);
      assert.equal((await verify()).is_sound, true);
    });

    /** Does something as the database's owner could, shows that it is found, and undoes it. */
    const finds = async (fault: string, change: string): Promise<void> => {
      await intruder.query('create table kept_events as select * from account_events');
      await intruder.query('create table kept_chain as select * from audit_chain');
      try {
        await intruder.query(change);
        const report = await verify();
        assert.equal(report.is_sound, false, change);
        assert.ok(
          report.findings.some((finding) => finding.fault === fault),
          `${change}: ${JSON.stringify(report.findings)}`,
        );
      } finally {
        await intruder.query(`truncate account_events, audit_chain;
          insert into account_events select * from kept_events;
          insert into audit_chain select * from kept_chain;
          drop table kept_events, kept_chain`);
      }
    };
    const third = '(select event_id from audit_chain where seq = 3)';

    it('shows what an intruder with the whole database does', async () => {
      await finds(
        'entry_changed',
        `update account_events set actor_id = null, detail = 'x' where id = ${third}`,
      );
      await finds('entry_changed', `update account_events set ip = '10.0.0.1' where id = ${third}`);
      await finds('entry_changed', `update account_events set salt = null where id = ${third}`);
      await finds('entry_missing', `delete from account_events where id = ${third}`);
      await finds('link_missing', 'delete from audit_chain where seq = 3');
      await finds('chain_broken', `update audit_chain set content = sha256('x') where seq = 3`);
      await finds(
        'entry_added',
        `insert into account_events (id, type, at, ip, tx)
         select uuidv7(), 'LoggedIn', now(), '', event_tx from audit_chain where seq = 3`,
      );
    });

    it('shows by a noted head that all of it was written anew', async () => {
      const { head } = await verify();
      await intruder.query('create table kept_chain as select * from audit_chain');
      await intruder.query('create table kept_events as select * from account_events');
      await intruder.query(`truncate audit_chain; update account_events set detail = 'x' where id = (
        select event_id from kept_chain where seq = 3)`);
      try {
        assert.equal((await verify()).is_sound, true);
        const report = await verify(head);
        assert.deepEqual(
          report.findings.map(({ fault }) => fault),
          ['head_rewritten'],
        );
      } finally {
        await intruder.query(`truncate account_events, audit_chain;
          insert into account_events select * from kept_events;
          insert into audit_chain select * from kept_chain;
          drop table kept_events, kept_chain`);
      }
    });

    it('stays sound when a personal part is erased', async () => {
      await plaza.pool('identity').query(
        `update account_events set ip = '', user_agent = null, act = null, salt = null
         where id = ${third}`,
      );
      const report = await verify();
      assert.deepEqual([report.is_sound, report.erased], [true, 1]);
    });
  });
});
