import type { Trace } from '#shared/kernel/trace.ts';
import { usersError } from '../../domain/errors.ts';
import type { Exports, ExportView } from '../ports.ts';

export type ExportData = Readonly<{
  /** Begins one, or answers the one that is running. */
  request: (accountId: string, trace: Trace) => Promise<ExportView>;
  show: (accountId: string) => Promise<ExportView>;
  /** Of the account only. Raises `users.export_not_ready` before it is whole. */
  download: (accountId: string, id: string) => Promise<AsyncIterable<Buffer>>;
}>;

export const createExportData = ({
  exports,
  newId,
}: Readonly<{ exports: Exports; newId: () => string }>): ExportData => {
  const show = async (accountId: string): Promise<ExportView> => {
    const view = await exports.latest(accountId);
    if (!view) throw usersError('export_not_found');
    return view;
  };
  return {
    show,
    async request(accountId, trace) {
      const outcome = await exports.request(accountId, newId(), trace);
      if (outcome === 'no_profile') throw usersError('profile_not_ready', { retryAfterSeconds: 1 });
      return show(accountId);
    },
    async download(accountId, id) {
      const view = await exports.find(accountId, id);
      if (!view || view.status === 'expired') throw usersError('export_not_found');
      if (view.status !== 'ready') throw usersError('export_not_ready');
      return exports.archive(id);
    },
  };
};
