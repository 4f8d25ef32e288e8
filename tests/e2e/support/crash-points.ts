import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';

/**
 * Where Plaza is killed between an intent and the ledger (reliability 3a). None is a place in the
 * product: a call is kept from the provider, an answer is kept from Plaza, or the rows that the next
 * statement needs are locked, so that everything stands exactly there until the process dies.
 */
export const crashPoints = {
  'intent committed, page not asked for': 'CP11',
  'page made, answer on its way': 'CP12',
  'page answered, not stored': 'CP13',
  'charge being recorded, ledger not yet': 'CP14',
  'notification stored, not answered': 'CP15',
  'notification answered, nothing read': 'CP16',
  'charge read, not recorded': 'CP17',
  'refund committed, not asked for': 'CP23',
  'refund made, answer on its way': 'CP12',
  'refund answered, not in the ledger': 'CP24',
  'hold resolved, payee not yet paid': 'CP25',
} as const;
export type CrashPoint = keyof typeof crashPoints;
/** Where something stands at the last call only. */
export const latePoints: readonly CrashPoint[] = [
  'charge being recorded, ledger not yet',
  'notification stored, not answered',
];
export const allPoints = Object.keys(crashPoints) as CrashPoint[];

type Answer = Readonly<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>;
type Options = Readonly<{ simulatorUrl: string; plazaUrl: () => string }>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const never = new Promise<never>(() => {});
const ledgerLock = 'lock table ledger_accounts in share row exclusive mode';

const bodyOf = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};
const jsonOf = (body: Buffer): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
};

/**
 * Stands between Plaza and the provider, both ways. What is armed stops at its point; `held` says which
 * points something stands at now. Everything else passes, broken as it comes.
 */
export const startGate = async ({ simulatorUrl, plazaUrl }: Options) => {
  const armed = new Set<CrashPoint>();
  const standing = new Map<CrashPoint, () => boolean>();
  const answered = new Set<string>();
  let isLastCall = false;
  let locks: pg.Pool | undefined;

  /** One who comes first stands there; others pass. */
  const take = (point: CrashPoint): boolean => armed.delete(point);
  const stand = (point: CrashPoint, socket: ServerResponse['socket']): Promise<never> => {
    const isStanding = (): boolean => socket?.destroyed === false;
    standing.set(point, isStanding);
    // Who gave up before the kill leaves the place to the next.
    socket?.once('close', () => {
      if (standing.get(point) !== isStanding) return;
      standing.delete(point);
      armed.add(point);
    });
    return never;
  };

  /**
   * Locks rows, has the answer delivered, and stands when a statement like `statement` waits for them.
   * Without rows, or when nothing comes to wait, the point is armed again.
   */
  const standAtLock = async (
    point: CrashPoint,
    lock: Readonly<{ sql: string; values?: readonly unknown[]; statement: RegExp }>,
    deliver: () => void,
  ): Promise<void> => {
    const pool = locks;
    const client = await pool?.connect().catch(() => undefined);
    // It goes with the server that is killed.
    client?.on('error', () => {});
    const waiters = async (): Promise<readonly string[]> => {
      // A transaction sees what it saw first of what others do.
      await client!.query('select pg_stat_clear_snapshot()');
      const found = await client!.query<{ query: string }>(
        `select query from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))`,
      );
      return found.rows.map(({ query }) => query);
    };
    let isDelivered = false;
    try {
      await client?.query('begin');
      const found = await client?.query(lock.sql, lock.values as unknown[]);
      const isLocked = found !== undefined && found.rowCount !== 0;
      deliver();
      isDelivered = true;
      for (let n = 0; isLocked && n < 40; n++) {
        if ((await waiters()).some((query) => lock.statement.test(query))) {
          standing.set(point, () => pool === locks);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      await client?.query('rollback');
    } catch {
      if (!isDelivered) deliver();
    }
    client?.release(true);
    if (pool === locks && pool !== undefined) armed.add(point);
  };

  const forward = (
    base: string,
    incoming: IncomingMessage,
    body: Buffer,
    reply: ServerResponse,
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { host: _host, connection: _connection, ...headers } = incoming.headers;
      const { method } = incoming;
      const call = ask(
        new URL(incoming.url!, base),
        { method, headers, agent: false },
        (answer) => {
          bodyOf(answer).then((given) => {
            resolve({ status: answer.statusCode!, headers: answer.headers, body: given });
          }, reject);
        },
      );
      call.once('error', reject);
      // Who hung up waits for nothing.
      reply.once('close', () => call.destroy());
      call.end(body);
    });

  const deliver = (reply: ServerResponse, { status, headers, body }: Answer): void => {
    if (reply.headersSent || reply.destroyed) return;
    const { connection: _connection, 'transfer-encoding': _encoding, ...rest } = headers;
    reply.writeHead(status, { ...rest, 'content-length': body.length });
    reply.end(body);
  };

  /** A page is made, or a refund: before it, after it, and when its answer is there. */
  const mutate = async (
    points: Readonly<{ before: CrashPoint; after: CrashPoint; answered: CrashPoint }>,
    lockOf: (answer: Answer) => Parameters<typeof standAtLock>[1] | undefined,
    reply: ServerResponse,
    send: () => Promise<Answer>,
  ): Promise<void> => {
    if (take(points.before)) return stand(points.before, reply.socket);
    const answer = await send();
    const isMade = answer.status === 201 || answer.status === 200;
    if (isMade && take(points.after)) return stand(points.after, reply.socket);
    const lock = isMade && armed.has(points.answered) ? lockOf(answer) : undefined;
    if (lock && take(points.answered))
      return standAtLock(points.answered, lock, () => deliver(reply, answer));
    return deliver(reply, answer);
  };

  const readPayment = async (
    id: string,
    reply: ServerResponse,
    send: () => Promise<Answer>,
  ): Promise<void> => {
    if (answered.delete(id) && take('notification answered, nothing read'))
      return stand('notification answered, nothing read', reply.socket);
    const answer = await send();
    const { status, external_reference: payment } = jsonOf(answer.body);
    const isNews = answer.status === 200 && status === 'approved' && uuid.test(String(payment));
    const open = `select from payments where id = $1 and status = 'pending'`;
    const pass = (): void => deliver(reply, answer);
    if (isNews && take('charge read, not recorded'))
      return standAtLock(
        'charge read, not recorded',
        { sql: `${open} for update`, values: [payment], statement: /record_charges/ },
        pass,
      );
    // All that books waits for this: it is the last to stand.
    if (isNews && isLastCall && take('charge being recorded, ledger not yet'))
      return standAtLock(
        'charge being recorded, ledger not yet',
        { sql: ledgerLock, statement: /record_charges/ },
        pass,
      );
    return pass();
  };

  const handle = async (incoming: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    const url = new URL(incoming.url!, simulatorUrl);
    const route = `${incoming.method} ${url.pathname}`;
    if (url.pathname.startsWith('/api/v1/webhook/')) {
      const answer = await forward(plazaUrl(), incoming, body, reply);
      const isOfPayment = answer.status === 200 && url.searchParams.get('type') === 'payment';
      // Who notifies waits for five seconds only.
      if (isOfPayment && isLastCall && take('notification stored, not answered'))
        return stand('notification stored, not answered', reply.socket);
      if (isOfPayment) answered.add(String(url.searchParams.get('data.id')));
      return deliver(reply, answer);
    }
    const send = () => forward(simulatorUrl, incoming, body, reply);
    if (route === 'POST /checkout/preferences')
      return mutate(
        {
          before: 'intent committed, page not asked for',
          after: 'page made, answer on its way',
          answered: 'page answered, not stored',
        },
        () => ({
          sql: 'select from provider_checkouts where payment_id = $1 for update',
          values: [jsonOf(body)['external_reference']],
          statement: /update provider_checkouts/,
        }),
        reply,
        send,
      );
    if (/^POST \/v1\/payments\/\w+\/refunds$/.test(route))
      return mutate(
        {
          before: 'refund committed, not asked for',
          after: 'refund made, answer on its way',
          answered: 'refund answered, not in the ledger',
        },
        (answer) =>
          jsonOf(answer.body)['status'] === 'approved'
            ? {
                sql: 'select from provider_refunds where id = $1 for update',
                values: [incoming.headers['x-idempotency-key']],
                statement: /settle_provider_refund/,
              }
            : undefined,
        reply,
        send,
      );
    const id = /^GET \/v1\/payments\/(\d+)$/.exec(route)?.[1];
    return id === undefined ? deliver(reply, await send()) : readPayment(id, reply, send);
  };

  const server = createServer((incoming, reply) => {
    handle(incoming, reply).catch(() => reply.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** From now on the next at each of these points stands there. `pool` locks, and dies with Plaza. */
    arm: (points: readonly CrashPoint[], pool: pg.Pool): void => {
      locks = pool;
      for (const point of points) armed.add(point);
    },
    /** Now also at the points where nothing can stand for long. */
    lastCall: (): void => {
      isLastCall = true;
    },
    /** Has `begin` ask for the release of a hold; what it does may stand between hold and payee. */
    release: async (holdId: string, begin: () => void): Promise<void> => {
      const point = 'hold resolved, payee not yet paid';
      if (!take(point)) return begin();
      const sql = `select from ledger_accounts where id = 'escrow:' || $1::text for update`;
      return standAtLock(point, { sql, values: [holdId], statement: /resolve_escrow/ }, begin);
    },
    held: (): readonly CrashPoint[] =>
      [...standing].filter(([, isStanding]) => isStanding()).map(([point]) => point),
    /** After the kill: nothing stands anywhere. */
    clear: (): void => {
      isLastCall = false;
      armed.clear();
      standing.clear();
      answered.clear();
      locks = undefined;
      server.closeAllConnections();
    },
    close: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
};

export type Gate = Awaited<ReturnType<typeof startGate>>;
