/**
 * What a stranger can tell of an address: whether it has an account must show neither in status,
 * headers or body, nor in the time that an answer takes. TRIES of each kind on each route, in turns, over
 * HTTP against a Plaza as `npm start` runs it. Run by `.ci/run`, on Linux.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './support/plaza-process.ts';
import { createReport } from './support/report.ts';
import { shopEnvironment, startServer } from './support/server-process.ts';

const tries = Number(process.env['TRIES'] ?? 500);
const apartMaxMs = 5;
const password = 'una clave larga y buena';

const root = mkdtempSync(join(tmpdir(), 'plaza-strangers-'));
const data = join(root, 'data');
const server = await startServer(data, {
  ...shopEnvironment(data, await freePort()),
  PLAZA_TRUSTED_PROXIES: '127.0.0.1,::1',
});
const { step, end } = createReport();

type Answer = Readonly<{ seen: string; ms: number }>;

let asked = 0;
/** Each from somewhere else: one address of the network may ask for few mails. */
const nextAddress = (): string => {
  asked += 1;
  return `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
};

/** All that the stranger sees, but what is new in every answer, and how long it took. */
const ask = async (path: string, body: Readonly<Record<string, string>>): Promise<Answer> => {
  const began = performance.now();
  const reply = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': nextAddress() },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  const ms = performance.now() - began;
  const headers = [...reply.headers].filter(
    ([name]) => !['date', 'x-request-id', 'ratelimit'].includes(name),
  );
  const seen = Object.values(body)
    .reduce(
      (all, own) => all.replaceAll(own, '<own>'),
      JSON.stringify([reply.status, headers, text]),
    )
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
  return { seen, ms };
};

/** Names of one length, so that answers can be compared. */
const nameOf = (kind: string, n: number): string => `${kind}-${String(n).padStart(5, '0')}`;
const emailOf = (kind: string, n: number): string => `${nameOf(kind, n)}@example.com`;
const registering = (email: string, username: string) => ({
  email,
  username,
  password,
  confirm_password: password,
});
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const routes: readonly (readonly [
  path: string,
  bodyOf: (email: string, name: string) => Readonly<Record<string, string>>,
])[] = [
  ['/auth/login', (email) => ({ email, password: 'no es esta clave' })],
  ['/auth/forgot-password', (email) => ({ email })],
  ['/auth/resend-code', (email) => ({ email })],
  ['/auth/verify-email', (email) => ({ email, code: '00000000' })],
  ['/auth/register', registering],
];

try {
  await step(`${tries} accounts`, async () => {
    for (let n = 0; n < tries; n++) {
      const { seen } = await ask(
        '/auth/register',
        registering(emailOf('known', n), nameOf('known', n)),
      );
      assert.match(seen, /^\[201/);
    }
  });
  for (const [path, bodyOf] of routes) {
    await step(`POST ${path} tells nothing`, async () => {
      const times = { known: [] as number[], other: [] as number[] };
      const answers = new Set<string>();
      for (let n = 0; n < tries; n++) {
        // Either of them first: what comes second finds everything warm.
        const kinds = n % 2 === 0 ? (['known', 'other'] as const) : (['other', 'known'] as const);
        for (const kind of kinds) {
          const name = nameOf(kind === 'known' ? 'first' : 'later', n);
          const { seen, ms } = await ask(path, bodyOf(emailOf(kind, n), name));
          answers.add(seen);
          times[kind].push(ms);
        }
      }
      assert.equal(answers.size, 1, [...answers].join('\n'));
      const [known, other] = [median(times.known), median(times.other)];
      const apart = Math.abs(known - other);
      assert.ok(apart < apartMaxMs, `${apart.toFixed(2)} ms apart`);
      return `${known.toFixed(2)} and ${other.toFixed(2)} ms, ${apart.toFixed(2)} apart`;
    });
  }
} finally {
  await server.stop();
  rmSync(root, { recursive: true, force: true });
}
process.exit(end());
