import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

/** Whose tests leave something that can be wrong in silence: money, stock, streams of events. */
const pattern = 'services/{payments,catalog,orders}/*.int.test.ts';

/** Each suite of a file asks after each of its tests, or the file does for all of them. */
export const asks = (text: string): boolean => {
  const suites = text.match(/^describe\(/gm)?.length ?? 0;
  const asked = text.match(/^ +soundAfterEach\(/gm)?.length ?? 0;
  return /^soundAfterEach\(/m.test(text) || asked >= Math.max(1, suites);
};

describe('the oracles', () => {
  it('are asked after every integration test of payments, catalog and orders', () => {
    const files = globSync(pattern);
    assert.ok(files.length >= 35, `only ${files.length} files found`);
    const silent = files.filter((path) => !asks(readFileSync(path, 'utf8')));
    assert.deepEqual(silent, []);
  });

  const ask = 'soundAfterEach(() => findFaults(pool()));\n';
  for (const [what, text] of [
    ['asks nothing', `describe('x', () => {});\n`],
    ['only imports it', `import { soundAfterEach } from 'x';\ndescribe('x', () => {});\n`],
    ['asks in one of two suites', `describe('x', () => {\n  ${ask}});\ndescribe('y', () => {});\n`],
    ['asks in a comment', `// ${ask}describe('x', () => {});\n`],
  ] as const)
    it(`are missed by a file that ${what}`, () => assert.ok(!asks(text)));

  it('may be asked for a whole file at once', () => {
    assert.ok(asks(`${ask}describe('x', () => {});\ndescribe('y', () => {});\n`));
  });
});
