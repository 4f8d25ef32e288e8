/**
 * The split system under every fault of the catalogue, with purchases under way and a journal of
 * what was acknowledged. Run by `.ci/run` as a short cut, on Linux, as root.
 *
 *     REPLICAS=2 FAULTS=long ROUNDS=4 TEST_SEED=1 node tests/chaos/chaos.ts
 *
 * FAULTS=few, for CI, draws some of each kind, and which services are restarted one after another. ONLY=kill runs the faults whose name has
 * that in it. The steps are those of kill -9 of the one process; besides them a purchase from end to end
 * after each fault, within `recoveryMaxMs`.
 */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '#shared/testing/seeded-random.ts';
import { stopServers } from '../../deploy/servers/servers.ts';
import { startSplit, type Split } from '../../deploy/split/split.ts';
import { createBuying, drawPlan, type Plan } from '../e2e/support/buying.ts';
import { cards, must, send } from '../e2e/support/http.ts';
import { createJournal } from '../e2e/support/journal.ts';
import { checkPurchases } from '../e2e/support/purchase-checks.ts';
import { createReport } from '../e2e/support/report.ts';
import { createSeats } from '../e2e/support/seats.ts';
import { openShop, type Operate } from '../e2e/support/shop.ts';
import { allFaults, drawn, longDurations, shortDurations, type Fault } from './faults.ts';
import { canCut, mendNetwork } from './network.ts';
import { rollUnderLoad } from './rolling.ts';
import { adminPoolsOf, mailFilesOf, operatorTokenOf, readMailsOf } from './split-shop.ts';

const { env } = process;
const replicas = Number(env['REPLICAS'] ?? 2);
const rounds = Number(env['ROUNDS'] ?? 1);
const only = env['ONLY'] ?? '';
const isFew = env['FAULTS'] === 'few';
const durations = env['FAULTS'] === 'long' ? longDurations : shortDurations;
const purchasesLeast = Number(env['PURCHASES'] ?? 200);
const atOnce = 8;
/** Between two purchases of one seat, so that the machine is busy and not full. */
const thinkMs = 250;
const buyerCount = 12;
const recoveryMaxMs = 30_000;
const signInEveryMs = 180_000;
const seed = Number(env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const began = performance.now();
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const random = createRandom(seed);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
const shuffled = <Item>(items: readonly Item[]): readonly Item[] =>
  items
    .map((item) => [random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);

console.log(`TEST_SEED=${seed}, ${replicas} of each process`);
if (!canCut()) throw new Error('chaos needs root and iptables');
const data = join(tmpdir(), 'plaza-chaos');
// One place, so that the next run finds and ends the servers that a killed one has left.
await stopServers({ data: join(data, 'servers') });
rmSync(data, { recursive: true, force: true });
mendNetwork();
process.once('exit', mendNetwork);

const split: Split = await startSplit({
  data,
  firstPort: 18_400,
  replicas,
  serverPorts: { postgres: 15_632, amqp: 25_693, erlang: 25_694, epmd: 24_389, redis: 16_579 },
  own: env,
  environment: {
    PLAZA_LOG_LEVEL: 'warn',
    PLAZA_REQUESTS_PER_MINUTE: '900000000',
    PLAZA_SIGN_INS_PER_MINUTE: '900000000',
    PLAZA_PAYMENT_WINDOW_MINUTES: '1',
  },
});
console.log(`up after ${seconds(performance.now() - began)}`);
process.once('SIGINT', () => void split.stop().finally(() => process.exit(130)));
const { step, end } = createReport();
const journal = createJournal();
const seats = createSeats(atOnce);
const pools = adminPoolsOf(split);
const gateways = [...split.processes.values()].filter(({ target }) => target === 'gateway');
let turn = 0;
/** As a load balancer in front of the gateways would, request by request. */
const front = (): string => gateways[turn++ % gateways.length]!.url;

const operate: Operate = async (method, path, body) => {
  const request = { method, path, token: operatorTokenOf(split), ...(body ? { body } : {}) };
  return must(method === 'POST' ? 201 : 200, request, await send(front(), request));
};
const shop = await openShop({
  url: split.url,
  operate,
  readMails: () => readMailsOf(split),
  products: 20,
  // Enough that canaries find something, and less than all want.
  stockOfEach: 40 * Math.max(1, rounds * 2),
  buyers: buyerCount,
});
const { buy, ask, figures } = createBuying({
  server: async () => ({ url: front(), token: () => operatorTokenOf(split) }),
  tokenOf: (buyer) => shop.tokens[buyer]!,
  journal,
  seats,
  mayRefuse: true,
});

const plans: Plan[] = [];
const nextPlan = (fixed: Partial<Plan> = {}): Plan => {
  const drawn = drawPlan(plans.length, random, { variants: shop.variants, buyers: buyerCount });
  const plan = { ...drawn, ...fixed };
  plans.push(plan);
  return plan;
};

let isOver = false;
const signInAgain = async (): Promise<void> => {
  for (let i = 0; i < buyerCount && !isOver; i++) {
    const body = shop.signInOf(i);
    const reply = await ask(() => ({ method: 'POST', path: '/auth/login', body }));
    shop.tokens[i] = String(reply.body['access_token']);
  }
};
const renewing = setInterval(() => void signInAgain().catch(console.error), signInEveryMs);

const failures: string[] = [];
const keepBuying = async (): Promise<void> => {
  while (!isOver || plans.length < purchasesLeast) {
    const plan = nextPlan();
    await seats
      .sit(() => buy(plan))
      .catch((error: Error) => failures.push(`purchase ${plan.n}: ${error.message}`));
    await sleep(thinkMs);
  }
};

/** From now until a whole purchase has gone through. */
const recover = async (): Promise<number> => {
  const since = performance.now();
  const plan = nextPlan({ card: cards.approved, cancel: 'never', goesTo: 'delivered' });
  await buy(plan);
  return performance.now() - since;
};

const recoveries: { name: string; ms: number }[] = [];
let kills = 0;
const hurt = async ({ name, kills: killed, strike }: Fault): Promise<void> => {
  const before = { ...figures, acknowledged: journal.length() };
  const since = performance.now();
  await strike();
  const lastedMs = performance.now() - since;
  kills += killed;
  const ms = await recover();
  recoveries.push({ name, ms });
  console.log(
    `${name}: ${seconds(lastedMs)}, recovery ${Math.round(ms)} ms; in it ` +
      `${journal.length() - before.acknowledged} acknowledged, ${figures.cutOff - before.cutOff} cut off, ` +
      `${figures.refused - before.refused} refused`,
  );
  await sleep(500 + random() * 1_500);
};

await step(`purchases, ${atOnce} at once, through ${rounds} rounds of faults`, async () => {
  const buying = Array.from({ length: atOnce }, keepBuying);
  await sleep(1_000);
  try {
    for (let round = 0; round < rounds; round++)
      for (const fault of shuffled(allFaults(split, durations, pick, isFew)))
        if (fault.name.includes(only)) await hurt(fault);
  } finally {
    isOver = true;
    await Promise.all(buying);
    clearInterval(renewing);
  }
  assert.deepEqual(failures, []);
  return `${plans.length} purchases, ${recoveries.length} faults, ${kills} kills, ${figures.cutOff} cut off, ${figures.refused} refused`;
});

await step(`every recovery took less than ${seconds(recoveryMaxMs)}`, () => {
  const slow = recoveries.filter(({ ms }) => ms > recoveryMaxMs);
  assert.deepEqual(slow, []);
  if (recoveries.length === 0) return 'no fault was chosen';
  const sorted = recoveries.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return `median ${seconds(sorted[Math.floor(sorted.length / 2)]!)}, longest ${seconds(sorted.at(-1)!)}`;
});

// Meanwhile the payment windows of the last orders end, which the checks wait for.
const others = new Set<string>();
const targets = [...new Set([...split.processes.values()].map(({ target }) => target))];
const rolledTargets = isFew
  ? ['gateway', ...drawn(targets, 3, (some) => pick(some.filter((one) => one !== 'gateway')))]
  : targets;
if (replicas > 1 && 'rolling restart'.includes(only))
  await step(
    `a rolling restart of ${rolledTargets.join(', ')} at 100 requests/s fails none`,
    async () => {
      const {
        requests,
        refused,
        failures: failed,
        slowestMs,
        orderIds,
      } = await rollUnderLoad(
        split,
        shop,
        100,
        [...split.processes.values()].filter(({ target }) => rolledTargets.includes(target)),
      );
      for (const id of orderIds) others.add(id);
      assert.deepEqual(failed, []);
      return `${requests} requests, ${orderIds.length} orders, ${refused} told to come again, slowest ${Math.round(slowestMs)} ms`;
    },
  );

await signInAgain();
await checkPurchases({
  step,
  journal,
  plans,
  shop,
  operate,
  ask,
  poolOf: pools.poolOf,
  mailFiles: () => mailFilesOf(split),
  mailboxes: replicas,
  others,
  restMaxMs: 150_000,
});

await step('it stops cleanly', async () => {
  await pools.end();
  await split.stop();
});
console.log(
  `${plans.length} purchases, ${kills} kills, ${journal.length()} acknowledged answers checked, ` +
    seconds(performance.now() - began),
);
const code = end();
if (code === 0) rmSync(data, { recursive: true, force: true, maxRetries: 5 });
else console.log(`the data are kept in ${data}`);
process.exit(code);
