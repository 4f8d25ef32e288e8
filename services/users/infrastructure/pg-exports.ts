import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { toOutbox } from '#shared/messaging/outbox.ts';
import {
  deleteExportPart,
  readManifest,
  type ExportFile,
} from '#shared/personal-data/export-part.ts';
import type { Files } from '#shared/platform/files.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { Exports, ExportView } from '../application/ports.ts';
import type { PublishedEvent } from '../application/published-events.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

/** The deadline kind that ends an export: for want of a part, or when it was there long enough. */
export const endExportDeadline = 'end-export';
const collectForMs = 15 * 60_000;
const keptForMs = 7 * 24 * 60 * 60_000;

const utc = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const viewSql = `
  select e.id, e.status, ${utc('e.requested_at')} as requested_at, ${utc('e.ready_at')} as ready_at,
    ${utc('e.ends_at')} as ends_at, p.parts, p.file_count
  from exports e cross join lateral (
    select coalesce(array_agg(context order by context), '{}') as parts,
      coalesce(sum(file_count), 0)::int as file_count
    from export_parts where export_id = e.id
  ) p
  where e.account_id = $1`;

const endSql = `
  with over as (
    update exports set status = case status when 'ready' then 'expired' else 'failed' end
    where id = $1 and status in ('collecting', 'ready') and ends_at <= $2 returning id
  )
  select id from over
  union all
  select id from exports where id = $1 and status in ('expired', 'failed')`;

const readme = (missing: readonly string[]): string =>
  [
    'Plaza: everything that the platform holds of you, as JSON, a folder for each part of it.',
    'Plaza: todo lo que la plataforma guarda de ti, en JSON, una carpeta por cada parte.',
    ...missing.map((path) => `- ${path}`),
    '',
  ].join('\n');

/** The bytes of the archive, a file at a time; what was deleted since is named in the first file. */
const archiveOf = async function* (
  files: Files,
  listed: readonly ExportFile[],
  at: Date,
): AsyncGenerator<Buffer> {
  const missing: string[] = [];
  const entry = function* (path: string, bytes: Buffer): Generator<Buffer> {
    yield tarHeader(path, bytes.length, at);
    yield bytes;
    yield tarPadding(bytes.length);
  };
  for (const { path, name } of listed) {
    const bytes = await files.get(name);
    if (bytes) yield* entry(path, bytes);
    else missing.push(path);
  }
  yield* entry('README.txt', Buffer.from(readme(missing)));
  yield tarEnd();
};

export const createPgExports = (
  platform: Pick<Platform, 'pool' | 'files' | 'clock' | 'newId' | 'wakeOutbox' | 'log'>,
): Exports => {
  const { pool, files, clock, newId, wakeOutbox, log } = platform;
  const after = (ms: number, now = clock()): Date => new Date(now.getTime() + ms);
  const manifestsOf = async (id: string): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ manifest: string }>({
      name: 'export-manifests',
      text: 'select manifest from export_parts where export_id = $1 order by context',
      values: [id],
    });
    return rows.map(({ manifest }) => manifest);
  };

  return {
    async request(accountId, id, trace) {
      const now = clock();
      const event: PublishedEvent = {
        type: 'users.export-requested.v1',
        data: { exportId: id, accountId, requestedAt: now.toISOString() },
      };
      const outbox = toOutbox(
        [{ id: newId(), subject: id, aggregateVersion: 1, ...event }],
        trace,
        now,
      );
      const { rows } = await pool.query<{ result: Awaited<ReturnType<Exports['request']>> }>({
        name: 'export-request',
        text: 'select request_export($1, $2, $3, $4, $5) as result',
        values: [id, accountId, now, after(collectForMs, now), JSON.stringify(outbox)],
      });
      const { result } = rows[0]!;
      if (result === 'requested') wakeOutbox(outbox);
      return result;
    },

    async latest(accountId) {
      const { rows } = await pool.query<ExportView>({
        name: 'export-latest',
        text: `${viewSql} order by e.requested_at desc, e.id desc limit 1`,
        values: [accountId],
      });
      return rows[0];
    },

    async find(accountId, id) {
      const { rows } = await pool.query<ExportView>({
        name: 'export',
        text: `${viewSql} and e.id = $2`,
        values: [accountId, id],
      });
      return rows[0];
    },

    async collect(part, expected, { consumer, messageId }) {
      const now = clock();
      const { rows } = await pool.query<{ is_wanted: boolean }>({
        name: 'export-collect',
        text: 'select collect_part($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as is_wanted',
        values: [
          consumer,
          messageId,
          part.exportId,
          part.context,
          part.manifest,
          part.fileCount,
          part.madeAt,
          expected,
          now,
          after(keptForMs, now),
        ],
      });
      return rows[0]!.is_wanted;
    },

    async end(id) {
      const { rowCount } = await pool.query({
        name: 'export-end',
        text: endSql,
        values: [id, clock()],
      });
      return rowCount !== 0;
    },

    async clear(id) {
      for (const manifest of await manifestsOf(id)) await deleteExportPart(files, manifest);
      await pool.query({
        name: 'export-clear',
        text: 'delete from export_parts where export_id = $1',
        values: [id],
      });
    },

    discard: (manifest) => deleteExportPart(files, manifest),

    async archive(id) {
      const manifests = await manifestsOf(id);
      const listed = await Promise.all(manifests.map((manifest) => readManifest(files, manifest)));
      const archive = Readable.from(archiveOf(files, listed.flat(), clock()));
      // A reader that goes away early ends both; that is nobody's fault.
      return pipeline(archive, createGzip(), (error) => {
        if (error) log.debug({ err: error, export_id: id }, 'export not read to its end');
      }) as AsyncIterable<Buffer>;
    },
  };
};
