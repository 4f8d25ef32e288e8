import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { decodeEml } from '#shared/platform/captured-mail-eml.ts';
import { runFilePath, type RunFile } from '../../apps/server/run-file.ts';
import type { Split } from '../../deploy/split/split.ts';
import type { MailItem } from '../e2e/support/http.ts';
import type { AnyPoolOf } from '../e2e/support/rest.ts';

const directoriesOf = (split: Split): readonly string[] =>
  [...split.processes.values()]
    .map(({ name }) => join(split.data, name, 'mail'))
    .filter((directory) => existsSync(directory));

/** The captured mails of every process, newest last. */
export const mailFilesOf = (split: Split): readonly string[] =>
  directoriesOf(split).flatMap((directory) =>
    readdirSync(directory).filter((name) => name.endsWith('.eml')),
  );

export const readMailsOf = (split: Split): readonly MailItem[] =>
  directoriesOf(split)
    .flatMap((directory) => readdirSync(directory).map((name) => join(directory, name)))
    .filter((path) => path.endsWith('.eml'))
    .flatMap((path) => decodeEml(readFileSync(path, 'utf8')) ?? [])
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));

/** The operator's token, which identity renews in its file; that of a replica is as good. */
export const operatorTokenOf = (split: Split): string => {
  for (const { target, name } of split.processes.values()) {
    if (target !== 'identity') continue;
    try {
      const text = readFileSync(runFilePath(join(split.data, name)), 'utf8');
      return (JSON.parse(text) as RunFile).token;
    } catch {
      continue; // It ended cleanly and starts again.
    }
  }
  throw new Error('no process of identity has written its token');
};

/** Pools on the database of each context, as the server's administrator. */
export const adminPoolsOf = (
  split: Split,
): Readonly<{ poolOf: AnyPoolOf; end: () => Promise<void> }> => {
  const pools = new Map<string, pg.Pool>();
  return {
    poolOf: (context) => {
      const known = pools.get(context);
      if (known) return known;
      const url = new URL(split.servers.connections.postgres.adminUrl);
      url.pathname = `/${context}`;
      const options = `-c search_path=${context},extensions`;
      const pool = new pg.Pool({ connectionString: url.href, max: 2, options });
      pool.on('error', () => {});
      pools.set(context, pool);
      return pool;
    },
    end: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
};
