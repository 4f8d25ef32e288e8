import type { RunFile } from '../server/run-file.ts';
import { askJson } from './running.ts';

/** A dead letter as the API shows it. */
export type ShownDeadLetter = Readonly<{
  id: string;
  context: string;
  consumer: string;
  error: string;
  attempts: number;
  died_at: string;
}>;

const path = '/api/v1/admin/events/dead-letters';

/** The newest first, at most a hundred: a page of the API. */
export const listDeadLetters = async (running: RunFile): Promise<readonly ShownDeadLetter[]> =>
  (await askJson<{ items: readonly ShownDeadLetter[] }>(running, `${path}?limit=100`)).items;

/** Hands one to its consumer again; answers why it was not taken, or null when it was. */
export const replayDeadLetter = async (running: RunFile, id: string): Promise<string | null> => {
  const request = { method: 'POST', body: {} };
  const answer = await askJson<{ result: string; error: string | null }>(
    running,
    `${path}/${encodeURIComponent(id)}/replay`,
    request,
  );
  return answer.error;
};
