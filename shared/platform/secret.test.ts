import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  deriveKey,
  deriveKeysFrom,
  forgetFormerSecrets,
  noteAllSealed,
  readOrCreateSecrets,
  rotateSecret,
} from './secret.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'plaza-secret-'));

describe('the secret of a folder', () => {
  it('is made once, for its owner only', async () => {
    const folder = newFolder();
    const [secret, ...former] = await readOrCreateSecrets(folder);
    assert.equal(secret.length, 32);
    assert.deepEqual(former, []);
    assert.deepEqual(await readOrCreateSecrets(folder), [secret]);
    assert.equal(statSync(join(folder, 'secret')).mode & 0o777, 0o600);
  });

  it('can be replaced, with those before behind it', async () => {
    const folder = newFolder();
    const [first] = await readOrCreateSecrets(folder);
    await rotateSecret(folder);
    const [second, ...former] = await readOrCreateSecrets(folder);
    assert.notDeepEqual(second, first);
    assert.deepEqual(former, [first]);
    await rotateSecret(folder);
    assert.deepEqual((await readOrCreateSecrets(folder)).slice(1), [second, first]);
    assert.equal(statSync(join(folder, 'secret')).mode & 0o777, 0o600);
  });

  it('is whole after a crash in the middle of replacing it', async () => {
    const folder = newFolder();
    const [first] = await readOrCreateSecrets(folder);
    // As far as a write got whose file had not taken the place of the other yet.
    writeFileSync(join(folder, 'secret.next'), 'half a sec');
    assert.deepEqual(await readOrCreateSecrets(folder), [first]);
    await rotateSecret(folder);
    assert.deepEqual((await readOrCreateSecrets(folder)).slice(1), [first]);
  });

  it('is not left alone before everything is sealed with it', async () => {
    const folder = newFolder();
    await readOrCreateSecrets(folder);
    assert.equal(await forgetFormerSecrets(folder), 'none');
    await rotateSecret(folder);
    assert.equal(await forgetFormerSecrets(folder), 'not_sealed');
    const second = await readOrCreateSecrets(folder);
    await noteAllSealed(folder, second);
    // That was said of another one.
    await rotateSecret(folder);
    assert.equal(await forgetFormerSecrets(folder), 'not_sealed');
    assert.equal((await readOrCreateSecrets(folder)).length, 3);
    const third = await readOrCreateSecrets(folder);
    await noteAllSealed(folder, third);
    assert.equal(await forgetFormerSecrets(folder), 'forgotten');
    assert.deepEqual(await readOrCreateSecrets(folder), [third[0]]);
    const note = readFileSync(join(folder, 'secret.sealed'), 'utf8');
    assert.ok(
      !note.includes(third[0].toString('base64url')) && !note.includes(third[0].toString('hex')),
    );
  });

  it('is refused when a line of it is cut off', async () => {
    const folder = newFolder();
    await readOrCreateSecrets(folder);
    await rotateSecret(folder);
    const path = join(folder, 'secret');
    writeFileSync(path, readFileSync(path, 'utf8').trim().slice(0, -10));
    await assert.rejects(readOrCreateSecrets(folder), /not a whole secret/);
    await assert.rejects(rotateSecret(folder), /not a whole secret/);
  });
});

describe('keys', () => {
  it('are derived from every secret, the newest first, for one context and purpose', () => {
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const keys = deriveKeysFrom([b, a], 'identity')('totp-secrets');
    const name = 'identity:totp-secrets';
    assert.deepEqual(keys, [deriveKey(b, name), deriveKey(a, name)]);
    const others = [
      deriveKeysFrom([b], 'orders')('totp-secrets'),
      deriveKeysFrom([b])('totp-secrets'),
    ];
    for (const [other] of others) assert.notDeepEqual(other, keys[0]);
  });
});
