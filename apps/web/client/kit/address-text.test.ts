import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressText } from './address-text.ts';

test('an address reads from the door outwards, however its fields were kept', () => {
  const fields = {
    street: 'Carrera 43A # 7-50',
    department: 'Antioquia',
    municipality: 'Medellín',
    details: 'apto 1204',
    postal_code: '',
  };
  assert.equal(addressText(fields), 'Carrera 43A # 7-50, apto 1204, Medellín, Antioquia');
});

test('a field of no known place stands before the city', () => {
  const fields = { city: 'Quito', corner: 'Y Amazonas', street: 'Avenida Patria' };
  assert.equal(addressText(fields), 'Avenida Patria, Y Amazonas, Quito');
});
