import type { Pool } from 'pg';
import type { HeldData } from '#shared/personal-data/personal-data.ts';
import type { Files } from '#shared/platform/files.ts';
import type { Withdraw } from '../application/commands/withdraw-seller.ts';
import { fileNamesOf, largestFileOf } from './sharp-images.ts';

const imagesSql = `
  select image ->> 'file' as file, p.id as product_id
  from products p cross join lateral jsonb_array_elements(p.images) as image
  where p.seller_id = $1 and image ->> 'file' is not null order by p.id`;

/** What catalog holds of people: what they sell and keep, their pictures, what they did with stock and files. */
export const catalogHeldData = ({
  pool,
  files,
  withdraw,
}: Readonly<{ pool: Pool; files: Files; withdraw: Withdraw }>): HeldData => {
  const imagesOf = async (accountId: string) => {
    const { rows } = await pool.query<{ file: string; product_id: string }>({
      name: 'held-images',
      text: imagesSql,
      values: [accountId],
    });
    return rows;
  };
  return {
    sections: [
      {
        name: 'products',
        sql: `select to_jsonb(p) || jsonb_build_object('variants', (
            select coalesce(jsonb_agg(to_jsonb(v) order by v.position), '[]')
            from variants v where v.product_id = p.id))
          from products p where p.seller_id = $1 order by p.id`,
      },
      {
        name: 'stock-movements',
        sql: `select to_jsonb(m) from stock_movements m where m.actor = $1 order by m.at, m.seq`,
      },
      {
        name: 'imports',
        sql: `select to_jsonb(i) from imports i where i.account_id = $1 order by i.started_at`,
      },
      {
        name: 'favourites',
        sql: `select to_jsonb(f) || jsonb_build_object('title', p.title)
          from favourites f join products p on p.id = f.product_id
          where f.account_id = $1 order by f.kept_at, f.product_id`,
      },
    ],
    async files(accountId) {
      const images = await imagesOf(accountId);
      return images.map(({ file, product_id: id }) => ({
        path: `images/${id.slice(-12)}-${file}.webp`,
        name: largestFileOf(file),
      }));
    },
    async forget(accountId) {
      const images = await imagesOf(accountId);
      const deleteFiles = async (): Promise<void> => {
        for (const { file } of images)
          for (const name of fileNamesOf(file)) await files.delete(name);
      };
      // First, while the rows still name them.
      await deleteFiles();
      await withdraw(accountId);
      return deleteFiles;
    },
  };
};
