import { expectStatus, signInOperator } from './seed-shop.ts';
import type { DemoCountry } from './countries/demo-countries.ts';
import type { PastPlaza } from './past-plaza.ts';

/** The department of whose sales the operator keeps 10 %, with its tax. */
const commissionCategory = 'cafe-y-despensa';

/** The country's rates, and what the operator keeps of one department. */
export const seedTerms = async (
  plaza: PastPlaza,
  at: Date,
  { country: { taxes }, jurisdiction }: Readonly<{ country: DemoCountry; jurisdiction: string }>,
  categories: ReadonlyMap<string, string>,
): Promise<void> => {
  const token = signInOperator(plaza);
  const { standard, reduced, exempt } = taxes;
  for (const [taxClass, rate] of Object.entries({ standard, reduced, exempt })) {
    if (!rate) continue;
    const body = {
      tax_class: taxClass,
      code: rate.code,
      rate_basis_points: rate.rateBasisPoints,
      jurisdiction,
    };
    const answer = await plaza.call(at, 'POST', '/tax-rates', { token, body });
    expectStatus(answer, 201, `tax rate ${rate.code}`);
  }
  const body = {
    category_id: categories.get(commissionCategory)!,
    rate_basis_points: 1_000,
    tax_rate_basis_points: standard.rateBasisPoints,
    jurisdiction,
  };
  const answer = await plaza.call(at, 'POST', '/commission-rules', { token, body });
  expectStatus(answer, 201, 'rule of commission');
};

/** The ids of the ways of sending: to all of the country, and faster within one region. */
export type Sending = Readonly<{ standard: string; fast: string; fastRegion: string }>;

export const seedShipping = async (
  plaza: PastPlaza,
  at: Date,
  { code, currency, shipping }: DemoCountry,
): Promise<Sending> => {
  const token = signInOperator(plaza);
  const add = async (body: Readonly<Record<string, unknown>>): Promise<string> => {
    const answer = await plaza.call(at, 'POST', '/shipping-methods', { token, body });
    return expectStatus<{ id: string }>(answer, 201, 'a way of sending').id;
  };
  const { price, freeFrom, fast } = shipping;
  const standard = await add({
    name: { es: 'Envío estándar', en: 'Standard shipping' },
    prices: [{ currency, price, free_from: freeFrom }],
    days_min: 2,
    days_max: 5,
    countries: [code],
    position: 0,
  });
  const fastId = await add({
    name: { es: `Envío rápido en ${fast.name}`, en: `Fast shipping in ${fast.name}` },
    prices: [{ currency, price: fast.price, free_from: null }],
    days_min: 1,
    days_max: 1,
    countries: [code],
    regions: [fast.region],
    position: 1,
  });
  return { standard, fast: fastId, fastRegion: fast.region };
};
