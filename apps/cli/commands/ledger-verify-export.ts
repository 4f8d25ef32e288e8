import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { compactVerify, importJWK, type JWK } from 'jose';
import { CliError, printJson, type Cli, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { askJson, requireRunning } from '../running.ts';

type Options = Output & Readonly<{ file: string; key?: string }>;

type Claims = Readonly<{ sha256: string; iat: number; entries: number; head: string | null }>;

/** Longer than any last line of an export. */
const tailBytes = 8_192;
const lastLine = /\n("signature":"([\w-]+\.[\w-]+\.[\w-]+)"\}\n)$/;

const readable = <T>(cli: Cli, file: string, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw new CliError(cli.text.fileUnreadable(file, String(error)), exitCodes.usage);
  });

/** The signature in the last line of a file, and how many bytes stand before it. */
const readSignature = async (file: string) => {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(tailBytes), 0, tailBytes, start);
    const [, line, signature] =
      lastLine.exec(buffer.subarray(0, bytesRead).toString('latin1')) ?? [];
    return line && signature ? { signature, signedBytes: size - line.length } : undefined;
  } finally {
    await handle.close();
  }
};

const hashOf = async (file: string, bytes: number): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { end: bytes - 1 }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/** Checks that an export is as the installation signed it; the key may come from a file. */
const verifyExport: Command<Options> = async (cli, { file, key, output }) => {
  const { text } = cli;
  const jwk =
    key === undefined
      ? await askJson<JWK>(await requireRunning(cli), '/api/v1/ledger/export-key')
      : (JSON.parse(await readable(cli, key, readFile(key, 'utf8'))) as JWK);
  const found = await readable(cli, file, readSignature(file));
  if (!found) throw new CliError(text.exportUnsigned, exitCodes.failed);
  const claims = await compactVerify(found.signature, await importJWK(jwk, 'EdDSA'), {
    algorithms: ['EdDSA'],
  }).then(
    ({ payload }) => JSON.parse(Buffer.from(payload).toString()) as Claims,
    () => undefined,
  );
  if (!claims || claims.sha256 !== (await hashOf(file, found.signedBytes)))
    throw new CliError(text.exportForged, exitCodes.failed);
  const madeAt = new Date(claims.iat * 1_000).toISOString();
  if (output === 'json') printJson(cli, { ...claims, is_genuine: true });
  else cli.print(text.exportGenuine(claims.entries, madeAt, claims.head ?? '0'));
  return exitCodes.ok;
};

export default verifyExport;
