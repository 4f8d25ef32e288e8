import { readSecretValue } from './config-servers.ts';

/** How this installation is connected to Mercado Pago. */
export type MercadoPagoConfig = Readonly<{
  accessToken: string;
  webhookSecret: string;
  baseUrl: string;
  isLive: boolean;
  /** Our application, by which sellers link their own accounts; undefined: they cannot. */
  application:
    | Readonly<{ clientId: string; clientSecret: string; authorizationUrl: string }>
    | undefined;
  /** Whether an order of one seller with a linked account is charged to that account, less our fee. */
  isSplitting: boolean;
}>;

type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'PLAZA_MERCADOPAGO_';
const defaultBaseUrl = 'https://api.mercadopago.com';
const defaultAuthorizationUrl = 'https://auth.mercadopago.com/authorization';

/** The variables of Mercado Pago; those that hold a secret are also read from `<name>_FILE`. */
export const mercadoPagoVariables: Readonly<
  Record<string, Readonly<{ meaning: string; isSecret: boolean }>>
> = {
  [`${prefix}ACCESS_TOKEN`]: {
    meaning: 'of the account that collects; without it there is only the sandbox',
    isSecret: true,
  },
  [`${prefix}WEBHOOK_SECRET`]: {
    meaning: 'of "Your integrations → Webhooks"; required with the token',
    isSecret: true,
  },
  [`${prefix}MODE`]: {
    meaning: '`live` or `test`: charges of the other mode are none of ours; default live',
    isSecret: false,
  },
  [`${prefix}CLIENT_ID`]: {
    meaning: 'of your application; with its secret sellers can link their own accounts',
    isSecret: false,
  },
  [`${prefix}CLIENT_SECRET`]: {
    meaning: 'of your application; required with its id',
    isSecret: true,
  },
  [`${prefix}SPLIT`]: {
    meaning:
      '`on`: an order of one seller who linked an account is charged to that account, less your commission; default off',
    isSecret: false,
  },
  [`${prefix}AUTHORIZATION_URL`]: {
    meaning: `another page where sellers agree; default ${defaultAuthorizationUrl}`,
    isSecret: false,
  },
  [`${prefix}BASE_URL`]: {
    meaning: `another address of the API, such as that of the simulator; default ${defaultBaseUrl}`,
    isSecret: false,
  },
};

/** Far from this machine everything is encrypted. */
const urlFault = (text: string): string | undefined => {
  if (!URL.canParse(text)) return 'must be a URL';
  const { protocol, hostname, username, search, hash } = new URL(text);
  if (username !== '' || search !== '' || hash !== '') return 'must be an address and nothing else';
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol === 'https:' || (protocol === 'http:' && isLocal)) return undefined;
  return 'must begin with https://';
};

/** No fault ever quotes a secret. */
const secretFault = (value: string, least: number): string | undefined => {
  if (value.length < least) return `is shorter than ${least} characters`;
  return /^[\x21-\x7e]+$/.test(value) ? undefined : 'has characters that no secret has';
};

/** Undefined where Mercado Pago is not configured; every wrong value is a fault. */
export const readMercadoPago = (
  environment: Environment,
  faults: string[],
): MercadoPagoConfig | undefined => {
  const plain = (name: string): string => (environment[prefix + name] ?? '').trim();
  const secret = (name: string): string => readSecretValue(environment, prefix + name, faults);
  const accessToken = secret('ACCESS_TOKEN');
  const webhookSecret = secret('WEBHOOK_SECRET');
  const clientId = plain('CLIENT_ID');
  const clientSecret = secret('CLIENT_SECRET');
  const authorizationUrl = plain('AUTHORIZATION_URL') || defaultAuthorizationUrl;
  const mode = plain('MODE') || 'live';
  const baseUrl = plain('BASE_URL') || defaultBaseUrl;
  const split = plain('SPLIT') || 'off';
  const fault = (name: string, what: string | undefined): void => {
    if (what !== undefined) faults.push(`${prefix}${name}: ${what}`);
  };
  const isGiven = Object.keys(mercadoPagoVariables).some(
    (name) => (environment[name] ?? '') !== '' || (environment[`${name}_FILE`] ?? '') !== '',
  );
  if (!isGiven) return undefined;
  fault('ACCESS_TOKEN', accessToken === '' ? 'is missing' : secretFault(accessToken, 16));
  fault(
    'WEBHOOK_SECRET',
    webhookSecret === ''
      ? 'is missing: without it anybody could sign a notification'
      : secretFault(webhookSecret, 16),
  );
  fault('BASE_URL', urlFault(baseUrl));
  fault('AUTHORIZATION_URL', urlFault(authorizationUrl));
  if (clientId !== '' && !/^\w{1,64}$/.test(clientId)) fault('CLIENT_ID', 'is no id');
  if (clientSecret !== '') fault('CLIENT_SECRET', secretFault(clientSecret, 16));
  if (clientId !== '' && clientSecret === '') fault('CLIENT_SECRET', 'is missing');
  if (clientId === '' && clientSecret !== '') fault('CLIENT_ID', 'is missing');
  if (split !== 'on' && split !== 'off') fault('SPLIT', 'must be on or off');
  if (split === 'on' && clientId === '')
    fault('SPLIT', 'is on, and sellers cannot link accounts: CLIENT_ID is missing');
  if (mode !== 'live' && mode !== 'test') fault('MODE', 'must be live or test');
  if (accessToken.startsWith('TEST-') && mode === 'live')
    fault('MODE', 'is live, and the access token is one for tests');
  return {
    accessToken,
    webhookSecret,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    isLive: mode === 'live',
    application: clientId === '' ? undefined : { clientId, clientSecret, authorizationUrl },
    isSplitting: split === 'on',
  };
};
