const quote = 34;
const backslash = 92;
const depthMax = 1_000;

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (/[ \t\n\r]/.test(text.charAt(at))) at += 1;
  return at;
};

/** Whether the name of a member is written with an escape: a string with one, before a colon. */
export const hasEscapedName = (text: string): boolean => {
  if (!text.includes('\\')) return false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    let isEscaped = false;
    for (at += 1; at < text.length && text.charCodeAt(at) !== quote; at++)
      if (text.charCodeAt(at) === backslash) {
        isEscaped = true;
        at += 1;
      }
    if (isEscaped && text.charAt(skipSpace(text, at + 1)) === ':') return true;
  }
  return false;
};

/** Reads text that is known to be JSON, and gives each string to `JSON.parse` by itself. */
const createReader = (text: string): (() => unknown) => {
  let at = 0;
  const token = (pattern: RegExp): unknown => {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text)!;
    at += found.length;
    return JSON.parse(found);
  };
  const string = (): string => {
    let end = at + 1;
    while (text.charCodeAt(end) !== quote) end += text.charCodeAt(end) === backslash ? 2 : 1;
    const found = JSON.parse(text.slice(at, end + 1)) as string;
    at = end + 1;
    return found;
  };
  /** Past a mark and the space around it. */
  const pass = (): void => {
    at = skipSpace(text, at + 1);
  };
  const space = (): void => {
    at = skipSpace(text, at);
  };
  const members = (depth: number): object => {
    const made = {};
    pass();
    while (text.charAt(at) !== '}') {
      if (text.charAt(at) === ',') pass();
      const name = string();
      space();
      pass();
      const item = value(depth);
      // As JSON.parse does: a name like any other, whatever it is.
      Object.defineProperty(made, name, {
        value: item,
        enumerable: true,
        writable: true,
        configurable: true,
      });
      space();
    }
    at += 1;
    return made;
  };
  const items = (depth: number): readonly unknown[] => {
    const made: unknown[] = [];
    pass();
    while (text.charAt(at) !== ']') {
      if (text.charAt(at) === ',') pass();
      made.push(value(depth));
      space();
    }
    at += 1;
    return made;
  };
  const value = (depth: number): unknown => {
    if (depth > depthMax) throw new SyntaxError('JSON is nested too deeply');
    space();
    switch (text.charAt(at)) {
      case '{':
        return members(depth + 1);
      case '[':
        return items(depth + 1);
      case '"':
        return string();
      default:
        return token(/[^\s,\]}]+/y);
    }
  };
  return () => value(0);
};

/**
 * `JSON.parse`, without a fault of V8 that Node 24 and 26 have (nodejs/node#63785): once it has seen the
 * name `\`, it takes `\n`, `\"` or `\u00f1` in the same place of another object for that name, so that a
 * member is lost or merged with another. Only names with an escape are concerned, and only they are
 * read by hand.
 */
export const parseJson = (text: string): unknown => {
  // Also says what is no JSON.
  const parsed: unknown = JSON.parse(text);
  return hasEscapedName(text) ? createReader(text)() : parsed;
};
