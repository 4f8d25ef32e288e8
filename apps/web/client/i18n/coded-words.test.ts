import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

type Source = Readonly<{ files: string; patterns: readonly RegExp[] }>;
type Coded = Readonly<{
  what: string;
  area: string;
  prefix: string;
  sources: readonly Source[];
  /** So many there are at least; fewer means that the code is read wrongly. */
  least: number;
}>;

/** What is between two marks of a file. */
const sectionsOf = (text: string, from: RegExp, to: string): string =>
  text
    .split(from)
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf(to)))
    .join('\n');

/** The codes that the files of a source write. */
const codesIn = ({ files, patterns }: Source): readonly string[] =>
  globSync(files)
    .filter((path) => !path.endsWith('.test.ts'))
    .flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      return patterns.flatMap((pattern) =>
        [...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter(Boolean)),
      );
    });

const words = (area: string, language: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(`apps/web/client/${area}/messages/${language}.json`, 'utf8')) as Readonly<
    Record<string, string>
  >;

const payments = 'services/payments/{domain,application,infrastructure}/**/*.{ts,sql}';
const imports = 'services/catalog/{domain,application}/**/{import-*,product,new-variant}.ts';

const all: readonly Coded[] = [
  {
    what: 'alerts of payments',
    area: 'admin-goods',
    prefix: 'alert.kind.',
    least: 9,
    sources: [
      {
        files: payments,
        patterns: [
          /raise\('(\w+)'/g,
          /alertOf\(refund, '(\w+)'/g,
          /raise_alerts\(jsonb_build_array\(jsonb_build_object\([^;]*?'kind', '(\w+)'/g,
          /insert into payment_alerts [^;]*?values \(\$1, \$2, '(\w+)'/g,
          /kind: '(charge_of_nothing_known)'/g,
        ],
      },
      { files: 'services/payments/*.ts', patterns: [/raise\(\[\{ kind: '(\w+)'/g] },
    ],
  },
  {
    what: 'faults of an import',
    area: 'admin-goods',
    prefix: 'imports.code.',
    least: 16,
    sources: [
      {
        files: imports,
        patterns: [
          /refuse\([^;]*?, '(\w+)', (?:\w+\)|[`'][^'`]* )/g,
          /refuse\('(\w+)', '/g,
          /fault\([^,]+, '(\w+)'/g,
          /code: '(\w+)'/g,
          /catalogError\('(\w+)'/g,
          /^ {2}\| '(\w+)'/gm,
        ],
      },
    ],
  },
  {
    what: 'entries of the audit log',
    area: 'admin',
    prefix: 'audit.',
    least: 30,
    sources: [
      {
        files: 'services/identity/{domain,infrastructure,application}/*.ts',
        patterns: [
          /type: '([A-Z][a-z]+[A-Z]\w+)'/g,
          /type: \w+ \? '([A-Z]\w+)' : '([A-Z]\w+)'/g,
          /const type = [^;]*?\? '([A-Z]\w+)' : '([A-Z]\w+)'/g,
          /history\('([A-Z]\w+)'/g,
          /select (?:[\w.]+, )?'([A-Z][a-z]+[A-Z]\w+)'/g,
        ],
      },
    ],
  },
  {
    what: 'causes of entries in the books',
    area: 'admin-goods',
    prefix: 'ledger.cause.',
    least: 20,
    sources: [
      {
        files: 'services/payments/api/timeline-messages.ts',
        patterns: [/^ {4}([a-z_]+): '/gm],
      },
    ],
  },
  {
    what: 'reasons of refunds that nobody wrote',
    area: 'admin-goods',
    prefix: 'refund.reason.',
    least: 3,
    sources: [
      {
        files: 'services/payments/infrastructure/migrations/0042_seller_links.sql',
        patterns: [/reason not in \('(\w+)', '(\w+)', '(\w+)'\)/g],
      },
    ],
  },
  {
    what: 'events of an order',
    area: 'admin',
    prefix: 'event.',
    least: 12,
    sources: [{ files: 'services/orders/domain/*.ts', patterns: [/type: '([A-Z]\w+)'/g] }],
  },
];

describe('what the back office shows by a code', () => {
  for (const { what, area, prefix, sources, least } of all)
    it(`has words in both languages: ${what}`, () => {
      const codes = [...new Set(sources.flatMap(codesIn))].toSorted();
      assert.ok(codes.length >= least, `only ${codes.length}: ${codes.join(', ')}`);
      for (const language of ['es', 'en']) {
        const catalogue = words(area, language);
        assert.deepEqual(
          codes.filter((code) => catalogue[prefix + code] === undefined),
          [],
          language,
        );
      }
    });

  it('has words for each kind of an alert of the operator, and of a charge', () => {
    const enumOf = (path: string, from: RegExp, to: string): readonly string[] =>
      [...sectionsOf(readFileSync(path, 'utf8'), from, to).matchAll(/'([a-z_]+)'/g)].map(
        ([, code]) => code!,
      );
    const system = enumOf('apps/gateway/system.route.ts', /kind: Type\.String\(\{ enum: \[/, ']');
    const charge = enumOf('services/payments/domain/provider-charge.ts', /type AlertKind =/, ';');
    assert.ok(system.length >= 4 && charge.length >= 8, `${system.length} and ${charge.length}`);
    for (const language of ['es', 'en']) {
      for (const kind of system) assert.ok(words('system', language)[`alert.${kind}`], kind);
      for (const kind of charge)
        assert.ok(words('admin-goods', language)[`alert.kind.${kind}`], kind);
    }
  });

  it('is read from the code', () => {
    const [alerts] = all;
    const found = alerts!.sources.flatMap(codesIn);
    for (const kind of ['claim_opened', 'refund_refused', 'escrow_refund_refused'])
      assert.ok(found.includes(kind), kind);
  });
});
