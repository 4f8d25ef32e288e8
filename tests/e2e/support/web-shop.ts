import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { must, readMails, send, type Json, type MailItem } from './http.ts';
import { until } from './plaza-process.ts';

export type WebShop = Readonly<{
  product: Readonly<{
    id: string;
    slug: string;
    title: string;
    price: string;
    variantId: string;
  }>;
  /** A product that was for sale, and is archived. */
  gone: Readonly<{ id: string; slug: string }>;
  category: string;
  sellerId: string;
  sellerName: string;
  readMails: () => Promise<readonly MailItem[]>;
  /** As the workshop says that a parcel is on its way. */
  ship: (orderId: string) => Promise<void>;
}>;

/** A small shop with what pages must cope with: pictures, options, a sold-out size, an offer, a long name. */
export const openWebShop = async (url: string, token: () => string): Promise<WebShop> => {
  const post = async (path: string, body: object, status = 201): Promise<Json> => {
    const request = { method: 'POST', path, token: token(), body } as const;
    return must(status, request, await send(url, request));
  };
  const seller = await post('/users', {
    email: 'taller@example.com',
    username: 'taller.cabuya',
    full_name: 'Taller Cabuya',
    password: 'siete hilos de fique',
    roles: ['customer', 'seller'],
  });
  const category = await post('/categories', {
    name: 'Hogar',
    slug: 'hogar',
    position: 0,
    parent_id: null,
  });
  const picture = await sharp(await readFile('apps/demo/illustrations/canasto-rollo.svg'))
    .resize(1200)
    .png()
    .toBuffer();
  const addPicture = async (productId: string): Promise<void> => {
    const form = new FormData();
    form.append('alt', 'Canasto de rollo con tapa');
    form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'canasto.png');
    const answer = await fetch(`${url}/api/v1/products/${productId}/images`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token()}` },
      body: form,
    });
    assert.equal(answer.status, 201, await answer.text());
  };
  const common = {
    category_id: category['id'],
    seller_id: seller['id'],
    vendor: 'Taller Cabuya',
    status: 'active',
  };
  const product = await post('/products', {
    ...common,
    title: 'Canasto de rollo con tapa',
    description: 'Tejido a mano en paja. Mide 30 cm de alto. Se limpia con un paño seco.',
    options: ['Tamaño'],
    variants: [
      {
        options: { Tamaño: 'Mediano' },
        price: '84500.00',
        compare_at_price: '119900.00',
        stock: 12,
        sku: 'CAN-M',
      },
      { options: { Tamaño: 'Grande' }, price: '129900.00', stock: 0, sku: 'CAN-G' },
    ],
  });
  await addPicture(String(product['id']));
  for (let i = 1; i <= 5; i++) {
    const other = await post('/products', {
      ...common,
      title:
        i === 1
          ? 'Canasto grande con un nombre tan largo que no cabe en una línea de la vitrina'
          : `Canasto ${i}`,
      description: 'Tejido a mano.',
      price: `${i * 12_500}.00`,
      stock: 20,
    });
    if (i < 3) await addPicture(String(other['id']));
  }
  const gone = await post('/products', { ...common, title: 'Canasto retirado', price: '1000.00' });
  const archive = {
    method: 'DELETE',
    path: `/products/${String(gone['id'])}`,
    token: token(),
  } as const;
  must(204, archive, await send(url, archive));
  const request = { method: 'GET', path: `/products/${String(product['id'])}` } as const;
  const shown = must(200, request, await send(url, request));
  await post('/shipping-methods', {
    name: { es: 'Mensajería', en: 'Courier' },
    prices: [{ currency: 'COP', price: '12900.00', free_from: '300000.00' }],
    days_min: 2,
    days_max: 4,
    countries: ['CO'],
  });
  await post('/shipping-methods', {
    name: { es: 'Recoger en el taller', en: 'Pick up at the workshop' },
    prices: [{ currency: 'COP', price: '0.00' }],
    days_min: 1,
    days_max: 1,
    pickup_place: 'Calle 12 # 3-45, Bogotá',
  });
  const { id: sellerId, name } = shown['seller'] as { id: string; name: string };
  const [variant] = shown['variants'] as { id: string; price: string }[];
  const body = { variant_id: variant!.id, quantity: 1 };
  await until(
    async () => (await send(url, { method: 'POST', path: '/cart/add', body })).status === 200,
    15_000,
    'orders knows the products',
  );
  return {
    gone: { id: String(gone['id']), slug: String(gone['slug']) },
    product: {
      id: String(shown['id']),
      slug: String(shown['slug']),
      title: String(shown['title']),
      price: variant!.price,
      variantId: variant!.id,
    },
    category: 'hogar',
    sellerId,
    sellerName: name,
    readMails: () => readMails(url, token()),
    ship: async (orderId) => {
      const path = `/orders/${orderId}/status`;
      const tracking = { carrier: 'Servientrega', number: '9100234567' };
      const body = { status: 'shipped', tracking };
      const order = { method: 'PUT', path, token: token(), body } as const;
      must(200, order, await send(url, order));
    },
  };
};
