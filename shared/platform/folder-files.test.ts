import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createFolderFiles } from './folder-files.ts';

describe('files in a folder', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'plaza-files-'));
    await writeFile(join(root, 'outside.txt'), 'outside');
  });
  after(() => rm(root, { recursive: true, force: true }));

  it('are stored, replaced, read and deleted', async () => {
    const files = createFolderFiles(join(root, 'a'));
    await files.put('products/0199/large.webp', Buffer.from([1, 2, 3]));
    await files.put('products/0199/large.webp', Buffer.from([4]));
    assert.deepEqual(await files.get('products/0199/large.webp'), Buffer.from([4]));
    assert.deepEqual(await readdir(join(root, 'a/products/0199')), ['large.webp']);
    await files.delete('products/0199/large.webp');
    await files.delete('products/0199/large.webp');
    assert.equal(await files.get('products/0199/large.webp'), undefined);
    assert.equal(await files.get('products'), undefined);
    assert.equal(await files.get('nothing'), undefined);
  });

  it('are never seen half written, however many writers there are', async () => {
    const files = createFolderFiles(join(root, 'b'));
    const versions = Array.from({ length: 8 }, (_, i) => Buffer.alloc(200_000, i));
    await files.put('x', versions[0]!);
    const seen: Buffer[] = [];
    let isWriting = true;
    const reader = (async () => {
      while (isWriting) seen.push((await files.get('x'))!);
    })();
    await Promise.all(versions.map((bytes) => files.put('x', bytes)));
    isWriting = false;
    await reader;
    assert.ok(seen.length > 0);
    for (const bytes of seen) assert.ok(versions[bytes[0]!]!.equals(bytes));
    assert.deepEqual(await readdir(join(root, 'b')), ['x']);
  });

  for (const name of [
    '../outside.txt',
    'a/../../outside.txt',
    '/etc/passwd',
    '..',
    '.',
    '',
    'a//b',
    'a/',
    '.hidden',
    'a/.part',
    'a\\..\\b',
    'a\0b',
    'C:x',
    'ñ',
    'a'.repeat(201),
  ]) {
    it(`refuse the name ${JSON.stringify(name.slice(0, 30))}`, async () => {
      const files = createFolderFiles(join(root, 'c'));
      await assert.rejects(files.put(name, Buffer.from('x')), /is not a file name/);
      await assert.rejects(files.get(name), /is not a file name/);
      await assert.rejects(files.delete(name), /is not a file name/);
      assert.equal(await readFile(join(root, 'outside.txt'), 'utf8'), 'outside');
    });
  }
});
