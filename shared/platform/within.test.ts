import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { within } from './within.ts';

describe('work with a deadline', () => {
  it('is what it is when it is done in time', async () => {
    assert.equal(await within(10_000, Promise.resolve('done')), 'done');
    await assert.rejects(within(10_000, Promise.reject(new Error('broken'))), /broken/);
  });

  it('is given up afterwards', async () => {
    await assert.rejects(within(20, new Promise(() => {})), /not done within 20 ms/);
  });
});
