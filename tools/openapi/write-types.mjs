// Writes apps/web/client/api/schema.d.ts from tests/golden/openapi.json, the document that our own
// routes make; with --check says whether the file is what it would write.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const root = resolve(import.meta.dirname, '../..');
const target = resolve(root, 'apps/web/client/api/schema.d.ts');
const document = JSON.parse(readFileSync(resolve(root, 'tests/golden/openapi.json'), 'utf8'));

/** Texts of the document that nobody reads in an editor; they are two thirds of the file. */
const strip = (value, isNames = false) => {
  if (Array.isArray(value)) return value.map((item) => strip(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // Below `properties` the keys are names of ours, and may be any word.
      .filter(([key]) => isNames || !['examples', 'example', 'pattern'].includes(key))
      .filter(([key, item]) => !(key === 'description' && item === 'UUID in lower case'))
      .map(([key, item]) => [key, strip(item, key === 'properties' && !isNames)]),
  );
};

/** Every operation answers the same problem details: said once, since it is half of the file. */
const shareProblem = (whole) => {
  let problem;
  for (const operations of Object.values(whole.paths))
    for (const { responses = {} } of Object.values(operations))
      for (const [status, answer] of Object.entries(responses)) {
        const media = answer.content?.['application/problem+json'];
        if (!media && status !== '4XX') continue;
        problem ??= media?.schema;
        responses[status] = { $ref: '#/components/responses/Problem' };
      }
  whole.components = {
    ...whole.components,
    schemas: { ...whole.components?.schemas, Problem: problem },
    responses: {
      Problem: {
        description: 'A problem',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  };
  return whole;
};

const heading =
  '// Made by tools/openapi/write-types.mjs from tests/golden/openapi.json; change that instead.\n\n';
const text =
  heading +
  astToString(await openapiTS(shareProblem(strip(document)), { defaultNonNullable: false }));
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('apps/web/client/api/schema.d.ts is old: run node tools/openapi/write-types.mjs');
  process.exit(1);
}
