import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DomainError } from '#shared/kernel/errors.ts';
import { documentText } from '#shared/kernel/identity-documents.ts';
import { readIssuer } from './issuer.ts';

const issuer = (country: string, type: string, number: string) => ({
  legalName: '  Casa  del Tinto S.A.S. ',
  country,
  document: { type, number },
});

const faultsOf = (given: ReturnType<typeof issuer>): readonly string[] => {
  try {
    readIssuer(given);
    return [];
  } catch (error) {
    return (error as DomainError).details.errors!.map(({ pointer, code }) => `${pointer} ${code}`);
  }
};

describe('who gives a receipt', () => {
  for (const [country, type, number, written] of [
    ['CO', 'NIT', '890.903.938-8', 'NIT 890.903.938-8'],
    ['MX', 'RFC', 'gode561231gr8', 'RFC GODE561231GR8'],
    ['AR', 'CUIT', '30-50001091-2', 'CUIT 30-50001091-2'],
    ['CL', 'RUT', '60.803.000-k', 'RUT 60.803.000-K'],
    ['PE', 'RUC', '20131312955', 'RUC 20131312955'],
    ['BR', 'CNPJ', '00.000.000/0001-91', 'CNPJ 00.000.000/0001-91'],
    ['EC', 'RUC', '1792060346-001', 'RUC 1792060346001'],
    ['UY', 'RUT', '21-100342-001-7', 'RUT 211003420017'],
    ['PY', 'RUC', '80028061-0', 'RUC 80028061-0'],
    ['DO', 'RNC', '1-01-85004-3', 'RNC 1-01-85004-3'],
    ['CR', 'JURIDICA', '3-101-123456', 'JURIDICA 3-101-123456'],
    ['FR', 'ID', '1790011674001', 'ID 1790011674001'],
  ] as const) {
    it(`takes a ${type} of ${country} and writes it as people do`, () => {
      const read = readIssuer(issuer(country, type, number));
      assert.equal(read.legalName, 'Casa del Tinto S.A.S.');
      assert.equal(documentText({ country, ...read.document }), written);
    });
  }

  for (const [country, type, number, fault] of [
    ['CO', 'NIT', '890.903.938-7', '#/document/number check_digit'],
    ['AR', 'CUIT', '30-50001091-3', '#/document/number check_digit'],
    ['CL', 'RUT', '60.803.000-1', '#/document/number check_digit'],
    ['PE', 'RUC', '20131312954', '#/document/number check_digit'],
    ['MX', 'RFC', 'GODE561331GR8', '#/document/number check_digit'],
    ['CO', 'NIT', '12', '#/document/number wrong_format'],
    // It says who somebody is, and not by which number taxes are paid.
    ['CO', 'CC', '1020304050', '#/document/type not_allowed'],
    ['CO', 'RFC', 'GODE561231GR8', '#/document/type not_allowed'],
    ['XX', 'ID', '1234', '#/country not_allowed'],
  ] as const) {
    it(`refuses ${type} ${number} in ${country}`, () => {
      assert.deepEqual(faultsOf(issuer(country, type, number)), [fault]);
    });
  }

  it('refuses a name that nobody can read', () => {
    for (const legalName of ['   ', 'A\u0000B', 'A\u202EB', 'x'.repeat(161)])
      assert.deepEqual(faultsOf({ ...issuer('CO', 'NIT', '8909039388'), legalName }), [
        '#/legal_name wrong_format',
      ]);
  });
});
