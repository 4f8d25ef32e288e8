import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../kernel/parse-json.ts';
import { placeOfCountry } from '../kernel/shop-places.ts';
import { ConfigError } from './config.ts';

/** What the first administrator chose for this installation. */
export type SetupChoice = Readonly<{ country: string; withExample: boolean }>;

/** What `settings.json` of the data folder keeps. */
export type KeptSettings = Readonly<{
  /** The country that the shop runs as; null: as the environment, or nobody, says. */
  country: string | null;
  /** What it is to become: whoever starts next finishes it. */
  wanted: SetupChoice | null;
}>;

type Environment = Readonly<Record<string, string | undefined>>;

const none: KeptSettings = { country: null, wanted: null };
const pathIn = (dataDirectory: string): string => join(dataDirectory, 'settings.json');

const isCountry = (value: unknown): value is string =>
  typeof value === 'string' && placeOfCountry(value) !== undefined;

/** Undefined: it is not what Plaza has written. */
const read = (text: string): KeptSettings | undefined => {
  let found: unknown;
  try {
    found = parseJson(text);
  } catch {
    return undefined;
  }
  if (typeof found !== 'object' || found === null) return undefined;
  const { country = null, wanted = null } = found as Record<string, unknown>;
  if (country !== null && !isCountry(country)) return undefined;
  if (wanted === null) return { country, wanted };
  const choice = wanted as Record<string, unknown>;
  const { country: to, with_example: withExample } = choice;
  if (!isCountry(to) || typeof withExample !== 'boolean') return undefined;
  return { country, wanted: { country: to, withExample } };
};

/** Raises a `ConfigError` for a file that nobody can read: a shop must not change its money unseen. */
export const readKeptSettings = (dataDirectory: string): KeptSettings => {
  let text: string;
  try {
    text = readFileSync(pathIn(dataDirectory), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return none;
    throw new ConfigError([`${pathIn(dataDirectory)}: cannot be read`]);
  }
  const settings = read(text);
  if (!settings) throw new ConfigError([`${pathIn(dataDirectory)}: is not what Plaza wrote`]);
  return settings;
};

/** Whole or not at all, also when the power goes; for the owner of the folder alone. */
export const keepSettings = async (
  dataDirectory: string,
  { country, wanted }: KeptSettings,
): Promise<void> => {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const path = pathIn(dataDirectory);
  const choice = wanted && { country: wanted.country, with_example: wanted.withExample };
  const file = await open(`${path}.next`, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ country, wanted: choice })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.next`, path);
};

/** The environment, with what was chosen for this data folder where it says nothing. */
export const withKeptSettings = (environment: Environment): Environment => {
  const isEmbedded = (environment['PLATFORM'] || 'embedded') === 'embedded';
  if (!isEmbedded) return environment;
  const { country } = readKeptSettings(environment['PLAZA_DATA'] || './data');
  const place = country === null ? undefined : placeOfCountry(country);
  if (!place) return environment;
  const said = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return {
    PLAZA_CURRENCY: place.currency,
    PLAZA_TIME_ZONE: place.timeZone,
    PLAZA_TAX_JURISDICTION: place.country,
    ...Object.fromEntries(said),
  };
};
