import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PostingLine } from './posting.ts';
import { timelineOf, type Viewer } from './timeline.ts';

const line = (account: string, side: 'debit' | 'credit', amountMinor: bigint): PostingLine => ({
  account,
  currency: 'COP',
  side,
  amountMinor,
});
const entry = (causeType: string, ...lines: readonly PostingLine[]) => ({
  id: causeType,
  causeType,
  recordedAt: '2026-01-01T00:00:00.000Z',
  lines,
});
const entries = [
  entry(
    'capture',
    line('provider:sandbox', 'debit', 1_000n),
    line('seller:a:pending', 'credit', 700n),
    line('seller:b:pending', 'credit', 300n),
  ),
  entry(
    'provider_fee',
    line('platform:provider_fees', 'debit', 30n),
    line('provider:sandbox', 'credit', 30n),
  ),
  entry(
    'earning',
    line('seller:a:pending', 'debit', 700n),
    line('seller:a:owing', 'credit', 50n),
    line('seller:a:available', 'credit', 580n),
    line('platform:fees', 'credit', 70n),
  ),
  entry(
    'chargeback',
    line('seller:b:pending', 'debit', 300n),
    line('seller:b:disputed', 'credit', 300n),
  ),
];
const seen = (viewer: Viewer) =>
  timelineOf(entries, viewer).map(({ code, amountMinor }) => [code, amountMinor]);

describe('the money timeline', () => {
  it('shows a buyer what was paid and what came back, and nobody’s accounts', () => {
    assert.deepEqual(seen({ is: 'buyer' }), [
      ['capture', 1_000n],
      ['chargeback', 300n],
    ]);
    assert.ok(timelineOf(entries, { is: 'buyer' }).every(({ changes }) => changes.length === 0));
  });

  it('shows a seller its own lines, and of them what it has now', () => {
    assert.deepEqual(seen({ is: 'seller', id: 'a' }), [
      ['capture', 700n],
      ['earning', 630n],
    ]);
    assert.deepEqual(seen({ is: 'seller', id: 'b' }), [
      ['capture', 300n],
      ['chargeback', 300n],
    ]);
    const accounts = timelineOf(entries, { is: 'seller', id: 'a' }).flatMap(({ changes }) =>
      changes.map(({ account }) => account),
    );
    assert.ok(
      accounts.every((account) => account.startsWith('seller:a:')),
      accounts.join(),
    );
  });

  it('shows staff all of it', () => {
    assert.deepEqual(seen({ is: 'staff' }), [
      ['capture', 1_000n],
      ['provider_fee', 30n],
      ['earning', 700n],
      ['chargeback', 300n],
    ]);
  });
});
