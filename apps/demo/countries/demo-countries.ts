import { argentina } from './argentina.ts';
import { chile } from './chile.ts';
import { colombia } from './colombia.ts';
import { costaRica } from './costa-rica.ts';
import type { DemoCountry } from './country.ts';
import { ecuador } from './ecuador.ts';
import { mexico } from './mexico.ts';
import { peru } from './peru.ts';
import { uruguay } from './uruguay.ts';

export type { DemoCountry };

/** The countries that the example can be of; one a currency. */
export const demoCountries: readonly DemoCountry[] = [
  argentina,
  chile,
  colombia,
  costaRica,
  ecuador,
  mexico,
  peru,
  uruguay,
];

export const demoCountryOf = (code: string): DemoCountry | undefined =>
  demoCountries.find((one) => one.code === code);

/** Where the money of a shop is at home; undefined: the example is not of there. */
export const demoCountryWith = (currency: string): DemoCountry | undefined =>
  demoCountries.find((one) => one.currency === currency);
