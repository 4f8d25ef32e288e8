/** The cookies of a request, by name; the first of a name counts. */
export const readCookies = (header: string | undefined): ReadonlyMap<string, string> => {
  const cookies = new Map<string, string>();
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const name = part.slice(0, at).trim();
    if (!cookies.has(name)) cookies.set(name, part.slice(at + 1).trim());
  }
  return cookies;
};

/** Of a seller who is away to agree that an account is linked: the API's own, which the browser brings back. */
export const linkingCookie = 'plaza_link';

export type CookieOptions = Readonly<{
  /** Undefined: until the browser is closed; 0 removes it. */
  maxAgeSeconds?: number;
  isSecure: boolean;
  /** A preference that scripts of the page set too. */
  isReadable?: boolean;
}>;

/** A `Set-Cookie` for the whole site, sent along to it by its own pages and by links to it. */
export const writeCookie = (name: string, value: string, options: CookieOptions): string =>
  [
    `${name}=${value}`,
    'Path=/',
    'SameSite=Lax',
    ...(options.isReadable ? [] : ['HttpOnly']),
    ...(options.isSecure ? ['Secure'] : []),
    ...(options.maxAgeSeconds === undefined ? [] : [`Max-Age=${options.maxAgeSeconds}`]),
  ].join('; ');
