import { after, before, describe } from 'node:test';
import { openTestRabbit, rabbitSkip, type TestRabbit } from '../testing/test-rabbit.ts';
import { deadLetters } from './rabbit-cases/dead-letters.ts';
import { delivery } from './rabbit-cases/delivery.ts';
import { faults } from './rabbit-cases/faults.ts';
import { outbox } from './rabbit-cases/outbox.ts';
import { startOutboxDatabase, type OutboxDatabase } from './rabbit-cases/outbox-rig.ts';
import { poison } from './rabbit-cases/poison.ts';

// One file, since some cases restart the broker under all others.
describe('the bus over RabbitMQ', { skip: rabbitSkip }, () => {
  let rabbit: TestRabbit;
  let database: OutboxDatabase;
  before(async () => {
    rabbit = await openTestRabbit();
    database = await startOutboxDatabase();
  });
  after(async () => {
    await rabbit?.close();
    await database?.close();
  });
  const open = (): TestRabbit => rabbit;
  const withTables = (): OutboxDatabase => database;

  describe('delivers', () => delivery(open));
  describe('buries', () => deadLetters(open));
  describe('behind an outbox, under poison', () => poison(open, withTables));
  describe('behind an outbox, under faults', () => outbox(open, withTables));
  describe('outlives faults of the broker', () => faults(open));
});
