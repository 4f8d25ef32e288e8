import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { ProviderUnclear } from '../../application/ports.ts';
import { unclear, type Answer } from './answer.ts';
import type { MercadoPagoReport } from './resources.ts';
import { createWithdrawals } from './withdrawals.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 20);
const day = (n: number): Date => new Date(now + n * dayMs);
const ok = <T>(value: T): Answer<T> => ({ is: 'ok', value });
const refused: Answer<never> = {
  is: 'refused',
  reason: 'forbidden',
  status: 403,
  causes: [],
  message: '',
};

const start = (reports: () => Answer<readonly MercadoPagoReport[]>) => {
  const asked: (readonly [from: Date, to: Date])[] = [];
  const read: string[] = [];
  const state = { now };
  const movements = createWithdrawals({
    client: {
      listReports: async () => reports(),
      requestReport: async ({ from, to }) => {
        asked.push([from, to]);
        return ok(null);
      },
      readReport: async ({ fileName }) => {
        read.push(fileName);
        const amount = money(-100n, 'COP');
        // The same withdrawal is in every report of its day.
        return ok([
          { reference: '7:taken', amount, payoutId: null, occurredAt: day(-1) },
          { reference: '8:taken', amount, payoutId: null, occurredAt: day(-9) },
        ]);
      },
    },
    accessToken: 'a token',
    provider: 'mercadopago',
    findKnown: async () => new Map([['7:taken', { type: 'withdrawal', id: 'x' }]]),
    clock: () => new Date(state.now),
  });
  return { asked, read, state, movements };
};
const report = (from: number, to: number, fileName: string | null = `${from}.csv`) => ({
  fileName,
  from: day(from),
  to: day(to),
});

describe('reports of the account at Mercado Pago', () => {
  it('are asked for where none tells of the last day, once an hour, of two months at most', async () => {
    const { asked, state, movements } = start(() => ok([]));
    await movements(day(-100), day(-99));
    assert.deepEqual(asked, [[day(-100), day(-40)]]);
    await movements(day(-2), day(1));
    assert.equal(asked.length, 1);
    state.now += 3_600_000;
    await movements(day(-2), day(1));
    assert.deepEqual(asked[1], [day(-2), new Date(state.now)]);
  });

  it('are enough when one tells of all but the last day, also while it is being made', async () => {
    for (const one of [report(-3, -0.5), report(-3, -0.5, null)]) {
      const { asked, movements } = start(() => ok([one]));
      await movements(day(-2), day(1));
      assert.deepEqual(asked, []);
    }
  });

  it('are read where they touch the period, and each withdrawal is told once', async () => {
    const reports = [report(-3, 0), report(-2, 0), report(-9, -5), report(-1, 0, null)];
    const { read, movements } = start(() => ok(reports));
    const found = await movements(day(-2), day(1));
    assert.deepEqual(read, ['-3.csv', '-2.csv']);
    assert.deepEqual(
      found.map(({ reference, cause }) => [reference, cause?.id]),
      [['7:taken', 'x']],
    );
  });

  it('are none where the account gives none, and unclear where nobody answers', async () => {
    assert.deepEqual(await start(() => refused).movements(day(-2), day(1)), []);
    const away = start(() => unclear('timeout', ''));
    await assert.rejects(away.movements(day(-2), day(1)), ProviderUnclear);
  });
});
