import { addressOf, type DemoAddress } from './addresses.ts';
import type { DemoCountry } from './countries/demo-countries.ts';

/** Somebody who buys in the demo shop: invented, with an e-mail address under the reserved `example.com`. */
export type DemoBuyer = Readonly<{
  username: string;
  fullName: string;
  email: string;
  home: DemoAddress;
}>;

/** In which place of the country each of them lives: a third in the first, and somebody in all. */
const homes = [0, 1, 0, 2, 3, 0, 4, 1, 5, 0, 2, 6, 1, 7, 0, 3, 6, 0, 1, 4, 2, 0] as const;

/** Few on purpose: each one's password costs a hash, the slowest thing of the seed. */
export const buyerCount = homes.length;

const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

export const buyersOf = (country: DemoCountry): readonly DemoBuyer[] =>
  country.buyers.map((fullName, index) => {
    const [first, ...rest] = plain(fullName).split(' ');
    const username = `${first}.${rest.at(-1)}`;
    const home = addressOf(country, country.places[homes[index]!]!, fullName, index);
    return { username, fullName, email: `${username}@example.com`, home };
  });
