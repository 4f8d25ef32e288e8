import { createServer } from 'node:http';
import type { Config } from '#shared/platform/config.ts';
import { catalogues, type Language } from './language.ts';

const againMs = 50;
const refreshSeconds = 2;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? '&quot;');

const style = `:root{color-scheme:light dark}body{margin:0;display:grid;min-height:100vh;place-content:center;
justify-items:center;padding:16px;text-align:center;font:16px/24px system-ui,sans-serif;background:#F6F7F9;color:#151A21}
h1{font-size:26px;line-height:32px;margin:0 0 8px}p{margin:0;max-width:42ch;color:#4B5563}
@media (prefers-color-scheme:dark){body{background:#0F1419;color:#E8EDF2}p{color:#A9B4C0}}`;

const pageIn = (language: Language): string => {
  const { holding } = catalogues[language];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${refreshSeconds}"><title>${escapeHtml(holding.title)}</title><style>${style}</style></head>
<body><main role="status"><h1>${escapeHtml(holding.title)}</h1><p>${escapeHtml(holding.text)}</p></main></body></html>
`;
};

/** The language that the shop's own pages would have, as far as this can tell. */
const languageOf = (cookie: string, accept: string, fallback: Language): Language => {
  const [, chosen] =
    /(?:^|;\s*)plaza_language=(es|en)/.exec(cookie) ?? /^(es|en)\b/.exec(accept) ?? [];
  return (chosen as Language | undefined) ?? fallback;
};

/**
 * Answers at the address of a shop that is away for some seconds, as soon as that has left it. People
 * see what happens, and come back by themselves; programs are told when to.
 */
export const holdAddress = (
  { host, port, language }: Pick<Config, 'host' | 'port' | 'language'>,
  isOver = { now: false },
): (() => Promise<void>) => {
  const server = createServer((request, response) => {
    const { cookie = '', accept = '', 'accept-language': accepted = '' } = request.headers;
    const common = {
      'cache-control': 'no-store',
      'retry-after': String(refreshSeconds),
      connection: 'close',
    };
    if (!accept.includes('text/html')) {
      response.writeHead(503, { ...common, 'content-type': 'application/problem+json' });
      response.end(
        JSON.stringify({ title: 'The shop begins anew.', status: 503, code: 'http.unavailable' }),
      );
      return;
    }
    response.writeHead(503, { ...common, 'content-type': 'text/html; charset=utf-8' });
    response.end(pageIn(languageOf(cookie, accepted, language)));
  });
  const listen = (): void => {
    if (!isOver.now) server.listen({ host, port });
  };
  server.on('error', () => void setTimeout(listen, againMs).unref());
  listen();
  return async () => {
    isOver.now = true;
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
};
