import { usersError } from '../../domain/errors.ts';
import type { Erasures, ErasureView } from '../ports.ts';

export type ReadErasures = Readonly<{
  list: Erasures['list'];
  show: (id: string) => Promise<ErasureView>;
}>;

export const createReadErasures = (erasures: Erasures): ReadErasures => ({
  list: (filter) => erasures.list(filter),
  async show(id) {
    const view = await erasures.find(id);
    if (!view) throw usersError('erasure_not_found');
    return view;
  },
});
