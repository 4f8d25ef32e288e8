import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { accent, createPseudoText } from './pseudo.ts';

const compiled = (messages: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(messages).map(([key, message]) => [key, compileMessageOrThrow(message)]),
  );

describe('the pseudo-locale', () => {
  const text = createPseudoText(
    'es',
    'es-CO',
    compiled({
      title: 'Tu carrito está vacío',
      count: '{count, plural, one {Un producto de {shop}} other {# productos de {shop}}}',
      rich: '<b>Pago protegido.</b> Espera {days, number} días',
    }),
  );

  it('marks every letter and makes texts about a third longer', () => {
    const said = text.say('title');
    assert.doesNotMatch(said, /[a-zñáéíóú]/i);
    assert.equal(said.length, 'Tu carrito está vacío'.length + 9);
  });

  it('leaves what fills a message, in each of its forms', () => {
    assert.equal(
      text.say('count', { count: 1, shop: 'Nubarrón' }),
      `${accent('Un producto de ')}Nubarrón`,
    );
    assert.equal(
      text.say('count', { count: 5, shop: 'Nubarrón' }),
      `5${accent(' productos de ')}Nubarrón`,
    );
  });

  it('keeps marked places', () => {
    assert.match(text.say('rich', { days: 3 }), /^<b>[^a-z]+<\/b> [^a-z]+ 3 /);
  });

  it('marks words that come later', () => {
    text.add(compiled({ late: 'Pagar' }));
    assert.equal(text.say('late'), accent('Pagar'));
  });
});
