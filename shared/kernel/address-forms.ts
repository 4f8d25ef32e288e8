import { details, field, optional, street, type AddressForm } from './address-form.ts';
import {
  cnpjDigits,
  cpfDigits,
  cuitDigit,
  endsInDigitOf,
  isRepeated,
  nitDigit,
  rucDigit,
  rutDigit,
} from './check-digits.ts';

const colombia: AddressForm = {
  country: 'CO',
  callingCode: '+57',
  fields: [
    field('department', 'Departamento', 'Department', { example: 'Antioquia' }),
    field('municipality', 'Municipio', 'Municipality', { example: 'Medellín' }),
    optional('neighbourhood', 'Barrio', 'Neighbourhood', { example: 'Laureles' }),
    { ...street, example: 'Carrera 70 # 44-21' },
    details,
    optional('postal_code', 'Código postal', 'Postal code', { pattern: '^[0-9]{6}$' }),
  ],
  documents: [
    {
      type: 'CC',
      label: { es: 'Cédula de ciudadanía', en: 'Citizenship card' },
      pattern: '^[1-9][0-9]{5,9}$',
      example: '1020304050',
    },
    {
      type: 'CE',
      label: { es: 'Cédula de extranjería', en: 'Foreigner card' },
      pattern: '^[0-9]{6,7}$',
      example: '432109',
    },
    {
      type: 'NIT',
      label: { es: 'NIT con dígito de verificación', en: 'Tax number with check digit' },
      pattern: '^[1-9][0-9]{6,10}$',
      example: '8909039388',
      isValid: endsInDigitOf(nitDigit),
    },
  ],
};

/** The date inside an RFC: year without century, month, day. */
const hasRfcDate = (number: string): boolean => {
  const [, month, day] = /(\d\d)(\d\d)[A-Z0-9]{3}$/.exec(number)?.map(Number) ?? [];
  // 29 February passes in every year, since the century is not written.
  return month! >= 1 && month! <= 12 && day! >= 1 && day! <= new Date(2024, month!, 0).getDate();
};

const mexico: AddressForm = {
  country: 'MX',
  callingCode: '+52',
  fields: [
    field('postal_code', 'Código postal', 'Postal code', {
      pattern: '^[0-9]{5}$',
      example: '06700',
    }),
    field('neighbourhood', 'Colonia', 'Neighbourhood', { example: 'Roma Norte' }),
    field('municipality', 'Municipio o alcaldía', 'Municipality', { example: 'Cuauhtémoc' }),
    field('state', 'Estado', 'State', { example: 'Ciudad de México' }),
    { ...street, example: 'Colima 123' },
    details,
  ],
  documents: [
    {
      type: 'RFC',
      label: { es: 'RFC', en: 'Tax number (RFC)' },
      pattern: '^[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}$',
      example: 'GODE561231GR8',
      // Its last character is a check digit that the authority itself has issued wrong: not held.
      isValid: hasRfcDate,
    },
  ],
};

const argentina: AddressForm = {
  country: 'AR',
  callingCode: '+54',
  fields: [
    field('province', 'Provincia', 'Province', { example: 'Córdoba' }),
    field('locality', 'Localidad', 'Locality', { example: 'Villa Carlos Paz' }),
    { ...street, example: 'San Martín 450' },
    details,
    field('postal_code', 'Código postal', 'Postal code', {
      pattern: '^([0-9]{4}|[A-HJ-NP-Z][0-9]{4}[A-Z]{3})$',
      example: 'X5152ABC',
    }),
  ],
  documents: [
    {
      type: 'DNI',
      label: { es: 'DNI', en: 'Identity card (DNI)' },
      pattern: '^[1-9][0-9]{6,7}$',
      example: '30123456',
    },
    {
      type: 'CUIT',
      label: { es: 'CUIT o CUIL', en: 'Tax number (CUIT)' },
      pattern: '^(20|23|24|25|26|27|30|33|34)[0-9]{9}$',
      example: '30500010912',
      isValid: endsInDigitOf(cuitDigit),
    },
  ],
};

const chile: AddressForm = {
  country: 'CL',
  callingCode: '+56',
  fields: [
    field('region', 'Región', 'Region', { example: 'Valparaíso' }),
    field('commune', 'Comuna', 'Commune', { example: 'Viña del Mar' }),
    { ...street, example: 'Avenida Libertad 1405' },
    details,
    optional('postal_code', 'Código postal', 'Postal code', { pattern: '^[0-9]{7}$' }),
  ],
  documents: [
    {
      type: 'RUT',
      label: { es: 'RUT', en: 'Tax and identity number (RUT)' },
      pattern: '^[1-9][0-9]{5,7}[0-9K]$',
      example: '60803000K',
      isValid: endsInDigitOf(rutDigit),
    },
  ],
};

const peru: AddressForm = {
  country: 'PE',
  callingCode: '+51',
  fields: [
    field('department', 'Departamento', 'Department', { example: 'Arequipa' }),
    field('province', 'Provincia', 'Province', { example: 'Arequipa' }),
    field('district', 'Distrito', 'District', { example: 'Cayma' }),
    { ...street, example: 'Avenida Ejército 710' },
    details,
    optional('postal_code', 'Código postal', 'Postal code', { pattern: '^[0-9]{5}$' }),
  ],
  documents: [
    {
      type: 'DNI',
      label: { es: 'DNI', en: 'Identity card (DNI)' },
      pattern: '^[0-9]{8}$',
      example: '40123456',
    },
    {
      type: 'RUC',
      label: { es: 'RUC', en: 'Tax number (RUC)' },
      pattern: '^(10|15|16|17|20)[0-9]{9}$',
      example: '20131312955',
      isValid: endsInDigitOf(rucDigit),
    },
  ],
};

const states =
  'AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO'.split(' ');

const brazil: AddressForm = {
  country: 'BR',
  callingCode: '+55',
  fields: [
    field('postal_code', 'CEP', 'Postal code (CEP)', {
      pattern: '^[0-9]{8}$',
      example: '01310100',
    }),
    { ...street, label: { es: 'Calle', en: 'Street' }, example: 'Avenida Paulista' },
    field('number', 'Número', 'Number', { maxLength: 20, example: '1578' }),
    details,
    field('neighbourhood', 'Barrio', 'Neighbourhood', { example: 'Bela Vista' }),
    field('city', 'Ciudad', 'City', { example: 'São Paulo' }),
    field('state', 'Estado', 'State', { options: states, maxLength: 2, example: 'SP' }),
  ],
  documents: [
    {
      type: 'CPF',
      label: { es: 'CPF', en: 'Personal tax number (CPF)' },
      pattern: '^[0-9]{11}$',
      example: '11144477735',
      isValid: (number) => endsInDigitOf(cpfDigits, 2)(number) && !isRepeated(number),
    },
    {
      type: 'CNPJ',
      label: { es: 'CNPJ', en: 'Company tax number (CNPJ)' },
      pattern: '^[0-9A-Z]{12}[0-9]{2}$',
      example: '00000000000191',
      isValid: (number) => endsInDigitOf(cnpjDigits, 2)(number) && !isRepeated(number),
    },
  ],
};

const general: AddressForm = {
  country: '*',
  fields: [
    street,
    details,
    field('city', 'Ciudad', 'City'),
    optional('state', 'Estado, provincia o región', 'State, province or region'),
    optional('postal_code', 'Código postal', 'Postal code', { maxLength: 20 }),
  ],
  documents: [
    {
      type: 'ID',
      label: { es: 'Documento de identidad', en: 'Identity document' },
      pattern: '^[A-Z0-9]{4,20}$',
      example: 'X1234567',
    },
  ],
};

/** The countries whose forms differ from the general one. */
export const addressForms: readonly AddressForm[] = [
  colombia,
  mexico,
  argentina,
  chile,
  peru,
  brazil,
];

/** The form of a country's addresses; the general one where the country has none of its own. */
export const formOf = (country: string): AddressForm =>
  addressForms.find((form) => form.country === country) ?? general;
