import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { csvCell } from '#shared/kernel/csv.ts';
import { createExportLedger } from '../../services/payments/application/queries/export-ledger.ts';
import type { ChainedEntry, LedgerChain } from '../../services/payments/application/ledger.ts';
import { createExportSigner } from '../../services/payments/infrastructure/export-signer.ts';
import type { Cli } from './cli.ts';
import { catalogues } from './language.ts';
import { runProgram } from './program.ts';

const entry: ChainedEntry = {
  n: '1',
  hash: 'ab'.repeat(32),
  id: '00000000-0000-7000-8000-000000000001',
  seq: '1',
  causeType: 'capture',
  causeId: '00000000-0000-7000-8000-000000000002',
  paymentId: null,
  orderId: null,
  jobId: null,
  reverses: null,
  recordedAt: '2026-01-01T00:00:00.000Z',
  lines: [
    { account: '=HYPERLINK("x")', side: 'debit', amount: { amountMinor: 5n, currency: 'COP' } },
    { account: 'tax:CO', side: 'credit', amount: { amountMinor: 5n, currency: 'COP' } },
  ],
};
const chain = {
  seal: async () => {},
  head: async () => ({ seq: '1', hash: entry.hash }),
  async *read() {
    yield [entry];
    yield [entry];
  },
} as unknown as LedgerChain;
const signerOf = (seed: number) => createExportSigner(() => [Buffer.alloc(32, seed)]);
const exportOf = (seed: number) =>
  createExportLedger({
    chain,
    signer: signerOf(seed),
    clock: () => new Date('2026-02-02T00:00:00Z'),
    issuer: () => 'https://plaza.example',
  });
const textOf = async (lines: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const line of lines) text += line;
  return text;
};

describe('a signed export of the books', () => {
  let directory: string;
  before(async () => void (directory = await mkdtemp(join(tmpdir(), 'plaza-export-'))));
  after(() => rm(directory, { recursive: true }));

  const verify = async (content: string, seed = 7): Promise<readonly [number, string]> => {
    const [file, key] = [join(directory, 'ledger.json'), join(directory, 'key.json')];
    await writeFile(file, content);
    await writeFile(key, JSON.stringify(await signerOf(seed).publicKey()));
    const said: string[] = [];
    const cli: Cli = {
      text: catalogues.en,
      language: 'en',
      version: '1.2.3',
      print: (line = '') => void said.push(line),
      say: (line = '') => void said.push(line),
      isInteractive: { out: false, error: false, input: false },
      readConfig: () => assert.fail('a key in a file needs no running Plaza'),
    };
    const code = await runProgram(cli, ['ledger', 'verify-export', file, '--key', key]);
    return [code, said.join('\n')];
  };

  it('is JSON, and genuine as it was written', async () => {
    const text = await textOf(exportOf(7).json({}));
    const { entries } = JSON.parse(text) as { entries: readonly { lines: { amount: string }[] }[] };
    assert.deepEqual(
      entries.map(({ lines }) => lines.map(({ amount }) => amount)),
      [
        ['0.05', '0.05'],
        ['0.05', '0.05'],
      ],
    );
    const [code, said] = await verify(text);
    assert.equal(code, 0, said);
    assert.match(said, /2 entries, made 2026-02-02T00:00:00\.000Z, up to link 1:abab/);
    assert.ok((await readFile(join(directory, 'ledger.json'), 'utf8')).includes('plaza-ledger/1'));
  });

  it('is refused when a byte was changed, cut off or added, or another installation signed it', async () => {
    const text = await textOf(exportOf(7).json({}));
    const forged = /was not signed by this installation/;
    for (const [why, content, pattern] of [
      ['an amount', text.replace('"0.05"', '"0.06"'), forged],
      ['an entry less', text.replace(/,\n\{"n".*\}(?=\n\])/, ''), forged],
      ['a space more', ` ${text}`, forged],
      ['another signer', await textOf(exportOf(8).json({})), forged],
      ['the claims', text.replace(/(?<=\.)[\w-]{4}/, 'AAAA'), forged],
      ['half of it', text.slice(0, text.length / 2), /does not end in a signature/],
      ['nothing', '', /does not end in a signature/],
    ] as const) {
      assert.notEqual(content, text, why);
      const [code, said] = await verify(content);
      assert.equal(code, 1, why);
      assert.match(said, pattern, why);
    }
  });

  it('in CSV has no cell that a spreadsheet would run', async () => {
    const text = await textOf(exportOf(7).csv({}));
    assert.ok(text.includes(`,"'=HYPERLINK(""x"")",COP,debit,0.05\r\n`), text);
    for (const sign of ['=', '+', '-', '@', '\t', '\r'])
      assert.ok(/^"?'/.test(csvCell(`${sign}1`)), sign);
    assert.equal(csvCell('tax:CO'), 'tax:CO');
  });
});
