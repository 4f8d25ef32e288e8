import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dnsPrefix } from './discovery.ts';
import type { ContextName } from './module.ts';
import type { Keys } from './secret.ts';

/** Where the servers of a distributed installation are, as far as this process needs them. */
export type Servers = Readonly<{
  /** As the context's own role, which may use its tables and not alter them. */
  databaseUrls: ReadonlyMap<ContextName, string>;
  /** As their owner, who may. Without one the schema must be there: it is checked, never changed. */
  ownerDatabaseUrls: ReadonlyMap<ContextName, string>;
  rabbitmqUrl: string;
  redisUrl: string;
  /** Before each of its keys and channels there. */
  redisPrefix: string;
  /** Base addresses where each context answers HTTP; `dns+http://…` is to be looked up. */
  serviceUrls: ReadonlyMap<ContextName, readonly string[]>;
  /** The same for every process: keys are derived from the first; what the others made is still taken. */
  secrets: Keys;
}>;

type Environment = Readonly<Record<string, string | undefined>>;

const secretBytesLeast = 32;

const databaseName = (context: ContextName): string =>
  `PLAZA_${context.toUpperCase()}_DATABASE_URL`;
const ownerDatabaseName = (context: ContextName): string =>
  `PLAZA_${context.toUpperCase()}_OWNER_DATABASE_URL`;

/**
 * The variables of a distributed installation and what they mean. Those that hold a secret are also
 * read from the file that `<name>_FILE` names, as container platforms mount them.
 */
export const serverVariables = (
  contexts: readonly ContextName[],
): Readonly<Record<string, Readonly<{ meaning: string; isSecret: boolean }>>> => ({
  PLAZA_SECRET: {
    meaning: 'at least 32 random bytes in base64url, the same for all processes',
    isSecret: true,
  },
  PLAZA_PREVIOUS_SECRET: {
    meaning: 'secrets that still open what they sealed, with spaces or on lines of their own',
    isSecret: true,
  },
  PLAZA_RABBITMQ_URL: { meaning: 'the broker, with user and password', isSecret: true },
  PLAZA_REDIS_URL: { meaning: 'Redis, with its password; rediss:// for TLS', isSecret: true },
  PLAZA_REDIS_PREFIX: {
    meaning: "begins this installation's keys in a shared Redis; default plaza",
    isSecret: false,
  },
  PLAZA_SERVICES: {
    meaning:
      'where contexts answer: orders=http://host:port, with commas; one may stand twice; dns+http:// is every address that the name has, looked up every 5 s',
    isSecret: false,
  },
  ...Object.fromEntries(
    contexts.flatMap((context) => [
      [
        databaseName(context),
        { meaning: `database of ${context}, as its own role`, isSecret: true },
      ],
      [
        ownerDatabaseName(context),
        { meaning: `the same as its owner, who migrates at start`, isSecret: true },
      ],
    ]),
  ),
});

/** The value of a variable, or of the file that its `_FILE` names. Both at once are a fault. */
export const readSecretValue = (
  environment: Environment,
  name: string,
  faults: string[],
): string => {
  const given = environment[name] ?? '';
  const path = environment[`${name}_FILE`] ?? '';
  if (path === '') return given;
  if (given !== '') {
    faults.push(`${name} and ${name}_FILE: give one of them`);
    return '';
  }
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    faults.push(`${name}_FILE=${JSON.stringify(path)}: ${(error as Error).message}`);
    return '';
  }
};

/** No fault ever quotes the value: it holds a password. */
const checkUrl = (name: string, value: string, protocols: readonly string[]): string[] => {
  if (value === '') return [`${name}: is missing; ${name}_FILE may name a file instead`];
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
    return [
      `${name}: must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    ];
  const { password } = new URL(value);
  if (password === '') return [`${name}: has no password`];
  const weak = ['guest', 'postgres', 'password', 'plaza', 'admin', 'changeme', 'secret'];
  return weak.includes(decodeURIComponent(password).toLowerCase())
    ? [`${name}: has a password that everybody tries first`]
    : [];
};

const toSecret = (name: string, text: string, faults: string[]): Buffer => {
  const secret = Buffer.from(text, 'base64url');
  if (secret.length < secretBytesLeast)
    faults.push(
      `${name}: must be at least ${secretBytesLeast} bytes in base64url (openssl rand -base64 32)`,
    );
  else if (new Set(secret).size < 8) faults.push(`${name}: is not random`);
  return secret;
};

/** The one that counts, and those that it replaces. */
const readSecrets = (environment: Environment, faults: string[]): Keys => {
  const current = toSecret(
    'PLAZA_SECRET',
    readSecretValue(environment, 'PLAZA_SECRET', faults),
    faults,
  );
  const name = 'PLAZA_PREVIOUS_SECRET';
  const former = readSecretValue(environment, name, faults)
    .split(/\s+/)
    .filter((text) => text !== '')
    .map((text) => toSecret(name, text, faults));
  if (former.some((secret) => secret.equals(current)))
    faults.push(`${name}: is PLAZA_SECRET itself`);
  return [current, ...former];
};

/** What is wrong with an address of a service; undefined: nothing. */
const addressFault = (address: string): string | undefined => {
  const isByName = address.startsWith(dnsPrefix);
  const url = isByName ? address.slice(dnsPrefix.length) : address;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol))
    return 'is not <context>=<http address>';
  if (parsed.username || parsed.pathname !== '/' || parsed.search || parsed.hash)
    return 'must end behind the port';
  if (!isByName) return undefined;
  // Addresses that DNS gives have no certificate that names them.
  if (parsed.protocol !== 'http:') return `must be ${dnsPrefix}http://, or https:// with one name`;
  return isIP(parsed.hostname.replace(/^\[|\]$/g, '')) ? 'has no name to look up' : undefined;
};

const readServices = (
  environment: Environment,
  contexts: readonly ContextName[],
  faults: string[],
): ReadonlyMap<ContextName, readonly string[]> => {
  const services = new Map<ContextName, string[]>();
  for (const item of (environment['PLAZA_SERVICES'] ?? '').split(',')) {
    if (item.trim() === '') continue;
    const [name, ...rest] = item.trim().split('=');
    const url = rest.join('=');
    const context = contexts.find((known) => known === name);
    const fault = context ? addressFault(url) : 'is not <context>=<http address>';
    if (!context || fault !== undefined) {
      faults.push(`PLAZA_SERVICES: ${JSON.stringify(item)} ${fault}`);
      continue;
    }
    const known = services.get(context) ?? [];
    known.push(url.replace(/\/$/, ''));
    services.set(context, known);
  }
  return services;
};

const readRedisPrefix = (environment: Environment, faults: string[]): string => {
  const prefix = environment['PLAZA_REDIS_PREFIX'] || 'plaza';
  if (!/^[a-z0-9-]{1,40}$/.test(prefix))
    faults.push('PLAZA_REDIS_PREFIX: must be 1 to 40 of a-z, 0-9 and -');
  return prefix;
};

/**
 * Reads what `PLATFORM=distributed` needs to run the contexts `here`; faults are added to `faults`,
 * so that one start names them all.
 */
export const readServers = (
  environment: Environment,
  contexts: readonly ContextName[],
  here: readonly ContextName[],
  faults: string[],
): Servers => {
  const databaseUrls = new Map<ContextName, string>();
  const ownerDatabaseUrls = new Map<ContextName, string>();
  const postgres = ['postgres:', 'postgresql:'];
  for (const context of here) {
    const url = readSecretValue(environment, databaseName(context), faults);
    faults.push(...checkUrl(databaseName(context), url, postgres));
    databaseUrls.set(context, url);
    const ownerUrl = readSecretValue(environment, ownerDatabaseName(context), faults);
    if (ownerUrl === '') continue;
    faults.push(...checkUrl(ownerDatabaseName(context), ownerUrl, postgres));
    ownerDatabaseUrls.set(context, ownerUrl);
  }
  const redisUrl = readSecretValue(environment, 'PLAZA_REDIS_URL', faults);
  faults.push(...checkUrl('PLAZA_REDIS_URL', redisUrl, ['redis:', 'rediss:']));
  // A gateway runs no context: it needs no broker, and no secret to derive keys from.
  const isGateway = here.length === 0;
  const rabbitmqUrl = readSecretValue(environment, 'PLAZA_RABBITMQ_URL', faults);
  if (!isGateway) faults.push(...checkUrl('PLAZA_RABBITMQ_URL', rabbitmqUrl, ['amqp:', 'amqps:']));
  const serviceUrls = readServices(environment, contexts, faults);
  const missing = contexts.filter((name) => !here.includes(name) && !serviceUrls.has(name));
  if (missing.length > 0)
    faults.push(`PLAZA_SERVICES: says nothing of ${missing.join(', ')}, which do not run here`);
  return {
    databaseUrls,
    ownerDatabaseUrls,
    rabbitmqUrl,
    redisUrl,
    redisPrefix: readRedisPrefix(environment, faults),
    serviceUrls,
    secrets: isGateway ? [Buffer.alloc(0)] : readSecrets(environment, faults),
  };
};

/** What the web server needs of it: the secret, and nothing that holds data. */
export const readServersOfWeb = (environment: Environment, faults: string[]): Servers => ({
  databaseUrls: new Map(),
  ownerDatabaseUrls: new Map(),
  rabbitmqUrl: '',
  redisUrl: '',
  redisPrefix: '',
  serviceUrls: new Map(),
  secrets: readSecrets(environment, faults),
});
