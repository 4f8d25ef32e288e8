import { after, before, describe } from 'node:test';
import { openTestRabbit, rabbitSkip, type TestRabbit } from '../testing/test-rabbit.ts';
import { deadLetters } from './rabbit-cases/dead-letters.ts';
import { delivery } from './rabbit-cases/delivery.ts';
import { faults } from './rabbit-cases/faults.ts';

// One file, since some cases restart the broker under all others.
describe('the bus over RabbitMQ', { skip: rabbitSkip }, () => {
  let rabbit: TestRabbit;
  before(async () => {
    rabbit = await openTestRabbit();
  });
  after(() => rabbit?.close());
  const open = (): TestRabbit => rabbit;

  describe('delivers', () => delivery(open));
  describe('buries', () => deadLetters(open));
  describe('outlives faults of the broker', () => faults(open));
});
