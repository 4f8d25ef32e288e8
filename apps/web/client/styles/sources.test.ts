import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

type Rule = Readonly<{
  what: string;
  files: string;
  pattern: RegExp;
  /** What the pattern must find, so that it is seen to find something. */
  sample: string;
  /** Where it is as it should be, and why. */
  exceptions?: Readonly<Record<string, string>>;
}>;

const code = 'apps/web/{client,server}/**/*.{ts,tsx}';
const components = 'apps/web/client/**/*.tsx';

const rules: readonly Rule[] = [
  {
    what: 'pictures made of letters, which not every font has',
    files: 'apps/web/{client,server}/**/*.{ts,tsx,css,json}',
    pattern: /\p{Emoji_Presentation}|\uFE0F/u,
    sample: '✅',
  },
  {
    what: 'numbers and dates in whatever language the machine has',
    files: code,
    pattern: /\.toLocale(?:Date|Time)?String\(\s*\)|new Intl\.\w+\(\s*(?:\)|undefined\b|\[\])/,
    sample: 'total.toLocaleString()',
  },
  {
    what: 'colours outside of the tokens',
    files: components,
    pattern:
      /#[\da-fA-F]{6}\b|\brgba?\(|\b(?:bg|text|border|ring|fill|stroke)-(?:white|black|(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|pink|rose)-\d+)\b/,
    sample: 'className="bg-indigo-500"',
    exceptions: {
      'apps/web/client/admin/settings/shop.tsx':
        'what a shop that has chosen no colour begins with',
    },
  },
  {
    what: 'a ring of the focus that is taken away',
    files: 'apps/web/client/**/*.{tsx,css}',
    pattern: /outline-(?:none|hidden|0)\b|outline:\s*(?:none|0)\b/,
    sample: 'input { outline: none }',
    exceptions: {
      'apps/web/client/styles/base.css':
        'titles take the focus of a new page, and no key leads there',
    },
  },
  {
    what: 'text of somebody that is taken as a page',
    files: components,
    pattern: /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML/,
    sample: 'node.innerHTML = text',
  },
  {
    what: 'what opens an account, kept where each script can read it',
    files: 'apps/web/client/**/*.{ts,tsx}',
    pattern: /(?:local|session)Storage[^;\n]*(?:token|secret|password|session(?!Storage))/i,
    sample: "localStorage.setItem('access_token', token)",
  },
  {
    what: 'buttons that cannot be pressed because of what was typed',
    files: components,
    pattern: /disabled=\{!(?:is)?(?:valid|complete|filled)/i,
    sample: '<Button disabled={!isValid}>',
  },
  {
    what: 'fields that keep what completes and pastes out',
    files: components,
    pattern: /onPaste=\{[^}]*preventDefault|type="password"[^>]*autoComplete="off"/,
    sample: '<input onPaste={(event) => event.preventDefault()} />',
  },
  {
    what: 'a dark theme that is the light one turned over, or blurred glass',
    files: 'apps/web/client/**/*.{tsx,css}',
    pattern: /\bbackdrop-blur|filter:\s*invert|(?<![-\w])invert(?![-\w])(?=[ "'])/,
    sample: '.dark { filter: invert(1) }',
  },
];

const find = ({ files, pattern, exceptions = {} }: Rule): readonly string[] =>
  globSync(files)
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.test\.ts$|\.d\.ts$/.test(path) && exceptions[path] === undefined)
    .flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])),
    );

describe('the sources of the pages have no', () => {
  for (const rule of rules)
    it(rule.what, () => {
      assert.match(rule.sample, rule.pattern);
      assert.ok(globSync(rule.files).length > 50);
      assert.deepEqual(find(rule), []);
    });
});

/** Words that are in each longer text of a language, and in none of the other. */
const common = {
  es: /\b(?:el|los|las|una|del|para|con|que|por|está|más|pero|cuando|este|esta)\b/i,
  en: /\b(?:the|and|with|your|you|of|this|that|from|when|which|have|been|cannot)\b/i,
} as const;
const catalogues = globSync('apps/web/client/*/messages/*.json').map((path) => {
  const language = path.endsWith('/es.json') ? ('es' as const) : ('en' as const);
  return {
    path,
    language,
    messages: JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>,
  };
});
/** Without the names of places, and what is written as code. */
const proseOf = (message: string): string =>
  message.replaceAll(
    /\{\w+(?:, *\w+, *)?|\b(?:one|other|many|plural|select)\b|<\w+>[^<]*<\/\w+>/g,
    ' ',
  );

describe('the words of the pages', () => {
  it('are in one language each', () => {
    assert.ok(catalogues.length >= 16, `only ${catalogues.length} catalogues`);
    const strange = catalogues.flatMap(({ path, language, messages }) =>
      Object.entries(messages)
        .filter(([, text]) => common[language === 'es' ? 'en' : 'es'].test(proseOf(text)))
        .map(([key, text]) => `${path} ${key}: ${text}`),
    );
    assert.deepEqual(strange, []);
    assert.match(proseOf('This cannot be paid with your card.'), common.en);
  });

  it('speak plainly, and say how it is without applause', () => {
    const tone = /¡Ups|exitosamente|con éxito|\bOops|successfully|\bplease\b|por favor|\.\.\./i;
    const loud = catalogues.flatMap(({ path, messages }) =>
      Object.entries(messages)
        .filter(([, text]) => tone.test(text))
        .map(([key, text]) => `${path} ${key}: ${text}`),
    );
    assert.deepEqual(loud, []);
    assert.match('Guardado exitosamente', tone);
  });

  it('open in Spanish what they close', () => {
    const half = catalogues
      .filter(({ language }) => language === 'es')
      .flatMap(({ path, messages }) =>
        Object.entries(messages)
          .filter(
            ([, text]) =>
              text.split('¿').length !== text.split('?').length ||
              text.split('¡').length !== text.split('!').length,
          )
          .map(([key, text]) => `${path} ${key}: ${text}`),
      );
    assert.deepEqual(half, []);
  });
});
