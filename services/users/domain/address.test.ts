import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DomainError } from '#shared/kernel/errors.ts';
import { addressForms, formOf } from '#shared/kernel/address-forms.ts';
import { readAddress, type Address } from './address.ts';
import { isCountry } from '#shared/kernel/countries.ts';

const exampleOf = (country: string): Address => {
  const { fields, documents } = formOf(country);
  const [document] = documents;
  return {
    label: null,
    recipient: 'Ana Restrepo',
    phoneNumber: null,
    country,
    fields: Object.fromEntries(
      fields.map(({ key, example, pattern }) => [key, example ?? (pattern ? '' : 'x')]),
    ),
    document: { type: document!.type, number: document!.example },
  };
};
const faultsOf = (address: Address): readonly string[] => {
  try {
    readAddress(address);
    return [];
  } catch (error) {
    return (error as DomainError).details.errors!.map(({ pointer, code }) => `${pointer} ${code}`);
  }
};

describe('the forms of countries', () => {
  it('are those of twelve countries, and one for all others', () => {
    assert.deepEqual(
      addressForms.map(({ country }) => country),
      ['CO', 'MX', 'AR', 'CL', 'PE', 'BR', 'UY', 'EC', 'CR', 'PY', 'DO', 'BO'],
    );
    assert.equal(formOf('FR').country, '*');
    assert.equal(formOf('FR').documents.length, 1);
  });

  for (const country of [...addressForms.map((form) => form.country), 'FR']) {
    const form = formOf(country);
    it(`${country}: takes its own examples, and every example of a document`, () => {
      assert.deepEqual(faultsOf(exampleOf(country)), []);
      for (const { type, example } of form.documents)
        assert.deepEqual(
          faultsOf({ ...exampleOf(country), document: { type, number: example } }),
          [],
          type,
        );
    });

    it(`${country}: misses each required field, and no other`, () => {
      assert.deepEqual(
        faultsOf({ ...exampleOf(country), fields: {} }),
        form.fields
          .filter(({ isRequired }) => isRequired)
          .map(({ key }) => `#/fields/${key} required`),
      );
    });

    it(`${country}: sees a wrong end of every document that has a check`, () => {
      for (const { type, example, isValid } of form.documents) {
        if (!isValid || type === 'RFC' || example.endsWith('001')) continue;
        const last = example.at(-1)!;
        const number = example.slice(0, -1) + (last === '7' ? '8' : '7');
        assert.deepEqual(faultsOf({ ...exampleOf(country), document: { type, number } }), [
          '#/document/number check_digit',
        ]);
      }
    });

    it(`${country}: has words in both languages and keys that stand once`, () => {
      const keys = form.fields.map(({ key }) => key);
      assert.equal(new Set(keys).size, keys.length);
      for (const { label } of [...form.fields, ...form.documents])
        assert.ok(label.es.length > 1 && label.en.length > 1);
    });
  }
});

describe('an address', () => {
  it('is kept as it is meant, however it is typed', () => {
    const read = readAddress({
      ...exampleOf('BR'),
      label: '  Mi   casa ',
      fields: { ...exampleOf('BR').fields, postal_code: '01310-100', city: ' São  Paulo ' },
      document: { type: 'CPF', number: '111.444.777-35' },
    });
    assert.partialDeepStrictEqual(read, {
      label: 'Mi casa',
      fields: { postal_code: '01310100', city: 'São Paulo' },
      document: { number: '11144477735' },
    });
    const chilean = { type: 'RUT', number: '60.803.000-k' };
    assert.equal(
      readAddress({ ...exampleOf('CL'), document: chilean }).document?.number,
      '60803000K',
    );
  });

  it('says every fault with its place', () => {
    const { fields } = exampleOf('CO');
    assert.deepEqual(
      faultsOf({
        ...exampleOf('CO'),
        fields: {
          ...fields,
          street: ' ',
          postal_code: '12',
          'a/b': 'x',
          department: 'x'.repeat(121),
        },
        document: { type: 'CPF', number: '1' },
      }),
      [
        '#/fields/a~1b unknown_field',
        '#/fields/department too_long',
        '#/fields/street required',
        '#/fields/postal_code wrong_format',
        '#/document/type not_allowed',
      ],
    );
    assert.deepEqual(
      faultsOf({ ...exampleOf('BR'), fields: { ...exampleOf('BR').fields, state: 'XX' } }),
      ['#/fields/state not_allowed'],
    );
    const repeated = { type: 'CPF', number: '11111111111' };
    assert.deepEqual(faultsOf({ ...exampleOf('BR'), document: repeated }), [
      '#/document/number check_digit',
    ]);
    const noDate = { type: 'RFC', number: 'GODE561331GR8' };
    assert.deepEqual(faultsOf({ ...exampleOf('MX'), document: noDate }), [
      '#/document/number check_digit',
    ]);
  });

  it('is in a country that there is', () => {
    for (const code of ['CO', 'MX', 'AR', 'CL', 'PE', 'BR', 'US', 'GB', 'DE', 'SS'])
      assert.ok(isCountry(code), code);
    for (const code of ['ZZ', 'UK', 'EU', 'XX', 'AA', 'SU', 'co', 'COL', ''])
      assert.ok(!isCountry(code), code);
    assert.deepEqual(faultsOf({ ...exampleOf('CO'), country: 'ZZ' }), ['#/country not_allowed']);
  });
});
