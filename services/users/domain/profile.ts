import type { FieldError } from '#shared/kernel/errors.ts';
import { currencyExponent } from '#shared/kernel/currencies.ts';
import { isCountry } from '#shared/kernel/countries.ts';
import { usersError } from './errors.ts';

export type Language = 'es' | 'en';

/** What somebody says of themselves. Language and region are apart: English in Colombia is fine. */
export type Profile = Readonly<{
  accountId: string;
  /** Grows by one a change; a writer that saw an older one is refused. */
  version: number;
  fullName: string | null;
  phoneNumber: string | null;
  language: Language;
  /** ISO 3166-1: how dates, numbers and addresses look. Null: not chosen. */
  region: string | null;
  /** IANA name. Null: not chosen. */
  timeZone: string | null;
  /** ISO 4217: in what prices are shown beside the shop's. Null: not chosen. */
  currency: string | null;
}>;

export type ProfileChange = Readonly<
  Partial<
    Pick<Profile, 'fullName' | 'phoneNumber' | 'language' | 'region' | 'timeZone' | 'currency'>
  >
>;

export type ProfileUpdated = Readonly<{
  type: 'ProfileUpdated';
  at: string;
  change: ProfileChange;
}>;

const isTimeZone = (name: string): boolean => {
  // An offset such as +05:00 is accepted by Intl and is no place: it knows no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const faultsOf = ({ region, timeZone, currency }: ProfileChange): readonly FieldError[] => {
  const fault = (name: string, detail: string): FieldError => ({
    pointer: `#/${name}`,
    code: 'not_allowed',
    detail,
  });
  return [
    ...(region && !isCountry(region) ? [fault('region', 'is no country of ISO 3166-1')] : []),
    ...(timeZone && !isTimeZone(timeZone) ? [fault('time_zone', 'is no IANA time zone')] : []),
    ...(currency && currencyExponent(currency) === undefined
      ? [fault('currency', 'is no ISO 4217 currency that Plaza knows')]
      : []),
  ];
};

/** Members that are not given stay; says nothing when nothing is different. */
export const changeProfile = (
  profile: Profile,
  change: ProfileChange,
  { now }: Readonly<{ now: string }>,
): readonly ProfileUpdated[] => {
  const faults = faultsOf(change);
  if (faults.length > 0) throw usersError('profile_invalid', { errors: faults });
  const isNew = (name: keyof ProfileChange): boolean =>
    change[name] !== undefined && change[name] !== profile[name];
  const names = (Object.keys(change) as (keyof ProfileChange)[]).filter(isNew);
  if (names.length === 0) return [];
  const different = Object.fromEntries(names.map((name) => [name, change[name]])) as ProfileChange;
  return [{ type: 'ProfileUpdated', at: now, change: different }];
};

export const evolve = (profile: Profile, { change }: ProfileUpdated): Profile => ({
  ...profile,
  ...change,
  version: profile.version + 1,
});

/** As people look for it: without case and accents. */
export const searchKeyOf = (...words: readonly (string | null)[]): string =>
  words
    .filter((word) => word !== null)
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
