import { join, resolve } from 'node:path';
import { currencyExponent } from '../kernel/currencies.ts';
import { statusVariables } from './status-variables.ts';
import {
  mercadoPagoVariables,
  readMercadoPago,
  type MercadoPagoConfig,
} from './config-mercado-pago.ts';
import { readServers, readServersOfWeb, serverVariables, type Servers } from './config-servers.ts';
import type { ContextName } from './module.ts';

/** The contexts that exist. */
export const contextNames = [
  'identity',
  'users',
  'catalog',
  'orders',
  'payments',
  'notifications',
] as const satisfies readonly ContextName[];

/** Every setting of a process, read once at start. Units are in the names. */
export type Config = Readonly<{
  target: string;
  platform: 'embedded' | 'distributed';
  /** Undefined when embedded. */
  servers: Servers | undefined;
  host: string;
  port: number;
  dataDirectory: string;
  filesDirectory: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  publicUrl: string | undefined;
  /** Where the web server finds the API, when it runs alone. */
  apiUrl: string | undefined;
  currency: string;
  language: 'es' | 'en';
  /** How long a server that ends goes on answering, and closes each connection with the answer. */
  drainSeconds: number;
  /** Whether everybody is told to come again later, people by a page and programs by a problem. */
  isInMaintenance: boolean;
  corsOrigins: readonly string[];
  trustedProxies: readonly string[];
  requestsPerMinute: number;
  signInsPerMinute: number;
  /** Whose tax is in the prices. */
  taxJurisdiction: string;
  paymentWindowMinutes: number;
  payoutRail: 'bank_file' | 'sandbox';
  payoutSchedule: 'manual' | 'daily' | 'weekly' | 'monthly';
  /** In whole units of the shop's currency, as the next. */
  payoutMinimum: number;
  twoAdminsAbove: number;
  /** IANA name: what day it is where the shop is. */
  timeZone: string;
  requiresShipping: boolean;
  accessTokenMinutes: number;
  secondFactor: SecondFactorSetting;
  /** Of pages that may use passkeys; none: that of the public address. */
  passkeyOrigins: readonly string[];
  smtpUrl: string | undefined;
  mailFrom: string;
  withDemo: boolean;
  /** Undefined: there is only the sandbox. */
  mercadoPago: MercadoPagoConfig | undefined;
}>;

/** Roles that people have; each may be one that needs a second factor. */
const personalRoles = ['customer', 'seller', 'professional', 'support', 'admin'] as const;

export type SecondFactorSetting = Readonly<{
  mode: 'off' | 'optional' | 'required';
  /** Who needs one, when one is required. */
  roles: readonly (typeof personalRoles)[number][];
}>;

type Variable<Value> = Readonly<{
  default: string;
  /** For the table in the documentation. */
  meaning: string;
  /** The value, or a sentence that says what is wrong. */
  read: (text: string) => { value: Value } | { fault: string };
}>;

const variable = <Value>(
  initial: string,
  meaning: string,
  read: Variable<Value>['read'],
): Variable<Value> => ({ default: initial, meaning, read });

const text = (value: string) => ({ value });
const list = (value: string) => ({
  value: value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
});
const oneOf =
  <const Values extends readonly string[]>(...values: Values) =>
  (value: string): { value: Values[number] } | { fault: string } =>
    values.includes(value) ? { value } : { fault: `must be one of ${values.join(', ')}` };
const integer = (least: number, most: number) => (value: string) =>
  /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most
    ? { value: Number(value) }
    : { fault: `must be a whole number from ${least} to ${most}` };
const url =
  (...protocols: readonly string[]) =>
  (value: string): { value: string | undefined } | { fault: string } => {
    if (value === '') return { value: undefined };
    return URL.canParse(value) && protocols.includes(new URL(value).protocol)
      ? { value: value.replace(/\/$/, '') }
      : { fault: `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}` };
  };

/** The target that runs no context: it passes requests on to those of other processes. */
export const gatewayTarget = 'gateway';

/** The target that serves the pages alone, and asks the API of a gateway. */
export const webTarget = 'web';

/** `all` is the all-in-one, `orders` one microservice, `orders,payments` anything between. */
const readTarget = (value: string): { value: string } | { fault: string } => {
  const names = value.split(',').map((name) => name.trim());
  const isKnown = (name: string): boolean => contextNames.some((known) => known === name);
  const isWhole = ['all', gatewayTarget, webTarget].includes(value);
  return isWhole || names.every(isKnown)
    ? { value: [...new Set(names)].join(',') }
    : {
        fault: `must be all, ${gatewayTarget}, ${webTarget}, or some of ${contextNames.join(', ')}`,
      };
};

const readOrigins = (value: string): { value: readonly string[] } | { fault: string } => {
  const origins = list(value).value;
  const isOrigin = (text: string): boolean =>
    /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
  const wrong = origins.find((text) => !isOrigin(text));
  return wrong === undefined
    ? { value: origins }
    : { fault: `${wrong} is no origin, such as https://shop.example.com` };
};

/** A browser gives passkeys of a domain to its own pages only. */
const findForeignOrigin = (
  origins: readonly string[],
  publicUrl: string | undefined,
): string | undefined => {
  const { hostname: home } = new URL(publicUrl ?? 'http://localhost');
  const isOwn = (host: string): boolean => host === home || host.endsWith(`.${home}`);
  return origins.find((origin) => !isOwn(new URL(origin).hostname));
};

const isTimeZone = (name: string): boolean => {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const readSwitch = (value: string): { value: boolean } | { fault: string } =>
  value === 'on' || value === 'off' ? { value: value === 'on' } : { fault: 'must be on or off' };

/** `required` alone is for every role. */
const readSecondFactor = (value: string): { value: SecondFactorSetting } | { fault: string } => {
  if (value === 'off' || value === 'optional') return { value: { mode: value, roles: [] } };
  const [mode, names, ...rest] = value.split(':');
  const wanted = names?.split(',').map((name) => name.trim());
  const roles = personalRoles.filter((role) => wanted?.includes(role) ?? true);
  const isKnown = wanted?.every((name) => personalRoles.some((role) => role === name)) ?? true;
  return mode === 'required' && rest.length === 0 && isKnown
    ? { value: { mode, roles } }
    : {
        fault: `must be off, optional, required, or required:<some of ${personalRoles.join(', ')}>`,
      };
};

/** Every environment variable that Plaza reads. */
export const variables = {
  TARGET: variable('all', 'what runs here: all, gateway, web, or contexts with commas', readTarget),
  PLATFORM: variable(
    'embedded',
    'adapters: `embedded` (one process) or `distributed` (servers by URL)',
    oneOf('embedded', 'distributed'),
  ),
  PLAZA_HOST: variable('127.0.0.1', 'address to listen on', text),
  PLAZA_PORT: variable('8000', 'port; a busy one gives way to the next', integer(0, 65_535)),
  PLAZA_DATA: variable('./data', 'folder of everything that is kept', (value) => ({
    value: resolve(value),
  })),
  PLAZA_FILES: variable(
    '',
    'folder of images and parts of exports, which all processes share',
    (value) => ({
      value: value === '' ? undefined : resolve(value),
    }),
  ),
  PLAZA_LOG_LEVEL: variable('info', 'least level logged', oneOf('debug', 'info', 'warn', 'error')),
  PLAZA_PUBLIC_URL: variable(
    '',
    'address that mails link to, and the issuer of tokens for applications',
    url('http:', 'https:'),
  ),
  PLAZA_API_URL: variable(
    '',
    'where the pages find the API, when TARGET is web: the gateway',
    url('http:', 'https:'),
  ),
  PLAZA_CURRENCY: variable('COP', 'ISO 4217 currency of the shop', (value) =>
    currencyExponent(value) === undefined
      ? { fault: 'must be an ISO 4217 code that Plaza knows, such as COP' }
      : { value },
  ),
  PLAZA_TAX_JURISDICTION: variable(
    'CO',
    'whose tax is in the prices: a country, or a part of one, as ISO 3166 names it',
    (value) =>
      /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(value)
        ? { value }
        : { fault: 'must be a code of ISO 3166, such as CO' },
  ),
  PLAZA_LANGUAGE: variable(
    'es',
    'language of mails when the reader has chosen none',
    oneOf('es', 'en'),
  ),
  PLAZA_DRAIN_SECONDS: variable(
    '0',
    'how long a process that ends still answers, for load balancers to notice',
    integer(0, 60),
  ),
  PLAZA_MAINTENANCE: variable('off', 'close the shop: pages and the API answer 503', readSwitch),
  PLAZA_CORS_ORIGINS: variable('', 'browser origins that may call the API, with commas', list),
  PLAZA_TRUSTED_PROXIES: variable('', 'addresses whose X-Forwarded-* is believed', list),
  PLAZA_REQUESTS_PER_MINUTE: variable(
    '1200',
    'requests of one client a minute',
    integer(1, 1e9 - 1),
  ),
  PLAZA_SIGN_INS_PER_MINUTE: variable(
    '20',
    'sign-in tries of one client a minute',
    integer(1, 1e9 - 1),
  ),
  PLAZA_PAYMENT_WINDOW_MINUTES: variable('15', 'an unpaid order ends after', integer(1, 10_080)),
  PLAZA_PAYOUT_RAIL: variable(
    'bank_file',
    'how payouts reach a bank: a file that a person carries, or a bank that is played',
    oneOf('bank_file', 'sandbox'),
  ),
  PLAZA_PAYOUT_SCHEDULE: variable(
    'weekly',
    'when payouts are made: manual, daily, weekly (Monday) or monthly (the 1st), at 06:00 UTC',
    oneOf('manual', 'daily', 'weekly', 'monthly'),
  ),
  PLAZA_PAYOUT_MINIMUM: variable(
    '0',
    'least amount that is paid out by itself, in whole units of the currency',
    integer(0, 1e9 - 1),
  ),
  PLAZA_TWO_ADMINS_ABOVE: variable(
    '10000000',
    'two administrators confirm decisions about more money than this, in whole units',
    integer(0, 1e9 - 1),
  ),
  PLAZA_TIME_ZONE: variable('America/Bogota', 'what day it is for the shop', (value) =>
    isTimeZone(value) ? { value } : { fault: 'must be an IANA name, such as America/Bogota' },
  ),
  PLAZA_REQUIRES_SHIPPING: variable('off', 'whether an order must say how it is sent', readSwitch),
  PLAZA_ACCESS_TOKEN_MINUTES: variable('10', 'life of an access token', integer(1, 10)),
  PLAZA_SECOND_FACTOR: variable(
    'optional',
    'second step at sign-in: off, optional, required, or required:admin,support',
    readSecondFactor,
  ),
  PLAZA_PASSKEY_ORIGINS: variable(
    '',
    'origins of pages that may use passkeys, with commas; the public address without any',
    readOrigins,
  ),
  PLAZA_SMTP_URL: variable(
    '',
    'SMTP server; without one mails are captured',
    url('smtp:', 'smtps:'),
  ),
  PLAZA_MAIL_FROM: variable('Plaza <no-reply@localhost>', 'sender of mails', text),
  PLAZA_DEMO: variable('on', 'fill an empty shop with the example', readSwitch),
} as const;

type Name = keyof typeof variables;
type Values = {
  [N in Name]: ReturnType<(typeof variables)[N]['read']> extends infer R
    ? R extends { value: infer V }
      ? V
      : never
    : never;
};

/** The contexts that a target names: none for the gateway. */
export const contextsOf = (target: string): readonly ContextName[] =>
  target === 'all' ? contextNames : contextNames.filter((name) => target.split(',').includes(name));

/** The environment is wrong; every fault is named, so that one start shows them all. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Reads and checks the environment; unknown `PLAZA_` names are faults too, since a typo is one. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const faults: string[] = [];
  const values: Partial<Record<Name, unknown>> = {};
  for (const [name, { default: initial, read }] of Object.entries(variables)) {
    const given = environment[name];
    const result = read(given === undefined || given === '' ? initial : given);
    if ('fault' in result) faults.push(`${name}=${JSON.stringify(given)}: ${result.fault}`);
    else values[name as Name] = result.value;
  }
  const ofServers = { ...serverVariables(contextNames), ...mercadoPagoVariables };
  const isServerVariable = (name: string): boolean =>
    name in ofServers || ofServers[name.replace(/_FILE$/, '')]?.isSecret === true;
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('PLAZA_') || name in statusVariables) continue;
    if (!(name in variables) && !isServerVariable(name)) faults.push(`${name}: no such setting`);
  }
  const isDistributed = values.PLATFORM === 'distributed';
  // In one process nobody else would do the rest.
  if (values.PLATFORM === 'embedded' && values.TARGET !== undefined && values.TARGET !== 'all')
    faults.push('TARGET: runs everything unless PLATFORM=distributed says where the rest is');
  const { PLAZA_PASSKEY_ORIGINS: origins = [], PLAZA_PUBLIC_URL: publicUrl } =
    values as Partial<Values>;
  const foreign = findForeignOrigin(origins, publicUrl);
  if (foreign !== undefined)
    faults.push(`PLAZA_PASSKEY_ORIGINS: ${foreign} is not of the domain of PLAZA_PUBLIC_URL`);
  const isWeb = values.TARGET === webTarget;
  if (isWeb && (values as Partial<Values>).PLAZA_API_URL === undefined)
    faults.push('PLAZA_API_URL: is missing; TARGET=web asks the API there');
  const servers = isWeb
    ? readServersOfWeb(environment, faults)
    : isDistributed
      ? readServers(environment, contextNames, contextsOf(String(values.TARGET)), faults)
      : undefined;
  const mercadoPago = readMercadoPago(environment, faults);
  if (faults.length > 0) throw new ConfigError(faults);

  const known = values as Values;
  return {
    target: known.TARGET,
    platform: known.PLATFORM,
    servers,
    host: known.PLAZA_HOST,
    port: known.PLAZA_PORT,
    dataDirectory: known.PLAZA_DATA,
    filesDirectory: known.PLAZA_FILES ?? join(known.PLAZA_DATA, 'files'),
    logLevel: known.PLAZA_LOG_LEVEL,
    publicUrl: known.PLAZA_PUBLIC_URL,
    apiUrl: known.PLAZA_API_URL,
    currency: known.PLAZA_CURRENCY,
    taxJurisdiction: known.PLAZA_TAX_JURISDICTION,
    language: known.PLAZA_LANGUAGE,
    drainSeconds: known.PLAZA_DRAIN_SECONDS,
    isInMaintenance: known.PLAZA_MAINTENANCE,
    corsOrigins: known.PLAZA_CORS_ORIGINS,
    trustedProxies: known.PLAZA_TRUSTED_PROXIES,
    requestsPerMinute: known.PLAZA_REQUESTS_PER_MINUTE,
    signInsPerMinute: known.PLAZA_SIGN_INS_PER_MINUTE,
    paymentWindowMinutes: known.PLAZA_PAYMENT_WINDOW_MINUTES,
    payoutRail: known.PLAZA_PAYOUT_RAIL,
    payoutSchedule: known.PLAZA_PAYOUT_SCHEDULE,
    payoutMinimum: known.PLAZA_PAYOUT_MINIMUM,
    twoAdminsAbove: known.PLAZA_TWO_ADMINS_ABOVE,
    timeZone: known.PLAZA_TIME_ZONE,
    requiresShipping: known.PLAZA_REQUIRES_SHIPPING,
    accessTokenMinutes: known.PLAZA_ACCESS_TOKEN_MINUTES,
    secondFactor: known.PLAZA_SECOND_FACTOR,
    passkeyOrigins: known.PLAZA_PASSKEY_ORIGINS,
    smtpUrl: known.PLAZA_SMTP_URL,
    mailFrom: known.PLAZA_MAIL_FROM,
    withDemo: known.PLAZA_DEMO,
    mercadoPago,
  };
};
