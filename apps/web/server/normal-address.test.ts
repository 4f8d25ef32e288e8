import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normalAddress } from './normal-address.ts';

const id = '0aB1cD2eF3gH4iJ5kL6mN7';

describe('the normal form of an address', () => {
  for (const [given, normal] of [
    ['/es/', '/es'],
    ['/ES', '/es'],
    ['/En//', '/en'],
    ['/ES/c/Hogar', '/es/c/hogar'],
    ['/es/Buscar/?q=Canasto&Página=2', '/es/buscar?q=Canasto&Página=2'],
    ['/es/?utm_source=Correo', '/es?utm_source=Correo'],
    [`/es/P/Canasto-Grande-${id}`, `/es/p/canasto-grande-${id}`],
    [`/en/seller/Taller-${id}/`, `/en/seller/taller-${id}`],
    [`/ES/Pedido/${id}/Confirmado`, `/es/pedido/${id}/confirmado`],
    [`/en/Checkout/${id}`, `/en/checkout/${id}`],
    ['/es/pagar/Pago', '/es/pagar/pago'],
    ['/ES/Comprobante/PZ-000123/aBcD', '/es/comprobante/PZ-000123/aBcD'],
    ['/es/c/Ni%C3%B1os', '/es/c/ni%C3%B1os'],
    ['/Entrar/?volver=%2Fcuenta', '/entrar?volver=%2Fcuenta'],
    ['/restablecer/aBcD/', '/restablecer/aBcD'],
  ] as const)
    it(`sends ${given} to ${normal}, which stays`, () => {
      assert.equal(normalAddress(given), normal);
      assert.equal(normalAddress(normal), undefined);
    });

  for (const given of [
    '/',
    '/es',
    '/es?q=A/',
    `/es/p/canasto-${id}`,
    `/es/p/${id}`,
    '/es/seguimiento/01a22421-ceb6-7562-ad51-c7865a2299c3',
    '/es/c/%C3%91ame',
    '//shop.example/',
    '//Es/',
    '/restablecer/aBcD',
    '/cuenta/',
    '/API/v1/products/',
    '/Espana/',
  ])
    it(`leaves ${given}`, () => assert.equal(normalAddress(given), undefined));
});
