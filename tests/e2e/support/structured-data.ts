import assert from 'node:assert/strict';
import { Ajv } from 'ajv';

const text = { type: 'string', minLength: 1 } as const;
const url = { type: 'string', pattern: '^https?://[^ ]+$' } as const;
const schemaTerm = { type: 'string', pattern: '^https://schema\\.org/[A-Z][A-Za-z]+$' } as const;
const amount = { type: 'string', pattern: '^\\d+(\\.\\d+)?$' } as const;
const currency = { type: 'string', pattern: '^[A-Z]{3}$' } as const;
const country = { type: 'string', pattern: '^[A-Z]{2}$' } as const;
const typed = (type: string, required: readonly string[], properties: object) => ({
  type: 'object',
  required: ['@type', ...required],
  properties: {
    '@type': { const: type },
    '@context': { const: 'https://schema.org' },
    ...properties,
  },
  additionalProperties: false,
});

const returns = typed('MerchantReturnPolicy', ['applicableCountry', 'returnPolicyCategory'], {
  applicableCountry: country,
  returnPolicyCategory: schemaTerm,
  merchantReturnDays: { type: 'integer', minimum: 1, maximum: 365 },
  returnMethod: schemaTerm,
  returnFees: schemaTerm,
});
const offer = typed('Offer', ['price', 'priceCurrency', 'availability', 'itemCondition', 'url'], {
  sku: text,
  url,
  price: amount,
  priceCurrency: currency,
  availability: schemaTerm,
  itemCondition: schemaTerm,
  seller: typed('Organization', ['name'], { name: text }),
  hasMerchantReturnPolicy: returns,
  shippingDetails: typed('OfferShippingDetails', ['shippingRate', 'shippingDestination'], {
    shippingRate: typed('MonetaryAmount', ['value', 'currency'], { value: amount, currency }),
    shippingDestination: typed('DefinedRegion', ['addressCountry'], { addressCountry: country }),
  }),
});
const step = typed('ListItem', ['position', 'name', 'item'], {
  position: { type: 'integer', minimum: 1 },
  name: text,
  item: url,
});
/** What search engines ask of each kind that we tell, and nothing that we do not mean to tell. */
const schemas: Readonly<Record<string, object>> = {
  Product: typed('Product', ['name', 'description', 'image', 'offers'], {
    name: text,
    description: text,
    image: { type: 'array', items: url },
    offers: { type: 'array', minItems: 1, items: offer },
  }),
  BreadcrumbList: typed('BreadcrumbList', ['itemListElement'], {
    itemListElement: { type: 'array', minItems: 1, items: step },
  }),
  ItemList: typed('ItemList', ['itemListElement'], {
    itemListElement: {
      type: 'array',
      minItems: 1,
      items: typed('ListItem', ['position', 'name', 'url'], {
        position: { type: 'integer', minimum: 1 },
        name: text,
        url,
      }),
    },
  }),
  Organization: typed('Organization', ['name', 'url'], {
    name: text,
    url,
    logo: url,
    hasMerchantReturnPolicy: returns,
  }),
  WebSite: typed('WebSite', ['name', 'url'], {
    name: text,
    url,
    potentialAction: { type: 'object' },
  }),
};

type Told = Readonly<{
  '@type': string;
  name?: string;
  description?: string;
  itemListElement?: readonly Readonly<{ name: string }>[];
  offers?: readonly Readonly<{
    price: string;
    availability: string;
    seller: Readonly<{ name: string }>;
    hasMerchantReturnPolicy?: Readonly<{ merchantReturnDays: number }>;
  }>[];
  hasMerchantReturnPolicy?: Readonly<{ merchantReturnDays: number }>;
}>;

const unescape = (html: string): string =>
  html
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ');

/**
 * What a page tells search engines is of the form that they take, and is what a person reads on the same
 * page: names, the price of what is chosen, whether it can be had, who sells it, until when it is taken back.
 */
export const checkStructuredData = (html: string, origin: string): void => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  const body = unescape(/<body>([\s\S]*?)<script type="application\/json"/.exec(html)![1]!);
  const told = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(
    ([, json]) => JSON.parse(json!) as Told,
  );
  assert.ok(told.length > 0, 'nothing is told');
  const reads = (what: string, where: string): void =>
    assert.ok(body.includes(what), `${where}: ${what}`);
  const readsReturns = (policy: Told['hasMerchantReturnPolicy'], where: string): void => {
    assert.ok(policy, `${where} says nothing of returns`);
    reads(`hasta ${policy.merchantReturnDays} días después de recibirlo`, where);
  };
  for (const thing of told) {
    const type = thing['@type'];
    assert.ok(schemas[type], `${type} is told and no form of it is known`);
    assert.ok(ajv.validate(schemas[type], thing), `${type}: ${ajv.errorsText()}`);
    assert.ok(!JSON.stringify(thing).includes('undefined') && origin !== '', type);
    if (type === 'Organization') readsReturns(thing.hasMerchantReturnPolicy, type);
    for (const { name } of thing.itemListElement ?? []) reads(name, type);
    if (type !== 'Product') continue;
    reads(thing.name!, type);
    for (const sentence of thing.description!.split(/(?<=\.) /)) reads(sentence, type);
    const [first] = thing.offers!;
    reads(new Intl.NumberFormat('es-CO').format(Number(first!.price)), type);
    reads(first!.availability.endsWith('/InStock') ? 'Comprar ahora' : 'Agotado', type);
    reads(first!.seller.name, type);
    for (const one of thing.offers!) readsReturns(one.hasMerchantReturnPolicy, type);
  }
};
