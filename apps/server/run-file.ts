import { join } from 'node:path';

/** How a second command finds the running Plaza: in the data folder, for its owner's eyes only. */
export type RunFile = Readonly<{ pid: number; url: string; startedAt: string; token: string }>;

export const runFilePath = (dataDirectory: string): string =>
  join(dataDirectory, 'run', 'plaza.json');
