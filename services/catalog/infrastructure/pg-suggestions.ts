import type { Pool } from 'pg';
import type { Suggestions } from '../application/queries/suggest.ts';
import { finish } from './response-cache.ts';

export const createPgSuggestions = (pool: Pool): Suggestions => ({
  async load({ text, limit }) {
    const { rows } = await pool.query<{ found: object }>({
      name: 'suggest',
      text: 'select suggest($1, $2) as found',
      values: [text, limit],
    });
    return finish(rows[0]!.found);
  },
});
