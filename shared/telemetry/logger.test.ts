import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createLogger, type Logger } from './logger.ts';

/** What `work` logs, as a collector gets it: `count` lines, or what is there after a while. */
const linesOf = async (count: number, work: (log: Logger) => void): Promise<readonly string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-logger-'));
  try {
    const path = join(folder, 'plaza.log');
    work(createLogger({ level: 'info', destination: path }));
    const read = () => readFile(path, 'utf8').catch(() => '');
    let text = await read();
    for (const end = performance.now() + 5_000; text.split('\n').length <= count;) {
      if (performance.now() > end) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
      text = await read();
    }
    return text.trimEnd().split('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
};

describe('the log', () => {
  it('is one line of JSON a record, whatever is in it', async () => {
    const forged = 'x\n{"level":"error","msg":"forged"}\r\n\u2028\u001b[31m"';
    const lines = await linesOf(2, (log) => {
      log.info({ user_agent: forged }, forged);
      log.warn({ err: new Error(forged) }, 'failed');
    });
    assert.equal(lines.length, 2);
    const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      [first!['msg'], first!['user_agent'], first!['level']],
      [forged, forged, 'info'],
    );
    assert.deepEqual([second!['msg'], second!['level']], ['failed', 'warn']);
  });

  it('says when in UTC', async () => {
    const before = Date.now();
    const [line] = await linesOf(1, (log) => log.info('x'));
    const { time } = JSON.parse(line!) as { time: string };
    assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(Date.parse(time) >= before && Date.parse(time) <= Date.now());
  });

  it('leaves out what is secret by its name, as deep as our records are', async () => {
    const names = ['password', 'token', 'code', 'secret', 'authorization', 'cookie', 'card'];
    const secrets = Object.fromEntries(names.map((name) => [name, 'nobody-may-read-this']));
    const lines = await linesOf(3, (log) => {
      log.info({ ...secrets, route: '/auth/login' }, 'flat');
      log.info({ body: secrets }, 'deeper');
      log.info({ req: { headers: secrets } }, 'deepest');
    });
    assert.equal(lines.length, 3);
    for (const line of lines) {
      assert.ok(!line.includes('nobody-may-read-this'), line);
      assert.equal(line.split('[redacted]').length - 1, names.length, line);
    }
    assert.ok(lines[0]!.includes('/auth/login'));
  });
});
