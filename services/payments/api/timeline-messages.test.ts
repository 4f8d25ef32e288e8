import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { postingTemplates } from '../domain/posting.ts';
import { sentenceOf, timelineMessages } from './timeline-messages.ts';

describe('the words of the money timeline', () => {
  it('are there for every kind of movement, for staff in both languages', () => {
    for (const { staff } of Object.values(timelineMessages))
      assert.deepEqual(
        Object.keys(postingTemplates).filter((kind) => !(kind in staff)),
        [],
      );
  });

  it('say the same things in both languages, each with its amount', () => {
    const { es, en } = timelineMessages;
    for (const viewer of ['buyer', 'seller', 'staff'] as const) {
      assert.deepEqual(Object.keys(es[viewer]), Object.keys(en[viewer]));
      for (const [code, sentence] of Object.entries(es[viewer])) {
        assert.ok(sentence.includes('{amount}'), code);
        assert.ok(en[viewer][code]!.includes('{amount}'), code);
        assert.notEqual(sentence, en[viewer][code]);
      }
    }
    assert.equal(sentenceOf('es', 'buyer', 'nuevo', '$ 1'), 'Movimiento de $ 1 (nuevo).');
  });
});
