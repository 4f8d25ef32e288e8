import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  documentsOf,
  documentText,
  isTaxNumber,
  maskedDocument,
  readDocument,
} from './identity-documents.ts';

const countries = 'CO MX AR CL PE BR UY EC CR PY DO BO FR'.split(' ');

/** The canonical number, or what is wrong with it. */
const read = (country: string, type: string, number: string): string => {
  const answer = readDocument({ country, type, number });
  return 'document' in answer ? answer.document.number : answer.fault.code;
};

describe('the papers of people', () => {
  for (const country of countries)
    it(`${country}: take their own examples, and have one that taxes are paid by`, () => {
      const papers = documentsOf(country);
      assert.ok(papers.some(isTaxNumber));
      for (const { type, example, isValid, isLikely } of papers) {
        assert.equal(read(country, type, example), example, type);
        assert.ok(isLikely?.(example) ?? true);
        if (!isValid || type === 'RFC') continue;
        // The check of an Ecuadorian tax number stands before the number of the establishment.
        const end = type === 'RUC' && country === 'EC' ? '001' : '';
        const at = example.length - end.length - 1;
        const other = example[at] === '7' ? '8' : '7';
        assert.equal(read(country, type, example.slice(0, at) + other + end), 'check_digit', type);
      }
    });

  for (const [country, type, typed, canonical] of [
    ['CO', 'NIT', ' 890.903.938-8 ', '8909039388'],
    ['CO', 'CC', '1.020.304.050', '1020304050'],
    ['CL', 'RUT', '60.803.000-k', '60803000K'],
    ['MX', 'RFC', 'gode 561231 gr8', 'GODE561231GR8'],
    ['MX', 'RFC', 'VACE460910SX6', 'VACE460910SX6'],
    ['MX', 'RFC', 'n\u0303an9307148t4', 'ÑAN9307148T4'],
    ['MX', 'CURP', 'BOXW310820HNERXN09', 'BOXW310820HNERXN09'],
    ['BR', 'CNPJ', '12.ABC.345/01DE-35', '12ABC34501DE35'],
    ['EC', 'RUC', '1714307103001', '1714307103001'],
    ['EC', 'RUC', '1760001550001', '1760001550001'],
    ['AR', 'DNI', '３０.123.456', '30123456'],
    ['BO', 'CI', '4567890-1A', '45678901A'],
  ] as const)
    it(`${country} ${type}: ${typed} is ${canonical}`, () => {
      assert.equal(read(country, type, typed), canonical);
    });

  for (const [country, type, typed, code] of [
    ['CO', 'NIT', '890.903.938-7', 'check_digit'],
    ['CO', 'NIT', '12', 'wrong_format'],
    ['CO', 'RFC', 'GODE561231GR8', 'not_allowed'],
    ['MX', 'RFC', 'GODE561331GR8', 'check_digit'],
    ['MX', 'CURP', 'BOXW310820HNERXN08', 'check_digit'],
    ['MX', 'CURP', 'BOXW311320HNERXN09', 'check_digit'],
    ['EC', 'CI', '9914307103', 'check_digit'],
    ['EC', 'RUC', '1792060346000', 'wrong_format'],
    ['EC', 'RUC', '1763154690001', 'check_digit'],
    ['BR', 'CPF', '111.111.111-11', 'check_digit'],
    ['UY', 'RUT', '210303670014', 'check_digit'],
    ['FR', 'ID', '<b>', 'wrong_format'],
    ['CO', 'CC', '', 'wrong_format'],
  ] as const)
    it(`${country} ${type}: ${typed || 'nothing'} is refused (${code})`, () => {
      assert.equal(read(country, type, typed), code);
    });

  it('say what was expected of a number that is wrong', () => {
    const answer = readDocument({ country: 'CO', type: 'NIT', number: '890903938-7' });
    assert.deepEqual('fault' in answer && answer.fault, {
      pointer: '#/document/number',
      code: 'check_digit',
      detail: 'has a digit that is wrong',
      params: { type: 'NIT', example: '8909039388' },
    });
  });

  it('make one look again at an RFC whose digit is not reckoned, and refuse none', () => {
    const [rfc] = documentsOf('MX');
    assert.equal(rfc!.isLikely!('VACE460910SX6'), false);
    assert.equal(rfc!.isValid!('VACE460910SX6'), true);
  });

  it('are written as people there do, or with three signs only', () => {
    const written = (country: string, type: string, number: string): string =>
      documentText({ country, type, number });
    assert.equal(written('CO', 'NIT', '8909039388'), 'NIT 890.903.938-8');
    assert.equal(written('BO', 'NIT', '1020304021'), 'NIT 1020304021');
    assert.equal(written('BR', 'CPF', '11144477735'), 'CPF 111.444.777-35');
    assert.equal(written('PY', 'RUC', '26603'), 'RUC 2660-3');
    assert.equal(written('DO', 'CEDULA', '00113918205'), 'CEDULA 001-1391820-5');
    assert.equal(written('CO', 'PASSPORT', 'X1'), 'PASSPORT X1');
    for (const number of ['1020304050', '1.020.304.05-0'])
      assert.equal(maskedDocument({ type: 'CC', number }), 'CC ···· 050');
  });
});
