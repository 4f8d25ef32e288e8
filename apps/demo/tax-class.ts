import type { DemoCountry } from './countries/demo-countries.ts';

/** The tax class of what is in a category. */
export const taxClassOf = ({ taxes }: DemoCountry, category: string): 'standard' | 'reduced' =>
  taxes.reduced?.categories.includes(category) ? 'reduced' : 'standard';
