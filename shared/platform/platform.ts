import type { Client } from 'pg';
import type { CapturedMail } from './captured-mail.ts';
import type { Discovery } from './discovery.ts';
import type { ContextName } from './module.ts';
import type { Resources } from './run.ts';
import type { DeriveKeys } from './secret.ts';

/** What either platform gives the process that starts on it. */
export type StartedPlatform = Readonly<{
  resources: Resources;
  /** The captured mailbox; undefined when mails go to an SMTP server. */
  mailbox: CapturedMail | undefined;
  /** Where other processes answer; undefined when there are none. */
  discovery?: Discovery;
  /** What was worth saying aloud at start: a busy port, a recovery. */
  notices: readonly string[];
  /** Undefined where there is none to be there. */
  isRedisThere?: () => boolean;
  /**
   * A connection as who owns the database, to be ended by who asked; undefined where that is somebody
   * else. No service may have it.
   */
  connectAsOwner?: () => Promise<Client>;
  deriveKeysOf: (context: ContextName) => DeriveKeys;
  stop: () => Promise<void>;
}>;
