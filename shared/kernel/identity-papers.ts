import {
  cnpjDigits,
  cpfDigits,
  cuitDigit,
  curpDigit,
  dominicanTaxDigit,
  endsInDigitOf,
  isRepeated,
  luhnDigit,
  nitDigit,
  paraguayanTaxDigit,
  rfcDigit,
  rucDigit,
  rutDigit,
  uruguayanCardDigit,
  uruguayanTaxDigit,
} from './check-digits.ts';

/** A number that proves who somebody is, as the country's papers have it. */
export type IdentityDocument = Readonly<{
  type: string;
  label: Readonly<Record<'es' | 'en', string>>;
  /** Of the canonical number: no dots, no spaces, no hyphens, capitals. */
  pattern: string;
  example: string;
  /** Whether the check digit is right; undefined where there is none. */
  isValid?: (number: string) => boolean;
  /** A check that numbers in use are known to fail: it may make a person look again, and refuses none. */
  isLikely?: (number: string) => boolean;
  /** How people there write the canonical number; undefined: as it is. */
  write?: (number: string) => string;
}>;

type Checks = Readonly<Pick<IdentityDocument, 'isValid' | 'isLikely' | 'write'>>;

const paper = (
  type: string,
  label: IdentityDocument['label'],
  pattern: string,
  example: string,
  checks: Checks = {},
): IdentityDocument => ({ type, label, pattern, example, ...checks });

const grouped = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, '.');
const withDigit = (number: string): string => `${grouped(number.slice(0, -1))}-${number.slice(-1)}`;
/** Cuts at these places, counted from the left. */
const cutAt =
  (...places: readonly number[]) =>
  (number: string): string =>
    [0, ...places].map((from, i) => number.slice(from, places[i])).join('-');

const card = { es: 'Cédula de identidad', en: 'Identity card' } as const;

/** The date inside an RFC or a CURP: year without century, month, day. */
const hasDate = (date: string): boolean => {
  const [month, day] = [Number(date.slice(2, 4)), Number(date.slice(4, 6))];
  // 29 February passes in every year, since the century is not written.
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(2024, month, 0).getDate();
};

/** Ecuador: 01 to 24 are provinces, 30 and 50 stand for those who live abroad. */
const isEcuadorianCard = (number: string): boolean =>
  /^(0[1-9]|1[0-9]|2[0-4]|30|50)[0-6]/.test(number) && endsInDigitOf(luhnDigit)(number);

/** A person's is the card's and an establishment's; those of offices (6) and of companies (9) have their own. */
const isEcuadorianTaxNumber = (number: string): boolean => {
  const isPerson = isEcuadorianCard(number.slice(0, 10));
  const isOffice = endsInDigitOf(cuitDigit)(number.slice(0, 9));
  if (number[2] === '6') return isPerson || isOffice;
  return number[2] === '9' ? endsInDigitOf(cuitDigit)(number.slice(0, 10)) || isOffice : isPerson;
};

const colombian = [
  paper(
    'CC',
    { es: 'Cédula de ciudadanía', en: 'Citizenship card' },
    '^[1-9][0-9]{5,9}$',
    '1020304050',
    { write: grouped },
  ),
  paper('CE', { es: 'Cédula de extranjería', en: 'Foreigner card' }, '^[0-9]{6,7}$', '432109'),
  paper(
    'NIT',
    { es: 'NIT con dígito de verificación', en: 'Tax number with check digit' },
    '^[1-9][0-9]{6,10}$',
    '8909039388',
    { isValid: endsInDigitOf(nitDigit), write: withDigit },
  ),
];

const mexican = [
  paper(
    'RFC',
    { es: 'RFC', en: 'Tax number (RFC)' },
    '^[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}$',
    'GODE561231GR8',
    {
      isValid: (number) => hasDate(number.slice(-9)),
      // The authority itself has given out wrong ones (python-stdnum reckons with 1.5 of 100).
      isLikely: endsInDigitOf(rfcDigit),
    },
  ),
  paper(
    'CURP',
    { es: 'CURP', en: 'Population number (CURP)' },
    '^[A-ZÑ]{4}[0-9]{6}[HMX][A-Z]{2}[A-ZÑ]{3}[0-9A-Z][0-9]$',
    'BOXW310820HNERXN09',
    { isValid: (number) => hasDate(number.slice(4)) && endsInDigitOf(curpDigit)(number) },
  ),
];

const argentinian = [
  paper('DNI', { es: 'DNI', en: 'Identity card (DNI)' }, '^[1-9][0-9]{6,7}$', '30123456', {
    write: grouped,
  }),
  paper(
    'CUIT',
    { es: 'CUIT o CUIL', en: 'Tax number (CUIT)' },
    '^(20|23|24|25|26|27|30|33|34)[0-9]{9}$',
    '30500010912',
    { isValid: endsInDigitOf(cuitDigit), write: cutAt(2, 10) },
  ),
];

const chilean = [
  paper(
    'RUT',
    { es: 'RUT', en: 'Tax and identity number (RUT)' },
    '^[1-9][0-9]{5,7}[0-9K]$',
    '60803000K',
    { isValid: endsInDigitOf(rutDigit), write: withDigit },
  ),
];

const peruvian = [
  paper('DNI', { es: 'DNI', en: 'Identity card (DNI)' }, '^[0-9]{8}$', '40123456'),
  paper('RUC', { es: 'RUC', en: 'Tax number (RUC)' }, '^(10|15|16|17|20)[0-9]{9}$', '20131312955', {
    isValid: endsInDigitOf(rucDigit),
  }),
];

const brazilian = [
  paper('CPF', { es: 'CPF', en: 'Personal tax number (CPF)' }, '^[0-9]{11}$', '11144477735', {
    isValid: (number) => endsInDigitOf(cpfDigits, 2)(number) && !isRepeated(number),
    write: (number) => number.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4'),
  }),
  paper(
    'CNPJ',
    { es: 'CNPJ', en: 'Company tax number (CNPJ)' },
    '^[0-9A-Z]{12}[0-9]{2}$',
    '00000000000191',
    {
      isValid: (number) => endsInDigitOf(cnpjDigits, 2)(number) && !isRepeated(number),
      write: (number) => number.replace(/^(..)(...)(...)(....)(..)$/, '$1.$2.$3/$4-$5'),
    },
  ),
];

const uruguayan = [
  paper('CI', card, '^[1-9][0-9]{6,7}$', '12345672', {
    isValid: endsInDigitOf(uruguayanCardDigit),
    write: withDigit,
  }),
  paper(
    'RUT',
    { es: 'RUT', en: 'Tax number (RUT)' },
    '^(0[1-9]|1[0-9]|2[0-2])[0-9]{6}001[0-9]$',
    '211003420017',
    { isValid: endsInDigitOf(uruguayanTaxDigit) },
  ),
];

const ecuadorian = [
  paper('CI', card, '^[0-9]{10}$', '1714307103', { isValid: isEcuadorianCard }),
  paper(
    'RUC',
    { es: 'RUC', en: 'Tax number (RUC)' },
    '^[0-9]{10}(?!000)[0-9]{3}$',
    '1792060346001',
    {
      isValid: isEcuadorianTaxNumber,
    },
  ),
];

const costaRican = [
  paper('CEDULA', { es: 'Cédula física', en: 'Identity card' }, '^[1-9][0-9]{8}$', '101230456', {
    write: cutAt(1, 5),
  }),
  paper(
    'JURIDICA',
    { es: 'Cédula jurídica', en: 'Company number' },
    '^[2-5][0-9]{9}$',
    '3101123456',
    { write: cutAt(1, 4) },
  ),
  paper('DIMEX', { es: 'DIMEX', en: 'Foreigner card (DIMEX)' }, '^1[0-9]{10,11}$', '155812994816'),
];

const paraguayan = [
  paper('CI', card, '^[1-9][0-9]{4,7}$', '4123456', { write: grouped }),
  paper(
    'RUC',
    { es: 'RUC con dígito verificador', en: 'Tax number with check digit (RUC)' },
    '^[1-9][0-9]{4,8}$',
    '800280610',
    {
      isValid: endsInDigitOf(paraguayanTaxDigit),
      write: (number) => cutAt(number.length - 1)(number),
    },
  ),
];

const dominican = [
  paper('CEDULA', { es: 'Cédula', en: 'Identity card' }, '^[0-9]{11}$', '00113918205', {
    isValid: endsInDigitOf(luhnDigit),
    write: cutAt(3, 10),
  }),
  paper('RNC', { es: 'RNC', en: 'Tax number (RNC)' }, '^[1-9][0-9]{8}$', '101850043', {
    isValid: endsInDigitOf(dominicanTaxDigit),
    write: cutAt(1, 3, 8),
  }),
];

// Of neither has the state published a rule of check.
const bolivian = [
  paper('CI', card, '^[1-9][0-9]{3,7}([0-9][A-Z])?$', '4567890'),
  paper('NIT', { es: 'NIT', en: 'Tax number (NIT)' }, '^[1-9][0-9]{6,11}$', '1020304021'),
];

export const generalPapers = [
  paper(
    'ID',
    { es: 'Documento de identidad', en: 'Identity document' },
    '^[A-Z0-9]{4,20}$',
    'X1234567',
  ),
];

/** By ISO 3166-1; elsewhere there are the general ones. */
export const papersByCountry: ReadonlyMap<string, readonly IdentityDocument[]> = new Map([
  ['CO', colombian],
  ['MX', mexican],
  ['AR', argentinian],
  ['CL', chilean],
  ['PE', peruvian],
  ['BR', brazilian],
  ['UY', uruguayan],
  ['EC', ecuadorian],
  ['CR', costaRican],
  ['PY', paraguayan],
  ['DO', dominican],
  ['BO', bolivian],
]);
