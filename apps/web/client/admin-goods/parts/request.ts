import type { TableQuery } from '../../admin/kit/table-query.ts';

/** The query of a table for the one request that it is of; what is wrong in the address the API refuses. */
export const queryOf = (query: TableQuery, more: Readonly<Record<string, string>> = {}): never =>
  ({ ...more, ...query.request }) as never;

/** The precondition of a change: nobody else changed it since this version. */
export const ifMatch = (version: number): Readonly<{ 'if-match': string }> => ({
  'if-match': `"${version}"`,
});
