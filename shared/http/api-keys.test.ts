import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createKeyVerifier,
  hashOfApiKey,
  newApiKey,
  rememberedMs,
  type KeyAnswer,
} from './api-keys.ts';

const account = '0190aaaa-0000-7000-8000-000000000001';
const ip = '203.0.113.7';

const start = (answer: (hash: string) => KeyAnswer | Promise<KeyAnswer>) => {
  let now = 1_800_000_000_000;
  const asked: string[] = [];
  const verifier = createKeyVerifier(
    async (context, method, path, body) => {
      assert.deepEqual([context, method, path], ['identity', 'POST', '/auth/api-keys/check']);
      const { key_hash: hash } = body as { key_hash: string };
      asked.push(hash);
      return { status: 200, body: await answer(hash) };
    },
    () => now,
  );
  return { verifier, asked, wait: (ms: number) => void (now += ms), now: () => now };
};

const good = (more: Partial<Extract<KeyAnswer, { active: true }>> = {}): KeyAnswer => ({
  active: true,
  id: '0190aaaa-0000-7000-8000-000000000002',
  account_id: account,
  roles: ['seller'],
  email_verified: true,
  epoch: 3,
  scopes: ['stock:write'],
  expires_at: 1_900_000_000,
  ...more,
});

describe('an API key', () => {
  it('is 256 random bits with a prefix and a checksum, and never the same', () => {
    const keys = Array.from({ length: 1_000 }, newApiKey);
    assert.equal(new Set(keys.map(({ key }) => key)).size, 1_000);
    for (const { key, prefix, hash } of keys) {
      assert.match(key, /^plaza_[a-z0-9]{8}_[0-9a-f]{72}$/);
      assert.ok(key.startsWith(`${prefix}_`));
      assert.equal(hash, hashOfApiKey(key));
    }
  });

  it('is asked about by its hash, once a minute, however many requests it makes', async () => {
    const { verifier, asked, wait, now } = start(() => good());
    const { key, hash } = newApiKey();
    const many = await Promise.all(Array.from({ length: 20 }, () => verifier.verify(key, ip)));
    assert.deepEqual(asked, [hash]);
    assert.ok(!JSON.stringify(asked).includes(key.slice(-20)));
    assert.deepEqual(many[19], {
      id: account,
      roles: ['seller'],
      isEmailVerified: true,
      sessionId: '0190aaaa-0000-7000-8000-000000000002',
      epoch: 3,
      scopes: ['stock:write'],
      expiresAt: (now() + rememberedMs) / 1000,
    });
    assert.equal(many[0]!.authenticatedAt, undefined);
    wait(rememberedMs - 1);
    await verifier.verify(key, ip);
    assert.equal(asked.length, 1);
    wait(1);
    await verifier.verify(key, ip);
    assert.equal(asked.length, 2);
  });

  it('stops within a minute of its end', async () => {
    let answer = good();
    const { verifier, wait } = start(() => answer);
    const { key } = newApiKey();
    await verifier.verify(key, ip);
    answer = { active: false };
    wait(rememberedMs);
    await assert.rejects(verifier.verify(key, ip), { code: 'auth.invalid_token' });
  });

  it('ends when it says, also when it was just seen', async () => {
    const { verifier, asked, wait } = start(() => good({ expires_at: 1_800_000_010 }));
    const { key } = newApiKey();
    await verifier.verify(key, ip);
    wait(10_000);
    await verifier.verify(key, ip);
    assert.equal(asked.length, 2);
  });

  it('costs nobody a question when its form is wrong', async () => {
    const { verifier, asked } = start(() => good());
    const { key } = newApiKey();
    const last = key.endsWith('0') ? '1' : '0';
    for (const wrong of [
      `${key.slice(0, -1)}${last}`,
      key.slice(0, -1),
      `${key}0`,
      key.toUpperCase(),
      key.replace('plaza_', 'plaza_0'),
      'plaza_',
    ])
      await assert.rejects(verifier.verify(wrong, ip), { code: 'auth.invalid_token' });
    assert.deepEqual(asked, []);
  });

  it('that nobody has is remembered, and many of them stop the client who shows them', async () => {
    const { verifier, asked } = start(() => ({ active: false }));
    const { key } = newApiKey();
    for (let i = 0; i < 5; i++)
      await assert.rejects(verifier.verify(key, ip), { code: 'auth.invalid_token' });
    assert.equal(asked.length, 1);
    for (let i = 1; i < 20; i++)
      await assert.rejects(verifier.verify(newApiKey().key, ip), { code: 'auth.invalid_token' });
    await assert.rejects(verifier.verify(newApiKey().key, ip), { code: 'http.too_many_requests' });
    assert.equal(asked.length, 20);
    // Another client is not stopped by it.
    await assert.rejects(verifier.verify(newApiKey().key, '203.0.113.8'), {
      code: 'auth.invalid_token',
    });
  });

  it('cannot flood identity by coming all at once', async () => {
    const release = Promise.withResolvers<KeyAnswer>();
    const { verifier, asked } = start(() => release.promise);
    const all = Array.from({ length: 300 }, () => verifier.verify(newApiKey().key, ip));
    const settled = Promise.allSettled(all);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(asked.length <= 100, `${asked.length} questions at once`);
    release.resolve({ active: false });
    await settled;
  });

  it('that cannot be checked is not refused for good', async () => {
    const verifier = createKeyVerifier(async () => ({ status: 503, body: null }));
    await assert.rejects(verifier.verify(newApiKey().key, ip), { code: 'http.unavailable' });
  });
});
