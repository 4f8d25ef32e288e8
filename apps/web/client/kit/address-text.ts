/** From the door outwards, as an envelope says it; what a form has besides stays before the city. */
const order = [
  'street',
  'number',
  'details',
  'neighbourhood',
  'district',
  'commune',
  'locality',
  'municipality',
  'city',
  'province',
  'department',
  'state',
  'region',
  'postal_code',
] as const;
const placeOf = (key: string): number => {
  const place = order.findIndex((known) => known === key);
  return place === -1 ? order.indexOf('details') + 0.5 : place;
};

/** An address on one line; the store keeps its fields in no order. */
export const addressText = (fields: Readonly<Record<string, unknown>>): string =>
  Object.entries(fields)
    .filter(([, value]) => typeof value === 'string' && value !== '')
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([, value]) => String(value))
    .join(', ');
