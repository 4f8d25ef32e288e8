import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';

it('the types of the API that pages use are those of its document', () => {
  const run = spawnSync(process.execPath, ['tools/openapi/write-types.mjs', '--check'], {
    encoding: 'utf8',
  });
  assert.equal(run.status, 0, run.stderr);
});
