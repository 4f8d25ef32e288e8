/** Resources that are also served without the version: `/products`, `/api/products`. */
const aliased = 'auth|products|categories|cart|orders|payments|users|admin';
const bare = new RegExp(`^/(?:api/)?(${aliased})(?=[/?]|$)`);
const unversioned = /^\/api\/(?!v\d+(?:[/?]|$))([^/?]+)/;

/** The address inside of an address outside (api.md): aliases become the current version. */
export const rewriteUrl = (url: string): string => {
  if (url.startsWith('/api/v1/')) return url;
  const found = bare.exec(url) ?? unversioned.exec(url);
  return found ? `/api/v1/${found[1]}${url.slice(found[0].length)}` : url;
};

/** The one alias that is a page of people too: the back office. */
const backOffice = /^\/admin(?=[/?]|$)/;

/** The link of the first administrator, which identity answers where there are no pages. */
const setupLink = /^\/(?:instalar|setup)(?=\/[^/?]+)/;

/** As `rewriteUrl`, where pages are served too: a browser that opens `/admin` means its page. */
export const rewriteUrlBesidePages = (url: string, accept: string | undefined): string => {
  if (!/\btext\/html\b/.test(accept ?? '')) return rewriteUrl(url);
  if (setupLink.test(url)) return `/web${url}`;
  return backOffice.test(url) ? url : rewriteUrl(url);
};
