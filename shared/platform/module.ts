import type { FastifyPluginAsync } from 'fastify';
import type { Pool } from 'pg';
import type { SharedCounts } from '../http/rate-limits.ts';
import type { EndedSessions } from './ended-sessions.ts';
import type { Bus, Reaction } from '../messaging/message.ts';
import type { OutboxMessage } from '../messaging/outbox.ts';
import type { DeadlineHandler } from '../messaging/deadlines.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { FanOut } from './fan-out.ts';
import type { Files } from './files.ts';
import type { Gathering } from './gather.ts';
import type { Installation } from './installation.ts';
import type { Mail } from './mail.ts';
import type { DeriveKeys } from './secret.ts';
import type { Config } from './config.ts';
import type { SharedValues } from './shared-values.ts';

export type Clock = () => Date;
export type WakeOutbox = (committed?: readonly OutboxMessage[]) => void;

/** The name of a bounded context: its schema, its role, its prefix in message types. */
export type ContextName =
  | 'identity'
  | 'users'
  | 'professionals'
  | 'engagements'
  | 'payments'
  | 'notifications'
  | 'catalog'
  | 'orders'
  | 'analytics';

/** An answer of another context: status and parsed JSON body. */
export type Answer = Readonly<{ status: number; body: unknown }>;

/** What a process offers its modules. A module never listens, connects or reads the environment. */
export type Platform = Readonly<{
  /** Connected as the context's own role; unqualified names are in the context's own schema. */
  pool: Pool;
  clock: Clock;
  /** A new UUIDv7. */
  newId: () => string;
  log: Logger;
  metrics: Metrics;
  config: Config;
  /**
   * Keys derived from the installation's secret and those before it, for one purpose; never logged.
   * What lasts longer than a day is to be made anew with the first of them.
   */
  deriveKeys: DeriveKeys;
  /** Says that this context holds nothing any more that only a former secret opens. */
  noteSealed: () => Promise<void>;
  /** Where people and applications reach this installation: as it was told, or where it listens. */
  publicUrl: () => string;
  /** Undefined where a process cannot change what it runs as: its environment says it. */
  installation: Installation | undefined;
  mail: Mail;
  /** What the shop is called; never raises, and is at most a minute old. */
  shopName: () => Promise<string>;
  files: Files;
  fanOut: FanOut;
  endedSessions: EndedSessions;
  /**
   * Counts in windows of a minute, over all replicas; asked once for each bucket. What it answers
   * rejects when the counts are not to be had.
   */
  countsOf: SharedCounts;
  /** Undefined where there is one process, which has no one to share with. */
  sharedValues: SharedValues | undefined;
  /**
   * Says that messages were committed to this context's outbox. Those that are given go straight to
   * the bus; without them the outbox is read.
   */
  wakeOutbox: WakeOutbox;
  /**
   * Writes marks in batches, every `everyMs` (250 without it); what is put aside is written at a clean
   * stop, and lost at a crash.
   */
  gather: <Item>(
    write: (items: readonly Item[]) => Promise<void>,
    everyMs?: number,
  ) => Gathering<Item>;
  /**
   * Asks another context with its own HTTP request as this service; in one process the request is
   * dispatched without a socket. Only for what events cannot bring in time.
   */
  ask: (
    context: ContextName,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ) => Promise<Answer>;
}>;

/** What a module gives back when it is wired. */
export type RunningModule = Readonly<{
  /** Registered under `/api/v1`. */
  routes: readonly FastifyPluginAsync[];
  /** Registered at the root: `/.well-known/…`. */
  rootRoutes?: readonly FastifyPluginAsync[];
  reactions: readonly Reaction[];
  deadlines: readonly DeadlineHandler[];
  /** Called once all modules run; for sweepers. What it answers is called at stop. */
  work?: () => () => Promise<void>;
}>;

export type ServiceModule = Readonly<{
  name: ContextName;
  /** Directories of `NNNN_name.sql`, applied in this order; the last is the context's own. */
  migrations: readonly URL[];
  start: (platform: Platform) => Promise<RunningModule>;
}>;

export type { Bus };
