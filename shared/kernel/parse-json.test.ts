import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manyCases } from '../testing/many-cases.ts';
import { hasEscapedName, parseJson } from './parse-json.ts';

describe('parseJson', () => {
  for (const [first, then] of [
    [String.raw`{"a":0,"\\":1}`, String.raw`{"a":0,"\n":1}`],
    [String.raw`{"b":0,"\\":1}`, String.raw`{"b":0,"\"":1}`],
    [String.raw`{"c":0,"\\":1}`, String.raw`{"c":0,"\u0041":1}`],
    [String.raw`{"d":0,"x\\":1}`, String.raw`{"d":0,"x\"":1}`],
    [String.raw`{"e":0,"\\":1}`, String.raw`{"e":0,"\"":1,"\\":2}`],
  ] as const)
    it(`reads ${then} as it is written, after ${first}`, () => {
      parseJson(first);
      const names = [...then.matchAll(/"(?:[^"\\]|\\.)*"(?=:)/g)].map(
        ([name]) => JSON.parse(name) as string,
      );
      assert.deepEqual(Object.keys(parseJson(then) as object), names);
    });

  it('is not needed for names without a backslash: JSON.parse itself never makes up such a one', () => {
    const characters = ['a', '\\', '"', '\n', 'alg', 'sub', 'ñ'];
    const written = (name: string, isEscaped: boolean): string =>
      isEscaped
        ? `"${Array.from(name, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`
        : JSON.stringify(name);
    manyCases((draw) => {
      const names = draw.list(1, 3, () => draw.text(characters, 0, 2));
      const text = `{${names.map((name, i) => `${written(name, draw.isHeads())}:${i}`).join(',')}}`;
      // So it may lose one that is written with an escape, and take it for one that nobody looks for.
      for (const name of Object.keys(JSON.parse(text) as object))
        assert.ok(names.includes(name) || name.includes('\\'), `${text}: ${name}`);
    });
  });

  it('is JSON.parse where no name has an escape', () => {
    for (const text of [
      '{"a":[1,-0.5e3,true,null,"x\\n"],"ñ":{"b":"\\""}}',
      ' [ ] ',
      '"\\u00f1"',
      '{"a" : "\\\\" , "b":[{"c":1}]}',
    ]) {
      assert.ok(!hasEscapedName(text), text);
      assert.deepEqual(parseJson(text), JSON.parse(text));
    }
  });

  it('refuses what JSON.parse refuses, and what is nested beyond reason', () => {
    for (const text of ['', '{"\\n":}', '{"\\n":1', '{"\\x":1}', '{"\\n":1}}', '[,]'])
      assert.throws(() => parseJson(text), SyntaxError, text);
    const deep = `${'['.repeat(5_000)}{"\\n":1}${']'.repeat(5_000)}`;
    assert.throws(() => parseJson(deep), SyntaxError);
  });

  it('keeps a name that is of no prototype as one of its own', () => {
    const parsed = parseJson('{"\\u005f_proto__":{"x":1},"\\n":2}') as object;
    assert.deepEqual(Object.keys(parsed), ['__proto__', '\n']);
    assert.equal(Object.getPrototypeOf(parsed), Object.prototype);
  });

  it('gives back whatever was written, names of any characters, in their order', () => {
    const characters = ['a', '\\', '"', '\n', '/', 'ñ', ':', ',', '}', '\u0000', '😀'];
    const spaces = ['', ' ', '\n\t'];
    let escaped = 0;
    manyCases((draw) => {
      const names = new Set(draw.list(1, 4, () => draw.text(characters, 0, 3)));
      const gap = draw.of(spaces);
      const members = [...names].map((name, i) => {
        const item = draw.of([`${i}`, '"\\\\"', '[]', `{"\\n":[${i}]}`, '[1, {}]']);
        return [name, `${gap}${JSON.stringify(name)}${gap}:${gap}${item}${gap}`, item] as const;
      });
      const text = `{${members.map(([, written]) => written).join(',')}}`;
      if (hasEscapedName(text)) escaped += 1;
      const parsed = parseJson(text) as Record<string, unknown>;
      assert.equal(Object.keys(parsed).length, names.size, text);
      for (const [name, , item] of members)
        assert.equal(
          JSON.stringify(parsed[name]),
          item.replaceAll(' ', ''),
          `${JSON.stringify(name)} of ${text}`,
        );
    }, 20_000);
    assert.ok(escaped > 10_000, `${escaped} had an escaped name`);
  });
});
