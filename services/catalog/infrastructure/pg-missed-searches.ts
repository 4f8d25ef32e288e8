import type { Pool } from 'pg';
import type { MissedSearch, MissedSearchStore } from '../application/missed-searches.ts';

/** Of a day no more are kept: a machine that invents words fills no disk. */
const termsOfDayMax = 2_000;

/** $1 at, $2 time zone, $3 terms, $4 counts. Rows are locked in one order. */
const addSql = `
  with today as (select ($1::timestamptz at time zone $2)::date as day),
  told as (
    select t.day, told.term, told.count, known.term is not null as is_known,
      row_number() over (partition by known.term is not null order by told.count desc, told.term) as place
    from today t cross join unnest($3::text[], $4::integer[]) as told (term, count)
    left join missed_searches known on known.day = t.day and known.term = told.term
  )
  insert into missed_searches as m (day, term, count)
  select day, term, count from told
  where is_known or place <= ${termsOfDayMax} - (
    select count(*) from missed_searches k join today t on t.day = k.day)
  order by term
  on conflict (day, term) do update set count = m.count + excluded.count`;

/** $1 from, $2 to, $3 how many. */
const listSql = `
  select term, sum(count) filter (where day >= $1)::integer as count,
    coalesce(sum(count) filter (where day < $1), 0)::integer as "previousCount"
  from missed_searches
  where day >= $1::date - ($2::date - $1::date + 1) and day <= $2
  group by term having bool_or(day >= $1) order by 2 desc, term limit $3`;

export const createPgMissedSearches = (pool: Pool, timeZone: string): MissedSearchStore => ({
  async add(counts, at) {
    await pool.query(addSql, [at, timeZone, [...counts.keys()], [...counts.values()]]);
  },
  async list({ from, to }, limit) {
    const { rows } = await pool.query<MissedSearch>(listSql, [from, to, limit]);
    return rows;
  },
});
