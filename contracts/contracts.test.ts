import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import addFormats from 'ajv-formats';
import Ajv from 'ajv';

const files = globSync('contracts/*/*.v1.ts').toSorted();

describe('contracts', async () => {
  it('are all here', () => {
    assert.ok(files.length >= 19, `only ${files.length} contracts found`);
  });

  for (const file of files) {
    const module = (await import(`../${file}`)) as Record<string, { $id?: string }>;
    const [contract] = Object.values(module);

    it(`${file} is named as its type, and its golden example fits`, () => {
      const [, owner, name, version] = /^contracts\/([\w-]+)\/([\w-]+)\.(v\d+)\.ts$/.exec(file)!;
      assert.equal(contract?.$id, `${owner}.${name}.${version}`);
      const golden: unknown = JSON.parse(
        readFileSync(file.replace(/\.ts$/, '.golden.json'), 'utf8'),
      );
      const ajv = addFormats.default(new Ajv.default({ allErrors: true, strict: false }));
      const isValid = ajv.validate(contract as object, golden);
      assert.ok(isValid, JSON.stringify(ajv.errors));
      // Every member of the contract is shown, so that a new one is not forgotten in the example.
      const { properties } = contract as { properties: object };
      assert.deepEqual(
        Object.keys(golden as object).toSorted(),
        Object.keys(properties).toSorted(),
      );
    });
  }
});
