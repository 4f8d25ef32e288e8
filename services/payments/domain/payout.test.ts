import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bankFile } from './bank-file.ts';
import { readDestination, type Destination } from './destination.ts';
import {
  isReachable,
  nextRun,
  payoutEntry,
  requestPayout,
  settlementEntry,
  type Payable,
  type Payout,
} from './payout.ts';

const payable: Payable = {
  sellerId: 's',
  currency: 'COP',
  rows: [
    { id: 't1', netMinor: 900n },
    { id: 't2', netMinor: -200n },
  ],
  owedMinor: 50n,
  destination: { id: 'd', usableAt: '2026-01-01T00:00:00.000Z' },
};
const facts = { now: new Date('2026-01-02T00:00:00Z'), wantedMinor: null, leastMinor: 1n };

describe('a payout', () => {
  it('is the sum of exactly the rows that it lists; what is owed is taken off', () => {
    assert.equal(requestPayout(payable, facts), 700n);
    assert.deepEqual(
      payoutEntry('p', payable, 700n, 'e').lines.map((l) => [l.account, l.side, l.amountMinor]),
      [
        ['seller:s:available', 'debit', 750n],
        ['seller:s:owing', 'credit', 50n],
        ['payouts:in_transit', 'credit', 700n],
      ],
    );
  });
  for (const [why, change, code] of [
    ['nothing is left', { rows: [] }, 'nothing_to_pay_out'],
    ['more is owed', { rows: [{ id: 't', netMinor: -1n }] }, 'nothing_to_pay_out'],
    ['there is no destination', { destination: null }, 'payout_destination_missing'],
    [
      'the destination is new',
      { destination: { id: 'd', usableAt: '2026-01-02T00:00:00.001Z' } },
      'payout_destination_cooling',
    ],
  ] as const) {
    it(`is refused when ${why}`, () => {
      assert.throws(() => requestPayout({ ...payable, ...change }, facts), {
        code: `payments.${code}`,
      });
    });
  }
  it('is refused when it is too little, or not what the seller believes', () => {
    assert.throws(() => requestPayout(payable, { ...facts, leastMinor: 701n }), {
      code: 'payments.nothing_to_pay_out',
    });
    for (const wantedMinor of [699n, 701n])
      assert.throws(() => requestPayout(payable, { ...facts, wantedMinor }), {
        code: 'payments.payout_amount_differs',
      });
  });

  it('never comes out of an end, but for what a bank returns after all', () => {
    assert.equal(isReachable({ status: 'paid' }, 'returned'), 'changes');
    assert.equal(isReachable({ status: 'paid' }, 'paid'), 'is_so');
    for (const [from, to] of [
      ['returned', 'paid'],
      ['failed', 'paid'],
      ['failed', 'returned'],
      ['paid', 'failed'],
      ['paid', 'unknown'],
      ['sent', 'unknown'],
    ] as const)
      assert.equal(isReachable({ status: from }, to), 'ended', `${from} to ${to}`);
  });

  it('is booked back from where its money is', () => {
    const payout = {
      id: 'p',
      sellerId: 's',
      currency: 'COP',
      amountMinor: 7n,
      rail: 'bank_file',
    } as Payout;
    const from = (status: Payout['status']) =>
      settlementEntry({ ...payout, status }, 'returned', 'e')!.lines[0]!.account;
    assert.equal(from('sent'), 'payouts:in_transit');
    assert.equal(from('paid'), 'provider:bank_file');
    assert.equal(settlementEntry({ ...payout, status: 'requested' }, 'unknown', 'e'), undefined);
  });
});

describe('the schedule', () => {
  for (const [schedule, now, next] of [
    ['daily', '2026-01-01T05:59:59Z', '2026-01-01T06:00:00.000Z'],
    ['daily', '2026-01-01T06:00:00Z', '2026-01-02T06:00:00.000Z'],
    ['weekly', '2026-01-01T12:00:00Z', '2026-01-05T06:00:00.000Z'],
    ['weekly', '2026-01-05T06:00:00Z', '2026-01-12T06:00:00.000Z'],
    ['monthly', '2026-01-31T23:00:00Z', '2026-02-01T06:00:00.000Z'],
    ['monthly', '2026-12-01T06:00:00Z', '2027-01-01T06:00:00.000Z'],
  ] as const) {
    it(`${schedule} after ${now} is ${next}`, () => {
      assert.equal(nextRun(schedule, new Date(now)).toISOString(), next);
    });
  }
});

const savings: Destination = {
  country: 'CO',
  type: 'savings',
  bankCode: '007',
  accountNumber: '123-456789-01',
  holderName: '  Ana   Pérez ',
  taxId: '1.020.304.050',
};

describe('a destination', () => {
  it('is written in one way', () => {
    assert.deepEqual(readDestination(savings), {
      ...savings,
      accountNumber: '12345678901',
      holderName: 'Ana Pérez',
      taxId: '1020304050',
    });
  });
  const clabe = {
    ...savings,
    country: 'MX',
    type: 'clabe',
    bankCode: '032',
    // The example of the Banco de México's own description.
    accountNumber: '032180000118359719',
    taxId: 'GODE561231GR8',
  };
  const cbu = {
    ...savings,
    country: 'AR',
    type: 'cbu',
    bankCode: '285',
    accountNumber: '2850590940090418135201',
    taxId: '20-12345678-6',
  };
  it('has the check digits of its country', () => {
    assert.equal(readDestination(clabe).accountNumber, clabe.accountNumber);
    assert.equal(readDestination(cbu).accountNumber, cbu.accountNumber);
  });
  for (const [field, change] of [
    ['country', { country: 'US' }],
    ['type', { type: 'clabe' }],
    ['bank_code', { bankCode: 'x' }],
    ['account_number', { accountNumber: '12345' }],
    ['account_number', { ...clabe, accountNumber: '032180000118359718' }],
    ['account_number', { ...cbu, accountNumber: '2850590940090418135202' }],
    ['account_number', { ...cbu, accountNumber: '2850590840090418135201' }],
    ['tax_id', { taxId: '=1+1' }],
    ['holder_name', { holderName: '=HYPERLINK("x")' }],
    ['holder_name', { holderName: 'A\u0000na' }],
  ] as const) {
    it(`is refused for its ${field}: ${JSON.stringify(change)}`, () => {
      assert.throws(
        () => readDestination({ ...savings, ...change }),
        (error: { details?: { errors?: { pointer: string }[] } }) =>
          error.details?.errors?.[0]?.pointer === `#/${field}`,
      );
    });
  }
});

describe('the file for a bank', () => {
  const line = { payoutId: 'p1', destination: savings, amountMinor: 123_456n, currency: 'COP' };
  it('is CSV with a heading', () => {
    const [heading, row, end] = bankFile([line]).split('\r\n');
    assert.equal(
      heading,
      'payout_id,country,account_type,bank_code,account_number,holder_name,tax_id,amount,currency',
    );
    assert.equal(row, 'p1,CO,savings,007,123-456789-01,  Ana   Pérez ,1.020.304.050,1234.56,COP');
    assert.equal(end, '');
  });
  for (const text of ['=1+1', '+1', '-1', '@x', '\tx', '\rx'])
    it(`makes no formula of ${JSON.stringify(text)}`, () => {
      const file = bankFile([{ ...line, destination: { ...savings, holderName: text } }]);
      assert.ok(file.includes(`'${text}`));
    });
  it('quotes what would be read as two cells', () => {
    const holderName = 'Pérez, "Ana"';
    const file = bankFile([{ ...line, destination: { ...savings, holderName } }]);
    assert.ok(file.includes(',"Pérez, ""Ana""",'));
  });
});
