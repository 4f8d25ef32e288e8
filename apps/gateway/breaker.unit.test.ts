import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { createBreaker, type BreakerState } from './breaker.ts';

describe('a breaker', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());

  const start = () => {
    const states: BreakerState[] = [];
    const asked: PromiseWithResolvers<boolean>[] = [];
    let probesFailed = 0;
    const breaker = createBreaker({
      failuresMax: 3,
      pauseMs: 1_000,
      pauseMaxMs: 4_000,
      probe: () => {
        const answer = Promise.withResolvers<boolean>();
        asked.push(answer);
        return answer.promise;
      },
      onChange: (state) => states.push(state),
      onProbeFailed: () => (probesFailed += 1),
    });
    const answer = async (isBack: boolean): Promise<void> => {
      asked.at(-1)!.resolve(isBack);
      for (let i = 0; i < 5; i++) await Promise.resolve();
    };
    return { breaker, states, asked, answer, failures: () => probesFailed };
  };
  const failTimes = (breaker: ReturnType<typeof createBreaker>, times: number): void => {
    for (let i = 0; i < times; i++) breaker.failed();
  };

  it('opens after failures in a row, and only in a row', () => {
    const { breaker, states } = start();
    failTimes(breaker, 2);
    breaker.succeeded();
    failTimes(breaker, 2);
    assert.deepEqual([breaker.state, states], ['closed', []]);
    breaker.failed();
    assert.deepEqual([breaker.state, states], ['open', ['open']]);
    assert.equal(breaker.retryAfterSeconds, 1);
  });

  it('asks once after each pause, longer each time up to the longest, and closes when it is back', async () => {
    const { breaker, asked, answer, states, failures } = start();
    failTimes(breaker, 3);
    for (const [i, pause] of [1_000, 2_000, 4_000, 4_000].entries()) {
      assert.equal(breaker.retryAfterSeconds, pause / 1000);
      mock.timers.tick(pause - 1);
      assert.equal(asked.length, i, 'not before the pause is over');
      mock.timers.tick(1);
      assert.deepEqual([asked.length, breaker.state], [i + 1, 'half-open']);
      mock.timers.tick(60_000);
      failTimes(breaker, 5);
      assert.equal(asked.length, i + 1, 'a single probe, however long it takes');
      await answer(false);
      assert.deepEqual([breaker.state, failures()], ['open', i + 1]);
    }
    mock.timers.tick(4_000);
    await answer(true);
    assert.deepEqual([breaker.state, states.at(-1)], ['closed', 'closed']);
    failTimes(breaker, 2);
    assert.equal(breaker.state, 'closed', 'it counts anew');
    breaker.failed();
    assert.equal(breaker.retryAfterSeconds, 1, 'and its pause is short again');
  });

  it('closes with a late answer, and the probe under way changes nothing then', async () => {
    const { breaker, answer } = start();
    breaker.trip();
    mock.timers.tick(1_000);
    breaker.succeeded();
    assert.equal(breaker.state, 'closed');
    await answer(false);
    assert.equal(breaker.state, 'closed');
  });

  it('asks nobody any more once it is stopped', () => {
    const { breaker, asked } = start();
    breaker.trip();
    breaker.stop();
    mock.timers.tick(60_000);
    assert.equal(asked.length, 0);
  });
});
