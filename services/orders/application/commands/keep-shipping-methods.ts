import { isCountry } from '#shared/kernel/countries.ts';
import type { FieldError } from '#shared/kernel/errors.ts';
import { orderError } from '../../domain/errors.ts';
import type { ShippingMethod } from '../../domain/shipping.ts';
import type { ShippingMethods, StoredShippingMethod } from '../ports.ts';

const faultsOf = (method: ShippingMethod): readonly FieldError[] => {
  const fault = (pointer: string, code: string, detail: string): FieldError => ({
    pointer: `#/${pointer}`,
    code,
    detail,
  });
  const currencies = method.prices.map(({ price }) => price.currency);
  return [
    ...(method.daysMax < method.daysMin
      ? [fault('days_max', 'less_than_days_min', 'is less than days_min')]
      : []),
    ...(new Set(currencies).size < currencies.length
      ? [fault('prices', 'currency_twice', 'has a currency twice')]
      : []),
    ...method.countries.flatMap((country, i) =>
      isCountry(country)
        ? []
        : [fault(`countries/${i}`, 'not_allowed', 'is no country of ISO 3166-1')],
    ),
    ...(method.regions.length > 0 && method.countries.length !== 1
      ? [fault('regions', 'one_country', 'are of exactly one country')]
      : []),
  ];
};

/** The operator's ways of sending. An order that was placed keeps the one that it chose. */
export const createKeepShippingMethods = (methods: ShippingMethods) => {
  const check = (method: ShippingMethod): void => {
    const errors = faultsOf(method);
    if (errors.length > 0) throw orderError('shipping_method_invalid', { errors });
  };
  const find = async (id: string): Promise<StoredShippingMethod> => {
    const found = await methods.find(id);
    if (!found) throw orderError('shipping_method_not_found');
    return found;
  };
  return {
    list: (): Promise<readonly StoredShippingMethod[]> => methods.list(),
    find,
    async add(method: ShippingMethod): Promise<StoredShippingMethod> {
      check(method);
      return methods.add(method);
    },
    /** `precondition` raises when it is not for this version. */
    async replace(
      method: ShippingMethod,
      precondition: (version: number) => void,
    ): Promise<StoredShippingMethod> {
      check(method);
      for (;;) {
        const { version } = await find(method.id);
        precondition(version);
        const replaced = await methods.replace(method, version);
        if (replaced) return replaced;
      }
    },
    async remove(id: string): Promise<void> {
      if (!(await methods.remove(id))) throw orderError('shipping_method_not_found');
    },
  };
};

export type KeepShippingMethods = ReturnType<typeof createKeepShippingMethods>;
