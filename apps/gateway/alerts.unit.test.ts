import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAlerts, troublesOf, troublesOfMemory } from './alerts.ts';

const figures = (count: number, failed: number, p95: number | null) => ({
  count,
  failed,
  p50: p95,
  p95,
  p99: p95,
});
const kindsOf = (...given: Parameters<typeof troublesOf>) =>
  troublesOf(...given).map(({ kind }) => kind);

describe('alerts', () => {
  it('begin above a second, above one error in twenty, and when nobody answers', () => {
    assert.deepEqual(kindsOf('orders', true, figures(100, 5, 1_000)), []);
    assert.deepEqual(kindsOf('orders', true, figures(100, 6, 1_000)), ['errors']);
    assert.deepEqual(kindsOf('orders', true, figures(100, 0, 1_001)), ['latency']);
    assert.deepEqual(kindsOf('orders', false, figures(0, 0, null)), ['down']);
  });
  it('do not begin with one slow request of few', () => {
    assert.deepEqual(kindsOf('orders', true, figures(9, 9, 5_000)), []);
  });
  it('begin above nine tenths of memory', () => {
    assert.deepEqual(troublesOfMemory('all', 0.9), []);
    assert.equal(troublesOfMemory('all', 0.91)[0]?.kind, 'memory');
  });
  it('remember since when, and are told once at each end', () => {
    let now = 0;
    const told: string[] = [];
    const log = {
      warn: (_: object, text: string) => void told.push(text),
      info: (_: object, text: string) => void told.push(text),
    };
    const alerts = createAlerts(() => now, log as never);
    const trouble = troublesOfMemory('all', 0.95);
    alerts.set('here', trouble);
    now = 60_000;
    alerts.set('here', trouble);
    alerts.set('elsewhere', []);
    assert.equal(alerts.list()[0]?.since, '1970-01-01T00:00:00.000Z');
    alerts.set('here', []);
    assert.deepEqual(alerts.list(), []);
    assert.deepEqual(told, ['an alert begins', 'an alert is over']);
  });
});
