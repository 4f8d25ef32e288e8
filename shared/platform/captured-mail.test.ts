import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createCapturedMail } from './captured-mail.ts';

const mail = (id: string, more: object = {}) => ({
  id,
  to: 'ana@example.com',
  subject: 'Tu código de verificación — ábrelo antes de que venza, son solo diez minutos',
  text: 'Hola, Ana:\n\n04815162\n',
  ...more,
});

describe('the captured mailbox', () => {
  let root: string;
  let folders = 0;
  let now = Date.parse('2026-01-02T03:04:05.678Z');
  const clock = () => new Date((now += 1_000));
  const folder = () => join(root, String((folders += 1)));
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'plaza-mail-'));
  });
  after(() => rm(root, { recursive: true, force: true }));

  it('keeps each mail as a readable file, whole', async () => {
    const directory = folder();
    const box = createCapturedMail({ directory, clock });
    await box.send(mail('m1', { html: '<p>Hola, <b>Ana</b></p>' }));
    const [name, ...others] = await readdir(directory);
    assert.deepEqual(others, []);
    const file = await readFile(join(directory, name!), 'utf8');
    assert.match(file, /^Message-ID: <m1@plaza>\r\n/);
    assert.match(file, /\r\n04815162\r\n/);
    for (const line of file.split('\r\n')) assert.ok(line.length <= 998 && !line.includes('\n'));
    assert.partialDeepStrictEqual(
      await box.get('m1'),
      mail('m1', { html: '<p>Hola, <b>Ana</b></p>' }),
    );
  });

  for (const [what, more] of [
    ['a very long line', { html: `<p>${'ñandú '.repeat(500)}</p>` }],
    ['text without HTML', {}],
    ['lines that look like a boundary', { text: '--plaza-1\n--\n\n.\n', html: '--plaza' }],
    ['an empty text', { text: '' }],
    ['an address that is not ASCII', { to: 'ñandú@correo.com.co' }],
    ['emoji across encoded words', { subject: '📦'.repeat(40) }],
  ] as const) {
    it(`gives back ${what} as it was`, async () => {
      const box = createCapturedMail({ directory: folder(), clock });
      await box.send(mail('m1', more));
      const { at, ...found } = (await box.get('m1'))!;
      assert.match(at, /^2026-01-/);
      assert.deepEqual(found, mail('m1', more));
    });
  }

  it('lets no header in through a subject', async () => {
    const box = createCapturedMail({ directory: folder(), clock });
    await box.send(mail('m1', { subject: 'Hola\r\nBcc: eva@example.com' }));
    assert.equal((await box.get('m1'))?.subject, 'Hola Bcc: eva@example.com');
  });

  it('makes one file of one id, and lists the newest first, after a restart too', async () => {
    const directory = folder();
    const box = createCapturedMail({ directory, clock });
    await box.send(mail('m1'));
    await box.send(mail('m2'));
    await Promise.all([box.send(mail('m1')), box.send(mail('m1'))]);
    await writeFile(join(directory, 'notes.txt'), 'not a mail');
    const again = createCapturedMail({ directory, clock });
    assert.deepEqual(
      (await again.list(10)).map(({ id }) => id),
      ['m2', 'm1'],
    );
    assert.deepEqual((await again.list(1)).length, 1);
    assert.deepEqual(await again.list(0), []);
    assert.equal(await again.get('m3'), undefined);
  });

  it('keeps only the newest', async () => {
    const directory = folder();
    const box = createCapturedMail({ directory, clock, keepMax: 3 });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await box.send(mail(id));
    assert.equal((await readdir(directory)).length, 3);
    assert.deepEqual(
      (await box.list(10)).map(({ id }) => id),
      ['e', 'd', 'c'],
    );
  });

  it('forgets an address, on the disk too, and nobody else', async () => {
    const directory = folder();
    const box = createCapturedMail({ directory, clock });
    await box.send(mail('m1'));
    await box.send(mail('m2', { to: 'otra@example.com' }));
    await box.send(mail('m3'));
    // Another process that opens the folder later.
    const later = createCapturedMail({ directory, clock });
    await later.forget!('ana@example.com');
    assert.deepEqual(
      (await later.list(10)).map(({ id }) => id),
      ['m2'],
    );
    assert.equal((await readdir(directory)).length, 1);
    assert.equal(await box.get('m1'), undefined);
    await later.forget!('ana@example.com');
    await later.send(mail('m4'));
    assert.equal((await later.list(10)).length, 2);
  });

  it('refuses an id that would leave the folder', async () => {
    const box = createCapturedMail({ directory: folder(), clock });
    for (const id of ['../x', 'a/b', '', '.x', 'a\0'])
      await assert.rejects(box.send(mail(id)), /cannot name a mail/);
  });
});
