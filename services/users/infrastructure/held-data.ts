import type { Pool } from 'pg';
import type { HeldData } from '#shared/personal-data/personal-data.ts';
import { deleteExportPart } from '#shared/personal-data/export-part.ts';
import type { Files } from '#shared/platform/files.ts';
import { avatarKeys } from './avatars.ts';

const avatarSql = 'select avatar_id from profiles where account_id = $1 and avatar_id is not null';
const manifestsSql = `select manifest from export_parts join exports e on e.id = export_id
  where e.account_id = $1`;

/** What users holds of people: profile, addresses, picture, and what they asked to be given. */
export const usersHeldData = ({
  pool,
  files,
}: Readonly<{ pool: Pool; files: Files }>): HeldData => {
  const avatarOf = async (accountId: string): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ avatar_id: string }>({
      name: 'held-avatar',
      text: avatarSql,
      values: [accountId],
    });
    return rows.flatMap(({ avatar_id: id }) => avatarKeys(id));
  };
  return {
    sections: [
      {
        name: 'profile',
        sql: `select to_jsonb(p) - '{search_key,account_key,name_key}'::text[] from profiles p
          where account_id = $1`,
      },
      {
        name: 'addresses',
        sql: `select to_jsonb(a) from addresses a where account_id = $1 order by created_at, id`,
      },
      {
        name: 'exports',
        sql: `select to_jsonb(e) from exports e where account_id = $1 order by requested_at`,
      },
    ],
    async files(accountId) {
      const largest = (await avatarOf(accountId)).at(-1);
      return largest === undefined ? [] : [{ path: 'avatar.webp', name: largest }];
    },
    async forget(accountId) {
      const [avatar, { rows }] = await Promise.all([
        avatarOf(accountId),
        pool.query<{ manifest: string }>({
          name: 'held-exports',
          text: manifestsSql,
          values: [accountId],
        }),
      ]);
      const deleteFiles = async (): Promise<void> => {
        for (const name of avatar) await files.delete(name);
        for (const { manifest } of rows) await deleteExportPart(files, manifest);
      };
      await deleteFiles();
      return deleteFiles;
    },
  };
};
