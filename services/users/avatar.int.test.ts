import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { secretMark, uploadCorpus, type Upload } from '#shared/testing/upload-corpus.ts';
import { assertProblem, fileForm, startUsers, type User, type UsersPlaza } from './steps.test.ts';

type Avatar = Readonly<{ small: string; medium: string; large: string }>;

let plaza: UsersPlaza;
let corpus: readonly Upload[];
before(async () => {
  [plaza, corpus] = await Promise.all([startUsers(), uploadCorpus()]);
});
after(() => plaza.stop());
const ask: UsersPlaza['ask'] = (...request) => plaza.ask(...request);
const pictureOf = (what: string): Buffer => corpus.find((one) => one.what === what)!.bytes;
const upload = (user: User, bytes: Buffer, named?: Parameters<typeof fileForm>[1]) =>
  ask('POST', '/users/me/avatar', { as: user.as, ...fileForm(bytes, named) });
const avatarOf = async (user: User): Promise<Avatar | null> =>
  (await ask('GET', '/users/me', { as: user.as })).json<{ avatar: Avatar | null }>().avatar;

describe('an avatar', () => {
  let ana: User;
  before(async () => {
    ana = await plaza.newUser();
  });

  it('is refused or made harmless, whatever is uploaded', async () => {
    const codes = {
      unreadable: 'users.avatar_unreadable',
      too_many_pixels: 'users.avatar_too_many_pixels',
    };
    assert.ok(corpus.length >= 15);
    for (const { what, bytes, name, type, end } of corpus) {
      plaza.files.clear();
      const reply = await upload(ana, bytes, { name, type });
      if (end !== 'kept') {
        assertProblem(reply, 422, codes[end]);
        assert.equal(plaza.files.size, 0, what);
        continue;
      }
      assert.equal(reply.statusCode, 200, `${what}: ${reply.body}`);
      assert.equal(plaza.files.size, 3, what);
      for (const [stored, file] of plaza.files) {
        assert.match(stored, /^avatar-[0-9a-f-]{36}-(64|128|512)\.webp$/, what);
        assert.ok(!file.includes(secretMark), what);
        const { format, width, height, exif, xmp, icc } = await sharp(file).metadata();
        assert.deepEqual(
          [format, width === height, exif, xmp, icc],
          ['webp', true, undefined, undefined, undefined],
        );
      }
    }
  });

  it('is served in three sizes for ever, and goes when another comes', async () => {
    plaza.files.clear();
    await upload(ana, pictureOf('a photograph that says where it was taken'));
    const first = (await avatarOf(ana))!;
    for (const [url, size] of [
      [first.small, 64],
      [first.medium, 128],
      [first.large, 512],
    ] as const) {
      const served = await plaza.app.inject({ url });
      assert.equal(served.headers['content-type'], 'image/webp');
      assert.match(String(served.headers['cache-control']), /public.*immutable/);
      assert.equal((await sharp(served.rawPayload).metadata()).width, size);
    }
    await upload(ana, pictureOf('a picture'));
    assert.notDeepEqual(await avatarOf(ana), first);
    assert.equal(plaza.files.size, 3);
    assertProblem(await plaza.app.inject({ url: first.large }), 404, 'users.avatar_not_found');
    assert.equal((await ask('DELETE', '/users/me/avatar', { as: ana.as })).statusCode, 204);
    assert.equal(await avatarOf(ana), null);
    assert.equal(plaza.files.size, 0);
    assert.equal((await ask('DELETE', '/users/me/avatar', { as: ana.as })).statusCode, 204);
  });

  it('is one file of at most 5 MiB in a form', async () => {
    assertProblem(await upload(ana, Buffer.alloc(5 * 1024 * 1024 + 1, 1)), 413, 'http.too_large');
    const misnamed = await upload(ana, pictureOf('a picture'), { field: 'picture' });
    assertProblem(misnamed, 422, 'users.avatar_missing');
    const noForm = await ask('POST', '/users/me/avatar', { as: ana.as, payload: { a: 1 } });
    assertProblem(noForm, 422, 'users.avatar_missing');
    assert.equal((await ask('GET', '/users/avatars/..%2f..%2fsecret')).statusCode, 422);
    assertProblem(await ask('POST', '/users/me/avatar'), 401, 'auth.required');
  });

  it('leaves no file behind when its upload died, or raced another', async () => {
    plaza.files.clear();
    const bytes = pictureOf('a picture');
    // Dies between its files and its row.
    const id = '0199f3a2-7b1c-7d7e-8a55-0242ac120017';
    plaza.files.set(`avatar-${id}-64.webp`, bytes);
    await plaza
      .pool('users')
      .query(
        `insert into deadlines (kind, key, due_at) values ('discard-avatar', $1, now() + interval '10 minutes')`,
        [id],
      );
    const other = await plaza.newUser();
    const replies = await Promise.all([
      upload(other, bytes),
      upload(other, bytes),
      upload(ana, bytes),
    ]);
    const refused = replies.filter(({ statusCode }) => statusCode === 503);
    assert.equal(refused.length, 1, 'one account has one upload at a time');
    await plaza.advance(11 * 60_000);
    assert.equal(plaza.files.size, 6);
    const mine = Object.values((await avatarOf(ana))!);
    for (const url of mine) assert.equal((await plaza.app.inject({ url })).statusCode, 200);
  });
});
