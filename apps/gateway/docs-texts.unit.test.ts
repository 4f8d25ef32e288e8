import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventTexts, spanishTextOf } from './docs-events-es.ts';
import { readCommands } from './docs.route.ts';
import { readEventTypes } from './event-types.ts';

describe('the pages for developers in Spanish', () => {
  it('say of every event what it tells, and of nothing else', async () => {
    const types = await readEventTypes();
    assert.ok(types.length > 60, `only ${types.length} events`);
    assert.deepEqual(
      types.filter(({ type }) => spanishTextOf(type) === undefined).map(({ type }) => type),
      [],
    );
    const known = new Set(types.flatMap(({ type }) => [type, type.replace(/^[^.]+\./, '')]));
    assert.deepEqual(
      Object.keys(eventTexts).filter((type) => !known.has(type)),
      [],
    );
  });

  it('say of every command what it does, in the words of the command itself', () => {
    const [spanish, english] = [readCommands('es'), readCommands('en')];
    assert.ok(english.length >= 20, `only ${english.length} commands`);
    assert.equal(spanish.length, english.length);
    const same = spanish.filter(({ text }, i) => text === english[i]!.text);
    assert.deepEqual(same, []);
  });
});
