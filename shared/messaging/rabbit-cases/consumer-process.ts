/** A consumer that a test kills while its first effect is not committed. */
import pg from 'pg';
import { createLogger } from '../../telemetry/logger.ts';
import { createRabbitBus } from '../rabbit-bus.ts';
import { effectSql } from './outbox-rig.ts';

type Given = Readonly<{
  url: string;
  context: string;
  type: string;
  connection: pg.ClientConfig;
}>;

const { url, context, type, connection } = JSON.parse(process.argv[2]!) as Given;
const log = createLogger({ level: 'silent' });
const client = new pg.Client({ ...connection, options: '-c search_path=analytics' });
await client.connect();
const consumer = `${context}.count`;
const bus = createRabbitBus({ url, log, subscriptions: { [consumer]: type }, concurrency: 1 });
bus.subscribe({
  consumer,
  type,
  handle: async (message) => {
    await client.query('begin');
    await client.query(effectSql, [
      context,
      message.id,
      message.subject,
      message.aggregate_version,
    ]);
    process.send!('in the middle');
    await new Promise(() => {});
  },
  bury: async () => {},
});
await bus.ready();
process.send!('consuming');
// Without its test it has nothing to wait for.
process.once('disconnect', () => process.exit(1));
