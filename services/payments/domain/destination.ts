import { paymentError } from './errors.ts';

/** Where money is sent, as it is typed. Sealed before it is kept. */
export type Destination = Readonly<{
  country: string;
  type: string;
  bankCode: string;
  accountNumber: string;
  holderName: string;
  taxId: string;
}>;

type Form = Readonly<{
  types: readonly string[];
  bankCode: RegExp;
  accountNumber: RegExp;
  taxId: RegExp;
  isNumberValid?: (digits: string) => boolean;
}>;

const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + Number(digits[i]) * weight, 0);

/** CLABE: each product of the weights 3, 7, 1 modulo ten, their sum taken from ten (Banco de México). */
const isClabe = (digits: string): boolean => {
  const sum = digits
    .slice(0, 17)
    .split('')
    .reduce((total, digit, i) => total + ((Number(digit) * [3, 7, 1][i % 3]!) % 10), 0);
  return (10 - (sum % 10)) % 10 === Number(digits[17]);
};

/** CBU and CVU: two blocks, each with a check digit (BCRA). */
const isCbu = (digits: string): boolean => {
  const first = (10 - (weighted(digits, [7, 1, 3, 9, 7, 1, 3]) % 10)) % 10;
  const second =
    (10 - (weighted(digits.slice(8), [3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3]) % 10)) % 10;
  return first === Number(digits[7]) && second === Number(digits[21]);
};

/** What a bank account is in each country that is paid out to. */
const forms: Readonly<Record<string, Form>> = {
  CO: {
    types: ['savings', 'checking'],
    bankCode: /^\d{2,4}$/,
    accountNumber: /^\d{6,17}$/,
    taxId: /^\d{6,11}$/,
  },
  MX: {
    types: ['clabe'],
    bankCode: /^\d{3}$/,
    accountNumber: /^\d{18}$/,
    taxId: /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/,
    isNumberValid: isClabe,
  },
  AR: {
    types: ['cbu', 'cvu'],
    bankCode: /^\d{3}$/,
    accountNumber: /^\d{22}$/,
    taxId: /^\d{11}$/,
    isNumberValid: isCbu,
  },
  CL: {
    types: ['checking', 'sight', 'savings'],
    bankCode: /^\d{3}$/,
    accountNumber: /^\d{5,17}$/,
    taxId: /^\d{7,8}[\dK]$/,
  },
  PE: {
    types: ['cci'],
    bankCode: /^\d{3}$/,
    accountNumber: /^\d{20}$/,
    taxId: /^(\d{8}|\d{11})$/,
  },
};

export const destinationCountries: readonly string[] = Object.keys(forms);

/** How long a new destination waits before money goes there (reliability E7). */
export const coolingMs = 72 * 3_600_000;

/** Checks an account against its country's form and writes it in one way: without spaces and dashes. */
export const readDestination = (typed: Destination): Destination => {
  const form = forms[typed.country];
  const fault = (field: string) =>
    paymentError('payout_destination_invalid', {
      errors: [
        { pointer: `#/${field}`, code: 'wrong_format', detail: 'is not one of its country' },
      ],
    });
  if (!form) throw fault('country');
  const plain = (text: string): string => text.replaceAll(/[\s.-]/g, '');
  const read = {
    ...typed,
    bankCode: plain(typed.bankCode),
    accountNumber: plain(typed.accountNumber),
    taxId: plain(typed.taxId).toUpperCase(),
    holderName: typed.holderName.normalize('NFC').replaceAll(/\s+/g, ' ').trim(),
  };
  if (!form.types.includes(read.type)) throw fault('type');
  if (!form.bankCode.test(read.bankCode)) throw fault('bank_code');
  if (!form.accountNumber.test(read.accountNumber)) throw fault('account_number');
  if (form.isNumberValid && !form.isNumberValid(read.accountNumber)) throw fault('account_number');
  if (!form.taxId.test(read.taxId)) throw fault('tax_id');
  if (!/^[\p{L}\p{M}\p{N} .,'&()-]{2,100}$/u.test(read.holderName)) throw fault('holder_name');
  return read;
};
