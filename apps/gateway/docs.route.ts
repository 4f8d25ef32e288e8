import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import { statusOf } from '#shared/http/problem-details.ts';
import { errorCatalogue, type ErrorEntry } from '#shared/kernel/errors.ts';
import { docsMessages, type DocsLanguage } from './docs-messages.ts';
import {
  docsPaths,
  escapeHtml,
  json,
  languageOf,
  linkList,
  readTypeface,
  sendDocsPage,
} from './docs-page.ts';
import { spanishTextOf } from './docs-events-es.ts';
import { readEventTypes, type EventType } from './event-types.ts';

const options = { config: { access: 'public' }, schema: { hide: true } } as const;
const root = join(import.meta.dirname, '../..');

/** What people are told of each failure, in the words of the pages. */
const wordsOf = (language: DocsLanguage): Readonly<Record<string, string>> =>
  JSON.parse(
    readFileSync(join(root, `apps/web/client/api/messages/${language}.json`), 'utf8'),
  ) as Record<string, string>;

const createWords = () => {
  const known = new Map<DocsLanguage, Readonly<Record<string, string>>>();
  return (language: DocsLanguage, { code, title }: ErrorEntry): string => {
    const words = known.get(language) ?? wordsOf(language);
    known.set(language, words);
    const said = words[`problem.${code}`];
    // A message with places in it is for the page that knows what fills them.
    return said === undefined || said.includes('{') ? title : said;
  };
};

const references = { en: 'cli.md', es: 'cli.es.md' } as const;

/** Each command with what it does, out of the reference that is made from the program itself. */
export const readCommands = (
  language: DocsLanguage,
): readonly Readonly<{ name: string; text: string }>[] =>
  [
    ...readFileSync(join(root, `docs/reference/${references[language]}`), 'utf8').matchAll(
      /^\| `(plaza [^`]+)` \| `([^`]+)` \| ([^|]+) \|/gm,
    ),
  ].map(([, en, es, text]) => ({ name: language === 'es' ? es! : en!, text: text! }));

const eventBody = (event: EventType, language: DocsLanguage): string => {
  const say = docsMessages[language];
  const takers =
    event.consumers.length === 0
      ? escapeHtml(say.nobody)
      : event.consumers.map((name) => `<code>${escapeHtml(name)}</code>`).join('<br>');
  // A contract speaks of itself in English, as code does.
  const spanish = language === 'es' ? spanishTextOf(event.type) : undefined;
  const text = spanish ?? event.description;
  const tag = spanish === undefined && language === 'es' ? '<p lang="en">' : '<p>';
  const description = text === '' ? '' : `${tag}${escapeHtml(text)}</p>`;
  return `${description}
<dl><dt>${escapeHtml(say.toldBy)}</dt><dd><code>${escapeHtml(event.owner)}</code></dd>
<dt>${escapeHtml(say.takenBy)}</dt><dd>${takers}</dd></dl>
<h2>${escapeHtml(say.example)}</h2>${json(event.example, say.example)}
<h2>${escapeHtml(say.schema)}</h2>${json(event.schema, say.schema)}
<p>${escapeHtml(say.envelope)}</p>`;
};

const errorBody = (
  { code, kind, title }: ErrorEntry,
  words: string,
  language: DocsLanguage,
): string => {
  const say = docsMessages[language];
  const status = statusOf[kind];
  const example = {
    type: `/docs/errors/${code}`,
    title,
    status,
    code,
    request_id: '0199f3a2-7b1c-7d7e-8a55-0242ac120002',
  };
  const advice = [
    ...(kind === 'invalid' || kind === 'malformed' ? [say.fieldErrors] : []),
    ...(kind === 'unavailable' || kind === 'too_many' ? [say.retryText] : []),
    say.supportText,
  ];
  return `<p>${escapeHtml(words)}</p>
<dl><dt>${escapeHtml(say.code)}</dt><dd><code>${escapeHtml(code)}</code></dd>
<dt>${escapeHtml(say.status)}</dt><dd>${status}</dd></dl>
<h2>${escapeHtml(say.shape)}</h2>${json(example, say.shape)}
${advice.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')}`;
};

/** The pages for developers beside the reference: what there is, events, errors, commands. */
export const docsRoutes: FastifyPluginAsync = async (app) => {
  const words = createWords();
  const typeface = readTypeface();
  app.get('/docs/archivo.woff2', options, (_request, reply) =>
    reply.header('cache-control', 'public, max-age=86400').type('font/woff2').send(typeface),
  );
  app.get('/docs', options, (request, reply) => {
    const language = languageOf(request);
    const say = docsMessages[language];
    const paths = docsPaths[language];
    return sendDocsPage(
      reply,
      language,
      say.title,
      `<p>${escapeHtml(say.intro)}</p>${linkList([
        { to: '/docs/api/', name: say.api, text: say.apiText },
        { to: '/openapi.json', name: say.openapi, text: say.openapiText },
        { to: paths.events, name: say.events, text: say.eventsText },
        { to: paths.errors, name: say.errors, text: say.errorsText },
        { to: '/docs/webhooks', name: say.webhooks, text: say.webhooksText },
        { to: '/docs/cli', name: say.cli, text: say.cliText },
      ])}`,
    );
  });
  app.get('/docs/webhooks', options, (request, reply) => {
    const language = languageOf(request);
    const say = docsMessages[language];
    const body = say.webhooksBody.map((text) => `<p>${escapeHtml(text)}</p>`).join('');
    return sendDocsPage(reply, language, say.webhooks, body);
  });
  app.get('/docs/cli', options, (request, reply) => {
    const language = languageOf(request);
    const say = docsMessages[language];
    const commands = readCommands(language)
      .map(
        ({ name, text }) =>
          `<li><code>${escapeHtml(name)}</code><span>${escapeHtml(text)}</span></li>`,
      )
      .join('');
    const body = `<p>${escapeHtml(say.cliIntro)}</p><ul>${commands}</ul>`;
    return sendDocsPage(reply, language, say.cli, body);
  });

  for (const path of [docsPaths.es.events, docsPaths.en.events]) {
    app.get(path, options, async (request, reply) => {
      const language = languageOf(request);
      const say = docsMessages[language];
      const items = (await readEventTypes()).map(({ type, owner, consumers }) => ({
        to: `${docsPaths[language].events}/${type}`,
        name: type,
        text: `${owner} → ${[...new Set(consumers.map((name) => name.split('.', 1)[0]!))].join(', ') || say.nobody}`,
      }));
      const body = `<p>${escapeHtml(say.eventsText)}</p>${linkList(items)}`;
      return sendDocsPage(reply, language, say.events, body);
    });
    app.get<{ Params: { type: string } }>(`${path}/:type`, options, async (request, reply) => {
      const event = (await readEventTypes()).find(({ type }) => type === request.params.type);
      if (!event) throw httpError('not_found');
      const language = languageOf(request);
      return sendDocsPage(reply, language, event.type, eventBody(event, language));
    });
  }
  for (const path of [docsPaths.es.errors, docsPaths.en.errors]) {
    app.get(path, options, (request, reply) => {
      const language = languageOf(request);
      const say = docsMessages[language];
      const items = errorCatalogue().map((entry) => ({
        to: `${docsPaths[language].errors}/${entry.code}`,
        name: entry.code,
        text: `${statusOf[entry.kind]} · ${words(language, entry)}`,
      }));
      const body = `<p>${escapeHtml(say.errorsText)}</p>${linkList(items)}`;
      return sendDocsPage(reply, language, say.errors, body);
    });
    app.get<{ Params: { code: string } }>(`${path}/:code`, options, (request, reply) => {
      const entry = errorCatalogue().find(({ code }) => code === request.params.code);
      if (!entry) throw httpError('not_found');
      const language = languageOf(request);
      const body = errorBody(entry, words(language, entry), language);
      return sendDocsPage(reply, language, entry.code, body);
    });
  }
};
