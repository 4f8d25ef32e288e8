/**
 * A whole purchase, from registration to delivery, by 8 buyers at once: CPU of the whole process
 * tree, PostgreSQL included. Beside it the hash of the password, measured where it runs: the threads
 * of libuv do nothing else to speak of, since files are written by the main thread. And the floor:
 * as many requests to bare Fastify and as many one-row statements over the same driver, alternated.
 */
import { codeReader } from './lib/codes.ts';
import { median, treeCpuMs } from './lib/cpu.ts';
import { startPlazaProcess } from './lib/plaza-process.ts';
import { buy, measure, prepareShop, type Meter } from './lib/purchase.ts';
import { startPurchaseFloor } from './lib/purchase-floor.ts';

const purchasesARound = Number(process.env['PURCHASES'] ?? 200);
const rounds = Number(process.env['ROUNDS'] ?? 5);

export const benchPurchase = async () => {
  const plaza = await startPlazaProcess();
  const floor = await startPurchaseFloor();
  try {
    const variants = await prepareShop(plaza);
    const codeOf = codeReader(plaza.data);
    const meterOf = ({ pid }: { pid: number }): Meter => ({
      cpuMs: () => treeCpuMs(pid),
      hashingPid: pid,
    });
    const purchases = (times: number) =>
      measure(meterOf(plaza), times, () => buy(plaza, codeOf, variants));
    const floors = (times: number) => measure(meterOf(floor), times, () => floor.buy());
    // A server runs for days: its code is compiled and warm.
    await purchases(3 * purchasesARound);
    await floors(3 * purchasesARound);
    const results: Awaited<ReturnType<typeof measure>>[] = [];
    const floorResults: typeof results = [];
    for (let i = 0; i < rounds; i++) {
      results.push(await purchases(purchasesARound));
      floorResults.push(await floors(purchasesARound));
    }
    return {
      purchaseCpuMs: median(results.map((r) => r.cpuMs)),
      hashCpuMs: median(results.map((r) => r.hashMs)),
      withoutHashCpuMs: median(results.map((r) => r.withoutHashMs)),
      perSecond: median(results.map((r) => r.perSecond)),
      floorWithoutHashCpuMs: median(floorResults.map((r) => r.withoutHashMs)),
      floorHashCpuMs: median(floorResults.map((r) => r.hashMs)),
    };
  } finally {
    await floor.stop();
    await plaza.stop();
  }
};

if (import.meta.main) console.log(JSON.stringify(await benchPurchase(), null, 2));
