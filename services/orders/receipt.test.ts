import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addMoney, money } from '#shared/kernel/money.ts';
import { readPdfText } from '#shared/testing/pdf-text.ts';
import { receiptSheet } from './api/receipt-sheet.ts';
import type { Receipt } from './application/queries/show-receipt.ts';
import { printReceipt } from './infrastructure/print-receipt.ts';

const madeAt = new Date('2026-01-02T03:04:05Z');
const lineOf = (name: string, i: number, amount: bigint, currency: string) => ({
  variantId: `v${i}`,
  productId: `p${i}`,
  sellerId: 's',
  sku: `TAZ-${i}`,
  name,
  imageUrl: null,
  quantity: 1,
  unitPrice: money(amount, currency),
  total: money(amount, currency),
  tax: {
    code: 'IVA-19',
    jurisdiction: currency,
    rateBasisPoints: 1900,
    net: money((amount * 100n) / 119n, currency),
    tax: money(amount - (amount * 100n) / 119n, currency),
  },
});

const receiptOf = (names: readonly string[], amount: bigint, currency: string): Receipt => {
  const lines = names.map((name, i) => lineOf(name, i, amount, currency));
  const total = money(amount * BigInt(names.length), currency);
  return {
    stored: {
      order: {
        orderId: 'o',
        number: 'PZ-000123',
        buyerId: 'b',
        lines,
        total,
        refunded: money(0n, currency),
        status: 'paid',
        paidBy: { provider: 'sandbox', card: { brand: 'visa', last4: '4242' } },
        placedAt: '2026-01-02T03:04:05.000Z',
      },
    },
    contact: {
      email: null,
      fullName: 'José Ñáñez',
      phoneNumber: null,
      language: 'es',
      address: null,
    },
    addressLines: [],
    taxes: [
      {
        code: 'IVA-19',
        jurisdiction: currency,
        rateBasisPoints: 1900,
        net: lines.map(({ tax }) => tax.net).reduce(addMoney),
        tax: lines.map(({ tax }) => tax.tax).reduce(addMoney),
        gross: total,
      },
    ],
    issuers: [
      {
        id: 'i',
        sellerId: 's',
        version: 1,
        legalName: 'Casa del Tinto S.A.S.',
        country: 'CO',
        document: { type: 'NIT', number: '8909039388' },
      },
    ],
  } as unknown as Receipt;
};

const print = async (
  receipt: Receipt,
  language: 'es' | 'en',
  shopCurrency: string,
  shopName = 'Plaza',
) => {
  const url = 'https://plaza.example/es/comprobante/PZ-000123/AAAA';
  const timeZone = 'America/Bogota';
  const sheet = receiptSheet(receipt, { shopName, language, shopCurrency, timeZone, url });
  const pdf = await printReceipt(sheet, madeAt);
  return { pdf, pages: readPdfText(pdf).map((lines) => lines.map((line) => line.trim())) };
};
const spaced = (text: string): string => text.replaceAll('_', '\u00A0');

describe('the receipt as a PDF', () => {
  it('stands under the name of the shop, however long that is', async () => {
    const receipt = receiptOf(['Tazón'], 1_190_000n, 'COP');
    const named = await print(receipt, 'es', 'COP', 'Ñandú & <Hijos>');
    assert.equal(named.pages[0]![0], 'Ñandú & <Hijos>');
    const [long] = (await print(receipt, 'es', 'COP', 'W'.repeat(60))).pages;
    const title = long!.indexOf('Comprobante del pedido PZ-000123');
    assert.equal(long!.slice(0, title).join(''), 'W'.repeat(60));
  });

  it('says all of it, in the order in which it is read', async () => {
    const { pages } = await print(
      receiptOf(['Tazón de ñame', 'Cafetera'], 1_190_000n, 'COP'),
      'es',
      'COP',
    );
    assert.deepEqual(pages, [
      [
        'Plaza',
        'Comprobante del pedido PZ-000123',
        'Vendedor',
        'Casa del Tinto S.A.S. · NIT 890.903.938-8',
        'Número',
        'PZ-000123',
        'Fecha',
        '1 de enero de 2026 a las 10:04 p.m.',
        '(America/Bogota)',
        'Estado',
        'Pagado',
        'Comprador',
        'José Ñáñez',
        'Pago',
        'Visa terminada en 4242',
        'Cant.',
        'Producto',
        'Precio',
        'Impuesto',
        'Total',
        '1',
        'Tazón de ñame',
        'TAZ-0',
        '$_11.900',
        '$_1.900',
        'IVA-19 19 %',
        '$_11.900',
        '1',
        'Cafetera',
        'TAZ-1',
        '$_11.900',
        '$_1.900',
        'IVA-19 19 %',
        '$_11.900',
        'Subtotal',
        '$_23.800',
        'IVA-19 19 %, incluido, sobre $_20.000',
        '$_3.800',
        'Total (COP)',
        '$_23.800',
        'Comprueba que es auténtico en https://plaza.example/es/comprobante/PZ-000123/AAAA',
        'Este comprobante no reemplaza la factura electrónica.',
        'Comprobante del pedido PZ-000123',
        'Página 1 de 1',
      ].map(spaced),
    ]);
  });

  it('has a column of discounts when there is one, which lines up with the prices', async () => {
    const receipt = receiptOf(['Taza', 'Plato'], 1_190_000n, 'COP');
    const [first] = receipt.stored.order.lines;
    Object.assign(first!, { listPrice: money(1_500_000n, 'COP') });
    const { pages } = await print(receipt, 'es', 'COP');
    const text = pages.flat().join('|');
    assert.match(text, /Precio\|Descuento\|Impuesto/);
    assert.ok(text.includes(spaced('TAZ-0|$_15.000|−$_3.100|$_1.900|')), text);
    assert.ok(text.includes(spaced('TAZ-1|$_11.900|')), text);
  });

  for (const [currency, amount, language, text] of [
    ['COP', 1_250_050n, 'es', '$_12.500,50'],
    ['CLP', 1_234_567n, 'es', '$1.234.567'],
    ['MXN', 123_450n, 'es', '$1,234.50'],
    ['PEN', 123_450n, 'es', 'S/_1,234.50'],
    ['CRC', 123_450n, 'es', '₡1_234,50'],
    ['PYG', 1_234_567n, 'es', 'Gs._1.234.567'],
    ['COP', 1_000_000n, 'en', 'COP_10,000'],
  ] as const)
    it(`writes ${text} in ${language}`, async () => {
      const { pages } = await print(receiptOf(['Taza'], amount, currency), language, currency);
      // A sign of the second part of the typeface is a piece of its own.
      assert.ok(pages[0]!.join('').includes(spaced(text)), pages[0]!.join(' | '));
    });

  it('goes on over as many pages as it has lines, with their titles on each', async () => {
    const names = Array.from({ length: 100 }, (_, i) =>
      i % 9 === 0
        ? `Canasto ${'grande con tapa '.repeat(12)}${i}`
        : i % 7 === 0
          ? 'X'.repeat(200)
          : `Taza ${i}`,
    );
    const { pages } = await print(receiptOf(names, 1_250_000n, 'COP'), 'es', 'COP');
    assert.ok(pages.length > 5, `${pages.length} pages`);
    assert.equal(pages.flat().filter((line) => line.startsWith('TAZ-')).length, 100);
    pages.slice(0, -1).forEach((lines, i) => {
      assert.ok(lines.includes('Producto'), `page ${i + 1} has no titles`);
      assert.equal(lines.at(-1), `Página ${i + 1} de ${pages.length}`);
    });
    assert.match(pages.at(-1)!.join(' '), /Total \(COP\).*1\.250\.000/s);
  });

  it('fits a dozen lines on one page', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `Taza ${i}`);
    assert.equal((await print(receiptOf(names, 1_000n, 'COP'), 'en', 'COP')).pages.length, 1);
  });

  it('says what it is to who hears it, and asks nobody for its letters', async () => {
    const { pdf } = await print(receiptOf(['Taza', '日本 😀'], 1_000n, 'COP'), 'es', 'COP');
    const text = pdf.toString('latin1');
    for (const part of [
      '/Marked true',
      '/Lang (es)',
      '/DisplayDocTitle true',
      '/S /H1',
      '/S /TH',
      '/S /TD',
      '/S /Figure',
    ])
      assert.ok(text.includes(part), part);
    assert.equal(text.match(/\/FontFile2 /g)?.length, 2);
    assert.match(readPdfText(pdf).flat().join('|'), /\|\?\? \?\|/);
  });
});
