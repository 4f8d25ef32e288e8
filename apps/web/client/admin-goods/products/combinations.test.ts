import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { combinationsOf } from './combinations.ts';

describe('the variants of a new product', () => {
  it('are every choice of its options, in their order', () => {
    assert.deepEqual(
      combinationsOf([
        { name: 'Talla', values: 'S, M,, S' },
        { name: ' Color ', values: 'Rojo, Azul' },
        { name: '', values: 'nada' },
      ]),
      [
        { Talla: 'S', Color: 'Rojo' },
        { Talla: 'S', Color: 'Azul' },
        { Talla: 'M', Color: 'Rojo' },
        { Talla: 'M', Color: 'Azul' },
      ],
    );
  });

  it('are one when there is nothing to choose', () => {
    assert.deepEqual(combinationsOf([{ name: 'Talla', values: ' , ' }]), [{}]);
  });
});
