import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { phoneOf } from '../kit/phone.ts';
import { regionIn } from './draft.ts';
import { addAmounts } from './totals.ts';

describe('a total', () => {
  it('is the sum of lines and shipping, to the cent', () => {
    assert.equal(addAmounts('84500.00', '12900.00'), '97400.00');
    assert.equal(addAmounts('0.05', '0.05'), '0.10');
    assert.equal(addAmounts('12', '0.5'), '12.5');
    assert.equal(addAmounts('900719925474099.99', '0.01'), '900719925474100.00');
    assert.equal(addAmounts('7', '8'), '15');
  });
});

describe('what a buyer types', () => {
  it('is a telephone number of the country, or of the one that is named', () => {
    assert.equal(phoneOf('300 123 4567', '57'), '+573001234567');
    assert.equal(phoneOf('+54 9 11 5555-0100', '57'), '+5491155550100');
    assert.equal(phoneOf('  ', '57'), null);
  });

  it('says the part of the country, whatever that is called there', () => {
    assert.equal(regionIn({ department: 'Antioquia', municipality: 'Medellín' }), 'Antioquia');
    assert.equal(regionIn({ city: 'Quito' }), undefined);
  });
});
