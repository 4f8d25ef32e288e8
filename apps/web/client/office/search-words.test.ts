import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scoreOf } from './search-words.ts';

describe('what is typed finds', () => {
  it('names by their beginning, before names by a later word', () => {
    assert.ok(scoreOf('ped', 'Pedidos') > scoreOf('ped', 'Ver pedidos'));
    assert.ok(scoreOf('ver ped', 'Ver pedidos') > 0);
  });
  it('names with accents by letters without them, and the other way', () => {
    assert.ok(scoreOf('analitica', 'Analítica') > 0);
    assert.ok(scoreOf('Envíos', 'Envios') > 0);
  });
  it('names with one letter wrong, missing, too many or swapped', () => {
    for (const typed of ['clientas', 'clietes', 'clienntes', 'cleintes'])
      assert.ok(scoreOf(typed, 'Clientes') > 0, typed);
  });
  it('nothing that is another word', () => {
    assert.equal(scoreOf('clientes', 'Productos'), 0);
    assert.equal(scoreOf('abc', 'abd'), 0, 'three letters are too few to guess');
  });
});
