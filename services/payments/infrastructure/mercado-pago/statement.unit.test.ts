import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { ProviderUnclear } from '../../application/ports.ts';
import { unclear } from './answer.ts';
import type { MercadoPagoClient } from './client.ts';
import type { MercadoPagoPayment } from './resources.ts';
import { createMercadoPagoStatement } from './statement.ts';

const start = Date.UTC(2026, 0, 1);
const paymentOf = (n: number, second: number): MercadoPagoPayment => ({
  id: String(n),
  status: 'approved',
  statusDetail: 'accredited',
  amount: money(BigInt(n + 1), 'COP'),
  refunded: money(0n, 'COP'),
  netReceived: null,
  fees: [],
  refunds: [],
  marketplaceFeeRefunded: null,
  externalReference: null,
  collectorId: '1',
  liveMode: true,
  captured: true,
  methodId: null,
  methodType: null,
  cardLastFour: null,
  merchantOrderId: null,
  createdAt: new Date(start),
  approvedAt: new Date(start),
  updatedAt: new Date(start + second * 1_000),
  moneyReleaseAt: null,
});

type Search = MercadoPagoClient['searchUpdated'];

const read = async (search: Search) => {
  const statement = createMercadoPagoStatement({
    client: { searchUpdated: search },
    accessToken: 'a token',
    findKnown: async () => new Map(),
    withdrawals: async () => [],
    clock: () => new Date(start + 3_600_000),
  });
  const found: string[] = [];
  for await (const page of statement.movements(new Date(start), new Date(start + 1)))
    found.push(...page.map(({ reference }) => reference));
  return found;
};

/** A provider that answers by time and number, as its search does. */
const searchOf = (
  payments: MercadoPagoPayment[],
  onCall: (n: number) => void = () => {},
): Search => {
  let n = 0;
  return async ({ from, offset, limit }) => {
    onCall((n += 1));
    const found = payments
      .filter(({ updatedAt }) => updatedAt! >= from)
      .toSorted((a, b) => a.updatedAt!.getTime() - b.updatedAt!.getTime());
    const results = found.slice(offset, offset + limit);
    return { is: 'ok', value: { total: found.length, results } };
  };
};

describe('the statement of Mercado Pago', () => {
  it('tells every payment once over many pages, also of one moment', async () => {
    const payments = Array.from({ length: 450 }, (_, n) => paymentOf(n, n < 250 ? 7 : n));
    const found = await read(searchOf(payments));
    assert.equal(found.length, 450);
    assert.equal(new Set(found).size, 450);
  });

  it('leaves none out when one changes while it is being read', async () => {
    const payments = Array.from({ length: 250 }, (_, n) => paymentOf(n, n));
    const found = await read(
      searchOf(payments, (n) => {
        if (n === 2) payments[0] = paymentOf(0, 900);
      }),
    );
    assert.equal(new Set(found).size, 250);
    assert.equal(found.length, 250, 'and tells it once, as it is now');
  });

  it('says nothing when a page is not told', async () => {
    const payments = Array.from({ length: 250 }, (_, n) => paymentOf(n, n));
    const search = searchOf(payments);
    let n = 0;
    await assert.rejects(
      read(async (given) => ((n += 1) < 2 ? search(given) : unclear('timeout', 'no answer'))),
      ProviderUnclear,
    );
  });
});
