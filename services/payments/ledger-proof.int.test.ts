import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { compactVerify, importJWK, type JWK } from 'jose';
import { ask, findFaults, oracles } from './infrastructure/oracles.ts';
import { createPgLedgerChain } from './infrastructure/pg-ledger-chain.ts';
import { entryToJson } from './infrastructure/rows.ts';
import { move, outcomeOf, seller, startBooks, type Books } from './ledger-steps.test.ts';

type Report = Readonly<{
  is_sound: boolean;
  entry_count: number;
  link_count: number;
  waiting: number;
  head: string;
  first_broken_entry: string | null;
  findings: readonly Readonly<{ rule: string; entry_id: string | null; detail: string }>[];
}>;

const linkOf = (before: Buffer, entry: string): Buffer =>
  createHash('sha256').update(before).update(entry).digest();

describe('the proof of the ledger over real PostgreSQL', () => {
  let books: Books;
  before(async () => void (books = await startBooks()));
  after(() => books.stop());
  soundAfterEach(() => findFaults(books.pool));
  beforeEach(() => books.book(move('provider:sandbox', seller(), 5n)));

  const chain = () => createPgLedgerChain(books.pool);
  const verify = (head?: string) => books.get<Report>(`verify${head ? `?head=${head}` : ''}`);
  const linkCount = async (): Promise<number> => {
    const { rows } = await books.pool.query<{ n: number }>(
      'select count(*)::int as n from ledger_chain',
    );
    return rows[0]!.n;
  };
  /** Does what nobody may, looks, and undoes it. */
  const asIntruder = async (sql: readonly string[], look: () => Promise<void>): Promise<void> => {
    await books.owner.query('begin');
    try {
      await books.owner.query('set local session_replication_role = replica');
      for (const one of sql) await books.owner.query(one);
    } finally {
      await books.owner.query('commit');
    }
    await look();
  };

  it('has a link an entry, each the hash of the one before and of what the entry says', async () => {
    await chain().seal();
    const { rows } = await books.pool.query<{ hash: Buffer; content: string }>(
      `select c.hash, concat_ws(E'\\n',
         concat_ws('|', e.id, e.cause_type, e.cause_id, coalesce(e.payment_id::text, ''),
           coalesce(e.order_id::text, ''), coalesce(e.job_id::text, ''),
           coalesce(e.reverses::text, ''),
           to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
         (select string_agg(concat_ws('|', l.line_no, l.account_id, l.currency, l.side,
            l.amount_minor), E'\\n' order by l.line_no)
          from journal_lines l where l.entry_id = e.id)) as content
       from ledger_chain c join journal_entries e on e.id = c.entry_id order by c.n`,
    );
    let before: Buffer = Buffer.alloc(0);
    for (const { hash, content } of rows) {
      before = linkOf(before, content);
      assert.deepEqual(hash, before);
    }
    assert.ok(rows.length > 0);
  });

  it('is made within a second or two by the process itself', async () => {
    const { id } = await books.book(move('provider:sandbox', seller(), 5n));
    const end = performance.now() + 10_000;
    for (;;) {
      const { rowCount } = await books.pool.query('select from ledger_chain where entry_id = $1', [
        id,
      ]);
      if (rowCount === 1) break;
      assert.ok(performance.now() < end, 'nobody chained it');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  it('waits for no writer, leaves out what is not committed, and loses nothing that comes late', async () => {
    const client = await books.pool.connect();
    const late = move('provider:sandbox', seller(), 5n);
    try {
      await client.query('begin');
      await client.query('select post_entry($1, now())', [entryToJson(late)]);
      const early = await books.book(move('provider:sandbox', seller(), 5n));
      for (let n = 0; n < 3; n++) await chain().seal();
      const ids = [late.id, early.id];
      const chained = async (): Promise<readonly string[]> => {
        const { rows } = await books.pool.query<{ entry_id: string }>(
          'select entry_id from ledger_chain where entry_id = any($1) order by n',
          [ids],
        );
        return rows.map(({ entry_id }) => entry_id);
      };
      assert.deepEqual(await chained(), [early.id]);
      await client.query('commit');
      await chain().seal();
      assert.deepEqual(await chained(), [early.id, late.id]);
      assert.deepEqual((await verify()).findings, []);
    } finally {
      client.release(true);
    }
  });

  it('is made by several processes at once and has each entry once', async () => {
    const writers = Array.from({ length: 6 }, async () => {
      for (let n = 0; n < 15; n++) {
        await books.book(move('provider:sandbox', seller(), 5n));
        await chain().seal();
      }
    });
    await Promise.all(writers);
    const report = await verify();
    assert.deepEqual(report.findings, []);
    assert.equal(report.link_count, report.entry_count);
    assert.equal(report.waiting, 0);
  });

  it('stops looking at what is behind it', async () => {
    for (let n = 0; n < 3; n++) {
      await books.book(move('provider:sandbox', seller(), 5n));
      await chain().seal();
    }
    const { rows } = await books.pool.query<{ behind: boolean }>(
      'select m.swept_seq > 0 as behind from ledger_chain_mark m',
    );
    assert.deepEqual(rows, [{ behind: true }]);
  });

  it('goes on in a database that counts its transactions anew', async () => {
    await books.owner.query(`update ledger_chain_mark set next_tx = '9000000000'`);
    for (let n = 0; n < 3; n++) {
      await books.book(move('provider:sandbox', seller(), 5n));
      await chain().seal();
    }
    const { rows } = await books.pool.query<{ is_new: boolean }>(
      `select next_tx < '9000000000' as is_new from ledger_chain_mark`,
    );
    assert.deepEqual(rows, [{ is_new: true }]);
    assert.deepEqual((await verify()).findings, []);
  });

  it('is nobody’s to change', async () => {
    await chain().seal();
    for (const sql of [
      'update ledger_chain set hash = hash',
      'delete from ledger_chain',
      `insert into ledger_chain values (1000000, uuidv7(), '')`,
      'update ledger_chain_mark set swept_seq = 0',
      'delete from pending_entries',
      'update reversed_lines set reversed_minor = 0',
    ])
      assert.equal(await outcomeOf(books.pool.query(sql)), '42501', sql);
    assert.equal(await outcomeOf(books.owner.query('delete from ledger_chain')), '42501');
  });

  it('names the first entry that was changed, and the link that was rewritten', async () => {
    const entries = [];
    for (let n = 0; n < 3; n++)
      entries.push(await books.book(move('provider:sandbox', seller(), 5n)));
    await chain().seal();
    const [, second, third] = entries.map(({ id }) => id);
    const set = (minor: number) =>
      `update journal_lines set amount_minor = ${minor} where entry_id in ('${second}', '${third}')`;
    await asIntruder([set(6)], async () => {
      const { is_sound, first_broken_entry, findings } = await verify();
      assert.equal(is_sound, false);
      assert.equal(first_broken_entry, second);
      const broken = findings.filter(({ rule }) => rule === 'chain_broken');
      assert.deepEqual(
        broken.map(({ entry_id }) => entry_id),
        [second, third],
      );
    });
    await asIntruder([set(5)], async () => assert.deepEqual((await verify()).findings, []));
    const recorded = (by: string) =>
      `update journal_entries set recorded_at = recorded_at ${by} interval '1 day' where id = '${third}'`;
    await asIntruder([recorded('-')], async () => {
      assert.deepEqual(
        (await verify()).findings.map(({ rule, entry_id }) => [rule, entry_id]),
        [['chain_broken', third]],
      );
    });
    await asIntruder([recorded('+')], async () => assert.deepEqual((await verify()).findings, []));
  });

  it('sees an entry that went, one that was slipped in, and a chain made anew', async () => {
    const { head } = await verify();
    const { id } = await books.book(move('provider:sandbox', seller(), 5n));
    await chain().seal();
    const rulesOf = async (noted?: string): Promise<readonly string[]> =>
      (await verify(noted)).findings.map(({ rule }) => rule);
    await asIntruder(
      [
        'create table stolen as select * from journal_entries',
        `delete from journal_entries where id = '${id}'`,
      ],
      async () =>
        assert.deepEqual(new Set(await rulesOf()), new Set(['entry_missing', 'line_has_entry'])),
    );
    await asIntruder(
      [
        `insert into journal_entries overriding system value select * from stolen where id = '${id}'`,
        'drop table stolen',
        'update ledger_chain_mark set swept_seq = next_seq',
        `insert into journal_entries (id, seq, cause_type, cause_id) overriding system value
           values (uuidv7(), -1, 'adjustment', uuidv7())`,
        `insert into journal_lines select e.id, v.* from journal_entries e,
           (values (1, 'tax:CO', 'COP', 'debit', 5), (2, 'tax:CO', 'COP', 'credit', 5)) as v
         where e.seq = -1`,
      ],
      async () => assert.deepEqual(await rulesOf(), ['entry_added']),
    );
    await asIntruder(
      [
        'delete from journal_lines where entry_id = (select id from journal_entries where seq = -1)',
        'delete from journal_entries where seq = -1',
      ],
      async () => assert.deepEqual(await rulesOf(head), []),
    );
    const anew = ['delete from ledger_chain', 'update ledger_chain_mark set swept_seq = 0'];
    const first = 'where seq = (select min(seq) from journal_entries)';
    const set = (by: string) =>
      `update journal_entries set recorded_at = recorded_at ${by} interval '1 day' ${first}`;
    await asIntruder([set('-'), ...anew], async () => {
      assert.deepEqual(await rulesOf(), [], 'a chain that was made anew is sound in itself');
      assert.deepEqual(await rulesOf(head), ['head_rewritten']);
    });
    await asIntruder([set('+'), ...anew], async () => assert.deepEqual(await rulesOf(), []));
  });

  it('has a link for every entry, whatever was taken from the chain', async () => {
    await chain().seal();
    const last = await linkCount();
    await asIntruder([`delete from ledger_chain where n = ${last - 1}`], async () => {
      const rules = new Set((await verify()).findings.map(({ rule }) => rule));
      assert.ok(rules.has('link_missing'), [...rules].join());
    });
    await asIntruder(
      ['delete from ledger_chain', 'update ledger_chain_mark set swept_seq = 0'],
      async () => assert.deepEqual((await verify()).findings, []),
    );
  });

  describe('an export', () => {
    const exported = async (query: string): Promise<string> => {
      const reply = await books.plaza.request({
        url: `/api/v1/ledger/export?${query}`,
        as: books.admin,
      });
      assert.equal(reply.statusCode, 200, reply.body);
      return reply.body;
    };

    it('in JSON is signed by the installation over every byte before its last line', async () => {
      const text = await exported('format=json');
      const { entries, signature } = JSON.parse(text) as {
        entries: { n: string; hash: string; lines: object[] }[];
        signature: string;
      };
      assert.equal(entries.length, await linkCount());
      assert.deepEqual(
        entries.map(({ n }) => n),
        entries.map((_, i) => String(i + 1)),
      );
      const reply = await books.plaza.request({ url: '/api/v1/ledger/export-key' });
      const key = await importJWK(reply.json<JWK>(), 'EdDSA');
      assert.equal(reply.json<JWK>().d, undefined);
      const { payload } = await compactVerify(signature, key);
      const claims = JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>;
      const signed = text.slice(0, text.lastIndexOf('"signature":'));
      const sha256 = createHash('sha256').update(signed).digest('hex');
      assert.partialDeepStrictEqual(claims, { sha256, entries: entries.length });
      assert.equal(claims['head'], `${entries.at(-1)!.n}:${entries.at(-1)!.hash}`);
    });

    it('in CSV has a line for each line of an entry, between two dates', async () => {
      const at = new Date('2019-05-05T12:00:00Z');
      const account = seller();
      const { id } = await books.book(move('provider:sandbox', account, 12_345n, 'CLP'), at);
      const text = await exported('format=csv&from=2019-05-05T00:00:00Z&to=2019-05-06T00:00:00Z');
      const [header, ...lines] = text.trimEnd().split('\r\n');
      assert.ok(header!.startsWith('n,hash,entry_id,recorded_at,'));
      assert.equal(lines.length, 2);
      for (const [i, end] of [
        '1,provider:sandbox,CLP,debit,12345',
        `2,${account},CLP,credit,12345`,
      ].entries()) {
        const line = lines[i] ?? '';
        assert.ok(line.endsWith(end), line);
        assert.ok(line.includes(id), line);
      }
      assert.equal((await exported('format=csv&to=2001-01-01T00:00:00Z')).trimEnd(), header);
    });
  });

  describe('every oracle', () => {
    const uuid = '00000000-0000-7000-8000-000000000001';
    const paid = `insert into payments (id, order_id, buyer_id, amount_minor, currency, shares, status,
        provider, card_brand, card_last4, created_at, updated_at)
      values ('${uuid}', uuidv7(), uuidv7(), 100, 'COP', '[]', 'completed', 'sandbox', 'visa', '4242', now(), now())`;
    const entry = (cause: string, more = 'null', minor = 100) => `
      with e as (insert into journal_entries (id, cause_type, cause_id, payment_id, reverses)
        values (uuidv7(), '${cause}', uuidv7(), '${uuid}', ${more}) returning id)
      insert into journal_lines select e.id, v.* from e, (values
        (1, 'tax:CO', 'COP', 'debit', ${minor}), (2, 'tax:CO', 'COP', 'credit', ${minor})) as v`;
    const refund = (status: string, minor = 60) => `insert into refunds values (uuidv7(), '${uuid}',
      ${minor}, 'COP', 'x', 'x', '${status}', null, null, now(), now())`;
    const chargeOf = (role: string, minor: number) => `insert into provider_charges
      (id, provider, reference, payment_id, role, amount_minor, currency, status, refunded_minor, first_seen_at, seen_at, raw_status)
      values (uuidv7(), 'mercadopago', '1', '${uuid}', '${role}', ${minor}, 'COP', 'approved', 0, now(), now(), 'approved')`;
    const pendingOf = (minor: number) => `
      with p as (insert into pending_entries values
        ('${uuid}', 'adjustment', uuidv7(), null, null, null, now(), now() + interval '1 hour'))
      insert into pending_lines values ('${uuid}', 1, 'tax:CO', 'COP', 'debit', ${minor}),
        ('${uuid}', 2, 'tax:CO', 'COP', 'credit', ${minor})`;
    const shares = (share: object) =>
      `update payments set shares = '${JSON.stringify([{ sellerId: uuid, ...share }])}' where id = '${uuid}'`;
    const split = `update payments set split_account = '7', split_fee_minor = 10, split_unit_minor = 1,
        shares = '[{}]'
      where id = '${uuid}'`;
    const capture = (fee: number, rest: number) => `
      with e as (insert into journal_entries (id, cause_type, cause_id, payment_id)
        values (uuidv7(), 'capture', '${uuid}', '${uuid}') returning id)
      insert into journal_lines select e.id, v.* from e, (values
        (1, 'provider:mercadopago', 'COP', 'debit', ${fee}),
        (2, 'seller:${uuid}:collected', 'COP', 'debit', ${rest}),
        (3, 'seller:${uuid}:pending', 'COP', 'credit', 100)) as v`;
    /** One fault for each; a rule without one fails below. */
    const plants: Readonly<Record<string, readonly string[]>> = {
      entry_balances: [
        `update journal_lines set amount_minor = amount_minor + 1 where line_no = 1 and entry_id = (
           select id from journal_entries limit 1)`,
      ],
      entry_has_lines: [
        `insert into journal_entries (id, cause_type, cause_id) values (uuidv7(), 'x', uuidv7())`,
      ],
      line_has_entry: [
        `delete from journal_entries where id = (select id from journal_entries limit 1)`,
      ],
      money_is_conserved: ['update ledger_accounts set balance_minor = balance_minor + 1'],
      balance_is_sum_of_lines: [
        'update ledger_accounts set balance_minor = balance_minor + 1 where shard = 0',
      ],
      pending_is_sum_of_lines: ['update ledger_accounts set pending_minor = 1'],
      account_is_within_bounds: [
        'alter table ledger_accounts drop constraint within_bounds',
        'update ledger_accounts set balance_minor = -1 where bound = 1',
      ],
      pending_entry_is_what_was_posted: [
        pendingOf(5),
        entry('adjustment', 'null', 6),
        `insert into pending_outcomes select '${uuid}', 'posted', id, now() from journal_entries
         order by seq desc limit 1`,
      ],
      reversals_within_original: [
        entry('adjustment'),
        entry('reversal', '(select id from journal_entries order by seq desc limit 1)', 101),
      ],
      payment_has_one_capture: [paid],
      capture_is_the_amount: [paid, entry('capture', 'null', 99)],
      approved_charge_has_payment: [
        `insert into sandbox_charges values (uuidv7(), uuidv7(), 100, 'COP', 'approved', 'approved',
           null, now() - interval '1 hour', 0, now())`,
      ],
      provider_charge_pays_or_goes_back: [paid, chargeOf('surplus', 100)],
      provider_refunds_within_charge: [
        paid,
        chargeOf('captured', 100),
        `insert into provider_refunds (id, charge_id, amount_minor, currency, status, created_at, updated_at)
         select uuidv7(), id, 101, 'COP', 'requested', now(), now() from provider_charges
         where payment_id = '${uuid}'`,
      ],
      refunds_are_the_sum: [paid, refund('completed')],
      refunds_within_capture: [paid, refund('requested'), refund('completed')],
      refund_has_one_entry: [paid, refund('completed')],
      earned_is_what_sellers_have: [
        `insert into transfers (id, seller_id, kind, cause_id, gross_minor, commission_minor, tax_minor,
           net_minor, currency, earned_at)
         values (uuidv7(), uuidv7(), 'sale', uuidv7(), 5, 0, 0, 5, 'COP', now())`,
      ],
      shares_are_the_lines: [
        paid,
        shares({ amountMinor: '100', refundedMinor: '0' }),
        `insert into payable_lines (order_id, variant_id, seller_id, quantity, amount_minor)
         select order_id, uuidv7(), '${uuid}', 1, 99 from payments where id = '${uuid}'`,
      ],
      earned_share_has_transfer: [
        paid,
        shares({ amountMinor: '100', refundedMinor: '0', earnedAt: '2026-01-01T00:00:00Z' }),
      ],
      split_charge_brings_its_fee: [paid, split, capture(9, 91)],
      what_a_seller_has_is_of_open_sales: [
        paid,
        split,
        capture(10, 90),
        shares({ amountMinor: '100', refundedMinor: '0', earnedAt: '2026-01-01T00:00:00Z' }),
      ],
      split_earning_is_not_paid_out: [
        paid,
        `with e as (insert into journal_entries (id, cause_type, cause_id, payment_id)
           values (uuidv7(), 'settled_at_seller', '${uuid}', '${uuid}') returning id)
         insert into journal_lines select e.id, 1, 'seller:${uuid}:collected', 'COP', 'credit', 90 from e`,
        `insert into transfers (id, seller_id, kind, cause_id, payment_id, gross_minor, commission_minor,
           tax_minor, net_minor, currency, earned_at)
         values (uuidv7(), '${uuid}', 'at_seller', '${uuid}', '${uuid}', -89, 0, 0, -89, 'COP', now())`,
      ],
    };
    for (const oracle of oracles)
      it(`finds a planted fault: ${oracle.rule}`, async () => {
        const plant = plants[oracle.rule];
        assert.ok(plant, 'there is no fault for this oracle');
        assert.deepEqual(await ask(books.owner, oracle), [], 'before');
        await books.owner.query('begin');
        try {
          await books.owner.query('set local session_replication_role = replica');
          for (const sql of plant) await books.owner.query(sql);
          const found = await ask(books.owner, oracle);
          assert.ok(found.length > 0, 'it finds nothing');
          assert.equal(found[0]!.rule, oracle.rule);
        } finally {
          await books.owner.query('rollback');
        }
      });

    it('finds nothing in books that are sound', async () => {
      assert.deepEqual(await findFaults(books.pool), []);
    });
  });
});
