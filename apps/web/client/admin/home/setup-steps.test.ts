import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setupSteps, type SetupFacts } from './setup-steps.ts';

const fresh: SetupFacts = {
  factors: 0,
  payments: [{ is_test: true }],
  areMailsCaptured: true,
  shippingMethods: 0,
  taxRates: 0,
  ownProducts: 0,
};
const doneIn = (facts: SetupFacts): readonly string[] =>
  setupSteps(facts)
    .filter(({ isDone }) => isDone)
    .map(({ key }) => key);

describe('what a new operator still has to do', () => {
  it('is all of it, where nothing was done', () => {
    assert.equal(setupSteps(fresh).length, 6);
    assert.deepEqual(doneIn(fresh), []);
  });

  for (const [key, change] of [
    ['factor', { factors: 1 }],
    ['product', { ownProducts: 2 }],
    ['shipping', { shippingMethods: 1 }],
    ['taxes', { taxRates: 1 }],
    ['payments', { payments: [{ is_test: true }, { is_test: false }] }],
    ['mail', { areMailsCaptured: false }],
  ] as const)
    it(`knows when ${key} is done, and nothing else`, () => {
      assert.deepEqual(doneIn({ ...fresh, ...change }), [key]);
    });

  it('says nothing of what nobody could tell', () => {
    const keys = setupSteps({ ...fresh, payments: undefined, factors: undefined }).map(
      ({ key }) => key,
    );
    assert.deepEqual(keys, ['product', 'shipping', 'taxes', 'mail']);
  });
});
