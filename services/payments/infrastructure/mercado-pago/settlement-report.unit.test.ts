import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OffSchema } from './reading.ts';
import { readWithdrawals } from './settlement-report.ts';

const payoutId = '01a22592-b880-7da4-8fe4-1a6f6ae3c2df';
const header =
  'EXTERNAL_REFERENCE;SOURCE_ID;TRANSACTION_TYPE;TRANSACTION_AMOUNT;TRANSACTION_CURRENCY;TRANSACTION_DATE;SETTLEMENT_NET_AMOUNT';
const row = (...cells: readonly string[]): string => cells.join(';');
const date = '2026-11-28T10:00:00.000-05:00';
const taken = row('', '77', 'WITHDRAWAL', '-150000.00', 'COP', date, '-150000.00');

describe('a settlement report', () => {
  it('tells what went to a bank and what came back, and nothing of payments', () => {
    const read = readWithdrawals(
      [
        header,
        row('order', '1', 'SETTLEMENT', '90.00', 'COP', date, '87.00'),
        row('', '2', 'CASHBACK', '1.00', 'COP', date, '1.00'),
        row('', '3', 'toString', '1.00', 'COP', date, '1.00'),
        taken,
        row('', '77', 'WITHDRAWAL_CANCEL', '150000', 'COP', date, '150000'),
        row(payoutId, '78', 'PAYOUT', '10.5', 'MXN', date, '-10.5'),
        '',
      ].join('\n'),
    );
    const occurredAt = new Date('2026-11-28T15:00:00.000Z');
    assert.deepEqual(read, [
      {
        reference: '77:taken',
        amount: { amountMinor: -15_000_000n, currency: 'COP' },
        payoutId: null,
        occurredAt,
      },
      {
        reference: '77:returned',
        amount: { amountMinor: 15_000_000n, currency: 'COP' },
        payoutId: null,
        occurredAt,
      },
      {
        reference: '78:taken',
        amount: { amountMinor: -1_050n, currency: 'MXN' },
        payoutId,
        occurredAt,
      },
    ]);
  });

  it('may be separated as the account likes, begin with a mark, and have nothing in it', () => {
    const [one] = readWithdrawals(`${header}\n${taken}\n`);
    const commas = [header, taken].join('\r\n').replaceAll(';', ',');
    assert.deepEqual(readWithdrawals(`\uFEFF${commas}`), [one]);
    assert.deepEqual(readWithdrawals(`${header}\n`), []);
    assert.deepEqual(readWithdrawals(''), []);
  });

  for (const [why, text] of [
    ['no columns of it', 'A;B\n1;2\n'],
    ['a row of another length', `${header}\n1;2\n`],
    ['an amount that is none', `${header}\n${taken.replace('-150000.00', '1e999')}`],
    ['an amount finer than the currency', `${header}\n${taken.replace('-150000.00', '0.001')}`],
    ['a date that is none', `${header}\n${taken.replace(date, 'yesterday')}`],
    ['no id', `${header}\n${taken.replace('77', '')}`],
    ['a page of a person', '<!doctype html>\n<p>;</p>\n'],
  ] as const)
    it(`is not read with ${why}`, () => assert.throws(() => readWithdrawals(text), OffSchema));
});
