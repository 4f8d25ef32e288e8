import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { inLanguage, longId, productPath, readNamed, shortId, slugOf } from './addresses.ts';

describe('addresses', () => {
  it('hold any id in 22 letters and digits', () => {
    const edges = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
    for (const id of [...edges, ...Array.from({ length: 200 }, () => randomUUID())]) {
      assert.match(shortId(id), /^[0-9A-Za-z]{22}$/);
      assert.equal(longId(shortId(id)), id);
    }
    assert.equal(longId('zzzzzzzzzzzzzzzzzzzzzz'), undefined, 'larger than any id');
    assert.equal(longId('short'), undefined);
  });

  it('name a product by slug and id', () => {
    const product = { id: '01a22421-ceb6-7562-ad51-c7865a2299c3', slug: 'cafetera-moka' };
    const path = productPath('es', product);
    assert.deepEqual(readNamed(path.split('/').at(-1)!), product);
    assert.equal(readNamed('cafetera-moka'), undefined);
  });

  it('are the same page in the other language', () => {
    const order = shortId(randomUUID());
    for (const [es, en] of [
      ['/es', '/en'],
      ['/es/c/carrito', '/en/c/carrito'],
      ['/es/carrito', '/en/cart'],
      ['/es/buscar', '/en/search'],
      [`/es/pedido/${order}/confirmado`, `/en/order/${order}/confirmed`],
      ['/es/pagar/envio', '/en/checkout/shipping'],
      ['/es/seguimiento/pago', '/en/tracking/pago'],
      ['/es/p/buscar-0000000000000000000001', '/en/p/buscar-0000000000000000000001'],
    ] as const) {
      assert.equal(inLanguage(es, 'en'), en);
      assert.equal(inLanguage(en, 'es'), es);
    }
    assert.equal(inLanguage('/entrar', 'en'), '/entrar');
  });

  it('have slugs of any name', () => {
    assert.equal(slugOf('Almacén Tuerca & Luz'), 'almacen-tuerca-luz');
    assert.equal(slugOf('!!!'), 'plaza');
  });
});
