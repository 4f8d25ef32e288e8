import type { Client } from 'pg';

/** One place where a value was found. */
export type Found = Readonly<{ value: string; where: string }>;

const findIn = (text: string, where: string, values: readonly string[]): readonly Found[] => {
  const folded = text.toLowerCase();
  return values
    .filter(
      (value) =>
        folded.includes(value.toLowerCase()) ||
        // Byte columns are printed in hexadecimal.
        folded.includes(Buffer.from(value).toString('hex')) ||
        folded.includes(JSON.stringify(value).slice(1, -1).toLowerCase()),
    )
    .map((value) => ({ value, where }));
};

/** Looks for values in every column of every table of every schema, as text. */
export const scanDatabase = async (
  client: Client,
  values: readonly string[],
): Promise<Readonly<{ found: readonly Found[]; tables: number; rows: number }>> => {
  const { rows: tables } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm', 'p') and n.nspname !~ '^(pg_|information_schema)' order by 1`);
  const found: Found[] = [];
  let count = 0;
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
    count += rows.length;
    for (const { row } of rows) {
      // Text inside a row is printed with quotes doubled.
      found.push(...findIn(row.replaceAll('""', '"'), name, values));
    }
  }
  return { found, tables: tables.length, rows: count };
};

/** The same in texts and files, by their names. */
export const scanTexts = (
  texts: Iterable<readonly [where: string, text: string | Buffer]>,
  values: readonly string[],
): readonly Found[] =>
  [...texts].flatMap(([where, text]) =>
    findIn(typeof text === 'string' ? text : text.toString('latin1'), where, values).concat(
      typeof text === 'string' ? [] : findIn(text.toString('utf8'), where, values),
    ),
  );
