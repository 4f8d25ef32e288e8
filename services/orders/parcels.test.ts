import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { readPdfText } from '#shared/testing/pdf-text.ts';
import { parcelSheet } from './api/parcel-sheet.ts';
import type { ParcelPaper } from './application/parcel-sheet.ts';
import type { Parcel } from './application/queries/prepare-parcels.ts';
import { printParcels } from './infrastructure/print-parcels.ts';
import { labelSize } from './infrastructure/shipping-label.ts';

const madeAt = new Date('2026-01-02T03:04:05Z');
const line = (name: string, i = 0) => ({ name, sku: `TAZ-${i}`, quantity: 2, sellerId: 's' });

type Change = Readonly<{
  names?: readonly string[];
  address?: object | null;
  tracking?: object;
  sender?: object | null;
  pickupPlace?: string;
}>;

const parcelOf = ({ names = ['Tazón de ñame'], address, ...more }: Change = {}): Parcel =>
  ({
    order: {
      orderId: '01a22421-ceb6-7562-ad51-c7865a2299c3',
      number: 'PZ-000123',
      placedAt: '2026-01-02T03:04:05.000Z',
      shipping: {
        name: { es: 'Envío estándar', en: 'Standard shipping' },
        pickupPlace: more.pickupPlace ?? null,
      },
    },
    lines: names.map((name, i) => line(name, i)),
    contact: {
      fullName: 'José Ñáñez',
      phoneNumber: null,
      address:
        address === null
          ? null
          : {
              recipient: 'Ana Restrepo',
              phoneNumber: '+573001234567',
              country: 'CO',
              fields: {
                department: 'Antioquia',
                municipality: 'Medellín',
                neighbourhood: 'Laureles',
                street: 'Carrera 70 # 44-21',
                details: 'Apto 301',
                postal_code: '050031',
              },
              document: null,
              ...address,
            },
    },
    sender:
      more.sender === null
        ? undefined
        : {
            legalName: 'Casa del Tinto S.A.S.',
            country: 'CO',
            document: { type: 'NIT', number: '8909039388' },
            ...more.sender,
          },
    tracking: more.tracking,
  }) as unknown as Parcel;

const print = async (
  paper: ParcelPaper,
  parcels: readonly Parcel[],
  language: 'es' | 'en' = 'es',
) => {
  const urlOf = (id: string): string => `https://plaza.example/admin/pedidos/${id}`;
  const options = { paper, language, shopName: 'Plaza', timeZone: 'America/Bogota', urlOf };
  const sheets = parcels.map((parcel) => parcelSheet(parcel, options));
  const pdf = await printParcels(
    { paper, language, shopName: 'Plaza', title: 'x', sheets },
    madeAt,
  );
  return { pdf, pages: readPdfText(pdf).map((lines) => lines.map((text) => text.trim())) };
};

/** The baselines of all that is written, from the foot of the page, and where each begins. */
const placesIn = (pdf: Buffer): readonly (readonly [x: number, y: number])[] =>
  pdf
    .toString('latin1')
    .split('endobj')
    .filter((object) => object.includes('/FlateDecode') && object.includes('stream\n'))
    .flatMap((object) => {
      const start = object.indexOf('stream\n') + 7;
      const bytes = Buffer.from(object.slice(start, object.lastIndexOf('\nendstream')), 'latin1');
      let text = '';
      try {
        text = inflateSync(bytes).toString('latin1');
      } catch {
        return [];
      }
      return [...text.matchAll(/1 0 0 1 ([\d.-]+) ([\d.-]+) Tm/g)].map(
        ([, x, y]) => [Number(x), Number(y)] as const,
      );
    });

const widest = {
  recipient: 'W'.repeat(120),
  fields: {
    department: 'Ñ'.repeat(120),
    municipality: `San ${'Cristóbal '.repeat(11)}`,
    neighbourhood: 'W'.repeat(120),
    street: `Carrera ${'W'.repeat(190)}`,
    details: 'Apartamento '.repeat(16),
    postal_code: '050031',
  },
};

describe('the label of a parcel', () => {
  it('says from whom, to whom, where it is sorted to, and which order it is', async () => {
    const tracking = { carrier: 'Servientrega', number: '2100 123' };
    const { pages } = await print('shipping_label', [parcelOf({ tracking })]);
    assert.deepEqual(pages, [
      [
        'Remitente',
        'Casa del Tinto S.A.S.',
        'NIT 890.903.938-8',
        'Destinatario',
        'Ana Restrepo',
        'Carrera 70 # 44-21',
        'Apto 301',
        'Laureles',
        'Tel. +573001234567',
        '050031',
        'Medellín',
        'Antioquia, Colombia',
        'PZ-000123',
        '2 unidades',
        'Transportador: Servientrega',
        'Seguimiento: 2100 123',
        '1 de enero de 2026',
      ],
    ]);
  });

  it('names the shop where the seller has not said who it is, and speaks English', async () => {
    const { pages } = await print('shipping_label', [parcelOf({ sender: null })], 'en');
    assert.deepEqual(pages[0]!.slice(0, 4), ['From', 'Plaza', 'To', 'Ana Restrepo']);
  });

  it('is one page of 10 × 15 cm, however long names and addresses are, and nothing leaves it', async () => {
    const tracking = { carrier: 'W'.repeat(80), number: '9'.repeat(80) };
    const sender = { legalName: 'W'.repeat(160) };
    const parcels = [
      parcelOf({ address: widest, tracking, sender }),
      parcelOf(),
      parcelOf({
        address: { ...widest, fields: { city: 'x'.repeat(120), street: '日本'.repeat(99) } },
      }),
    ];
    const { pdf, pages } = await print('shipping_label', parcels);
    assert.equal(pages.length, parcels.length);
    assert.match(pdf.toString('latin1'), /\/MediaBox \[0 0 283\.46\d* 425\.19\d*\]/);
    const places = placesIn(pdf);
    assert.ok(places.length > 60, `${places.length} pieces`);
    for (const [x, y] of places) {
      assert.ok(x >= 15 && x < labelSize[0] - 15, `x ${x}`);
      assert.ok(y >= 8 && y < labelSize[1] - 15, `y ${y}`);
    }
    // Who gets it, and where, is there to its last sign.
    const text = pages[0]!.join('');
    for (const whole of ['W'.repeat(190), 'Ñ'.repeat(120), '050031', 'PZ-000123', '9'.repeat(80)])
      assert.ok(text.includes(whole), whole.slice(0, 3));
  });
});

describe('the packing slip of a parcel', () => {
  it('says what is in it and for whom, and nothing of what was paid', async () => {
    const { pages } = await print('packing_slip', [parcelOf({ names: ['Taza', 'Plato'] })]);
    assert.deepEqual(pages, [
      [
        'Plaza',
        'Lista de empaque del pedido PZ-000123',
        'Remitente',
        'Casa del Tinto S.A.S.',
        'NIT 890.903.938-8',
        'Pedido: PZ-000123',
        'Fecha: 1 de enero de 2026',
        'Envío: Envío estándar',
        'Destinatario',
        'Ana Restrepo',
        'Carrera 70 # 44-21',
        'Apto 301',
        'Laureles',
        '050031 · Medellín, Antioquia, Colombia',
        'Tel. +573001234567',
        'Cant.',
        'Producto',
        'Código',
        '2',
        'Taza',
        'TAZ-0',
        '2',
        'Plato',
        'TAZ-1',
        '4 unidades',
        'Lista de empaque del pedido PZ-000123',
        'Página 1 de 1',
      ],
    ]);
  });

  it('names the place where somebody comes for it', async () => {
    const parcel = parcelOf({ address: null, pickupPlace: 'Calle 10 # 5-51' });
    const text = (await print('packing_slip', [parcel])).pages[0]!.join('|');
    assert.match(text, /Destinatario\|José Ñáñez\|Se recoge en Calle 10 # 5-51\|/);
    const unknown = { ...parcelOf(), contact: undefined };
    const silent = (await print('packing_slip', [unknown])).pages[0]!.join('|');
    assert.match(silent, /\|Envío: Envío estándar\|Cant\.\|/);
  });

  it('goes on with its titles on each page, and counts its own pages', async () => {
    const names = Array.from({ length: 60 }, (_, i) =>
      i % 9 === 0 ? `Canasto ${'grande con tapa '.repeat(12)}${i}` : `Taza ${i}`,
    );
    const { pdf, pages } = await print('packing_slip', [
      parcelOf(),
      parcelOf({ names, address: widest }),
      parcelOf(),
    ]);
    assert.ok(pages.length >= 4, `${pages.length} pages`);
    const count = pages.length - 2;
    assert.equal(pages.flat().filter((text) => text.startsWith('TAZ-')).length, 62);
    pages.slice(1, -1).forEach((lines, i) => {
      assert.ok(lines.includes('Producto'), `page ${i + 1} has no titles`);
      assert.equal(lines.at(-1), `Página ${i + 1} de ${count}`);
    });
    for (const lines of [pages[0]!, pages.at(-1)!]) assert.equal(lines.at(-1), 'Página 1 de 1');
    for (const [x, y] of placesIn(pdf)) assert.ok(x >= 43 && x < 552 && y > 30 && y < 800);
  });

  it('holds a dozen lines on one page, and says what it is to who hears it', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `Taza ${i}`);
    for (const paper of ['packing_slip', 'shipping_label'] as const) {
      const { pdf, pages } = await print(paper, [parcelOf({ names })]);
      assert.equal(pages.length, 1);
      const text = pdf.toString('latin1');
      const parts = ['/Marked true', '/Lang (es)', '/S /Sect', '/S /H1', '/S /H2', '/S /Figure'];
      for (const part of paper === 'packing_slip' ? [...parts, '/S /TH', '/S /TD'] : parts)
        assert.ok(text.includes(part), `${paper}: ${part}`);
    }
  });
});
