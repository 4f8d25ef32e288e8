import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import type { Cli } from './cli.ts';
import { createLogFollower } from './commands/logs-tail.ts';
import { completionScript, shells } from './completion.ts';
import { catalogues } from './language.ts';
import { createProgram, runProgram } from './program.ts';

const createCli = () => {
  const said: string[] = [];
  const cli: Cli = {
    text: catalogues.en,
    language: 'en',
    version: '1.2.3',
    print: (line = '') => void said.push(line),
    say: (line = '') => void said.push(line),
    isInteractive: { out: false, error: false, input: false },
    readConfig: () => {
      throw new Error('nothing runs here');
    },
  };
  return { cli, said };
};

describe('completion', () => {
  const program = createProgram(createCli().cli, () => {});

  it('is known to every shell by each name of each command', () => {
    for (const shell of shells) {
      const script = completionScript(program, shell);
      for (const word of ['sembrar', 'limpiar', '--yes', 'events', 'dead-letters', 'tienda'])
        assert.ok(script.includes(word), `${shell}: ${word}`);
      assert.ok(!script.includes('undefined'), shell);
    }
  });

  it('completes in a shell what may stand there', () => {
    const complete = (...words: readonly string[]): readonly string[] => {
      const { stdout, stderr } = spawnSync(
        'bash',
        [
          '-c',
          'eval "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _plaza; echo "${COMPREPLY[*]}"',
        ].concat(completionScript(program, 'bash'), words),
        { encoding: 'utf8' },
      );
      assert.equal(stderr, '');
      return stdout.trim().split(' ');
    };
    assert.deepEqual(complete('plaza', 'see'), ['seed']);
    assert.deepEqual(complete('plaza', 'sembrar', 'l'), ['limpiar']);
    assert.deepEqual(complete('plaza', 'seed', 'clear', '--y'), ['--yes']);
    assert.deepEqual(complete('plaza', 'abrir', 't'), ['tienda']);
    assert.deepEqual(complete('plaza', 'eventos', 's'), ['seguir']);
  });

  it('takes no shell that it does not know', async () => {
    assert.equal(await runProgram(createCli().cli, ['completion', 'cmd']), 2);
    assert.equal(await runProgram(createCli().cli, ['completion']), 2);
  });
});

describe('requests of the operator', () => {
  it('go to this installation and nowhere else', async () => {
    for (const path of ['https://example.com/', 'example.com', '@example.com/'])
      assert.equal(await runProgram(createCli().cli, ['get', path]), 2, path);
  });
});

describe('records that are followed', () => {
  const record = (message: string) => ({
    time: '2026-01-02T03:04:05.000Z',
    level: 'info',
    service: 'catalog',
    message,
  });

  it('come once each, the oldest first, also when two read the same', () => {
    const next = createLogFollower();
    const said = (...newestFirst: string[]) =>
      next(newestFirst.map(record)).map(({ message }) => message);
    assert.deepEqual(said('b', 'a'), ['a', 'b']);
    assert.deepEqual(said('b', 'a'), []);
    assert.deepEqual(said('b', 'b', 'a'), ['b']);
    assert.deepEqual(said('c', 'b', 'b'), ['c']);
  });
});
