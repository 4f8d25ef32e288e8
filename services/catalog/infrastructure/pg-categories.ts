import type { Pool } from 'pg';
import type { Categories, Category } from '../application/ports.ts';
import { catalogError } from '../domain/errors.ts';

const attemptsMax = 3;

type Row = Readonly<{
  id: string;
  parent_id: string | null;
  slug: string;
  name: string;
  position: number;
  version: number;
}>;

const columns = 'id, parent_id, slug, name, position, version';
const listSql = `select ${columns} from categories
  order by cardinality(path), position, name_key, id`;

const toCategory = ({ parent_id: parentId, ...row }: Row): Category => ({ ...row, parentId });

const refusalOf = (error: unknown): unknown => {
  const { code, constraint } = error as Readonly<{ code?: string; constraint?: string }>;
  if (code === '23505' && constraint === 'categories_slug')
    return catalogError('category_slug_taken');
  if (code === '23503') return catalogError('category_in_use');
  return error;
};

const badParent = () =>
  catalogError('category_invalid', {
    errors: [
      {
        pointer: '#/parent_id',
        code: 'not_allowed',
        detail: 'is no category, is below this one, or is too deep',
      },
    ],
  });

export const createPgCategories = (
  options: Readonly<{ pool: Pool; onTreeChange: () => Promise<void> }>,
): Categories => {
  const { pool, onTreeChange } = options;
  const run = async (text: string, values: readonly unknown[]): Promise<string> => {
    try {
      const { rows } = await pool.query<{ outcome: string }>(text, [...values]);
      await onTreeChange();
      return rows[0]!.outcome;
    } catch (error) {
      throw refusalOf(error);
    }
  };

  return {
    async list() {
      return (await pool.query<Row>({ name: 'categories', text: listSql })).rows.map(toCategory);
    },
    async add(category) {
      const { id, parentId, slug, name, position } = category;
      const outcome = await run('select add_category($1, $2, $3, $4, $5) as outcome', [
        id,
        parentId,
        slug,
        name,
        position,
      ]);
      if (outcome === 'bad_parent') throw badParent();
      return category;
    },
    async change(id, decide) {
      for (let attempt = 1; ; attempt++) {
        const { rows } = await pool.query<Row>(`select ${columns} from categories where id = $1`, [
          id,
        ]);
        if (!rows[0]) throw catalogError('category_not_found');
        const { version } = rows[0];
        const { parentId, slug, name, position } = decide(toCategory(rows[0]));
        const outcome = await run('select change_category($1, $2, $3, $4, $5, $6) as outcome', [
          id,
          version,
          parentId,
          slug,
          name,
          position,
        ]);
        if (outcome === 'gone') throw catalogError('category_not_found');
        if (outcome === 'bad_parent') throw badParent();
        if (outcome === 'done') return { id, parentId, slug, name, position, version: version + 1 };
        if (attempt === attemptsMax) throw new Error(`category ${id}: others were faster`);
      }
    },
    async remove(id) {
      const outcome = await run(
        `with gone as (delete from categories where id = $1 returning id),
           noted as (insert into catalog_changes (product_id, changes_lists) select null, true from gone)
         select case when exists (select from gone) then 'done' else 'gone' end as outcome`,
        [id],
      );
      if (outcome === 'gone') throw catalogError('category_not_found');
    },
  };
};
