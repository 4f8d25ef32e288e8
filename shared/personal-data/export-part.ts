import type { Pool, PoolClient } from 'pg';
import type { Files } from '../platform/files.ts';
import { parseJson } from '../kernel/parse-json.ts';

/** Rows of one kind that a context holds of an account. */
export type ExportSection = Readonly<{
  /** The name of its file in the archive: `orders` becomes `<context>/orders.json`. */
  name: string;
  /** `$1` is the account's id; one column of JSON a row. */
  sql: string;
}>;

/** A file of the archive and where its bytes are kept. */
export type ExportFile = Readonly<{
  path: string;
  name: string;
  /** False: it lives on when the export has ended, such as a picture. */
  isOwn: boolean;
}>;

/** Files of rows are about this large, so that nobody has to hold a large one. */
const fileBytes = 1024 * 1024;
const rowsAtOnce = 500;

export const manifestNameOf = (exportId: string, context: string): string =>
  `export-${exportId}-${context}.json`;

export const readManifest = async (
  files: Files,
  manifest: string,
): Promise<readonly ExportFile[]> => {
  const bytes = await files.get(manifest);
  return bytes ? (parseJson(bytes.toString('utf8')) as readonly ExportFile[]) : [];
};

/** Deletes what was written for a part; what it only points at stays. */
export const deleteExportPart = async (files: Files, manifest: string): Promise<void> => {
  for (const { name, isOwn } of await readManifest(files, manifest))
    if (isOwn) await files.delete(name);
  await files.delete(manifest);
};

/** The rows of a query, some at a time. */
const readRows = async function* (
  client: PoolClient,
  sql: string,
  accountId: string,
): AsyncGenerator<string> {
  await client.query(`declare export_rows no scroll cursor for ${sql}`, [accountId]);
  for (;;) {
    const { rows } = await client.query<unknown[]>({
      text: `fetch ${rowsAtOnce} from export_rows`,
      rowMode: 'array',
    });
    for (const [row] of rows) yield JSON.stringify(row, null, 1);
    if (rows.length < rowsAtOnce) break;
  }
  await client.query('close export_rows');
};

type Options = Readonly<{ pool: Pool; files: Files; context: string }>;
type Part = Readonly<{
  exportId: string;
  accountId: string;
  sections: readonly ExportSection[];
  /** What is kept as files already, under which path it goes into the archive. */
  kept: readonly Readonly<{ path: string; name: string }>[];
}>;

/**
 * Writes all that a context holds of an account, as one view of its database, into files of about a
 * megabyte. The same export again writes the same names.
 */
export const writeExportPart = async (
  { pool, files, context }: Options,
  { exportId, accountId, sections, kept }: Part,
): Promise<Readonly<{ manifest: string; fileCount: number }>> => {
  const listed: ExportFile[] = kept.map(({ path, name }) => ({
    path: `${context}/${path}`,
    name,
    isOwn: false,
  }));
  let written = 0;
  const write = async (path: string, rows: readonly string[]): Promise<void> => {
    written += 1;
    const name = `export-${exportId}-${context}-${written}.json`;
    await files.put(name, Buffer.from(`[\n${rows.join(',\n')}\n]\n`));
    listed.push({ path: `${context}/${path}`, name, isOwn: true });
  };
  const writeSection = async (client: PoolClient, { name, sql }: ExportSection): Promise<void> => {
    let rows: string[] = [];
    let bytes = 0;
    let number = 1;
    for await (const row of readRows(client, sql, accountId)) {
      rows.push(row);
      bytes += row.length;
      if (bytes < fileBytes) continue;
      await write(`${name}-${number}.json`, rows);
      number += 1;
      rows = [];
      bytes = 0;
    }
    const last = number === 1 ? `${name}.json` : `${name}-${number}.json`;
    if (rows.length > 0 || number === 1) await write(last, rows);
  };

  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    for (const section of sections) await writeSection(client, section);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
  const manifest = manifestNameOf(exportId, context);
  await files.put(manifest, Buffer.from(JSON.stringify(listed)));
  return { manifest, fileCount: listed.length };
};
