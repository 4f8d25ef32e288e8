import { readFileSync } from 'node:fs';

const file = new URL('../../package.json', import.meta.url);

/** The release that runs, as `package.json` says. */
export const plazaVersion = (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
