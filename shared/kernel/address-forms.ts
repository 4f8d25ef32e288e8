import { details, field, optional, street, type AddressForm } from './address-form.ts';
import { documentsOf } from './identity-documents.ts';

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
  documents: documentsOf('CO'),
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
  documents: documentsOf('MX'),
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
  documents: documentsOf('AR'),
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
  documents: documentsOf('CL'),
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
  documents: documentsOf('PE'),
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
  documents: documentsOf('BR'),
};

const uruguay: AddressForm = {
  country: 'UY',
  callingCode: '+598',
  fields: [
    field('state', 'Departamento', 'Department', { example: 'Montevideo' }),
    field('city', 'Localidad', 'Locality', { example: 'Montevideo' }),
    optional('neighbourhood', 'Barrio', 'Neighbourhood', { example: 'Pocitos' }),
    { ...street, example: '18 de Julio 1234' },
    details,
    optional('postal_code', 'Código postal', 'Postal code', { pattern: '^[0-9]{5}$' }),
  ],
  documents: documentsOf('UY'),
};

const ecuador: AddressForm = {
  country: 'EC',
  callingCode: '+593',
  fields: [
    field('state', 'Provincia', 'Province', { example: 'Pichincha' }),
    field('city', 'Cantón', 'Canton', { example: 'Quito' }),
    optional('neighbourhood', 'Parroquia', 'Parish', { example: 'La Mariscal' }),
    { ...street, example: 'Av. Amazonas N24-33 y Colón' },
    details,
    optional('postal_code', 'Código postal', 'Postal code', { pattern: '^[0-9]{6}$' }),
  ],
  documents: documentsOf('EC'),
};

const costaRica: AddressForm = {
  country: 'CR',
  callingCode: '+506',
  fields: [
    field('state', 'Provincia', 'Province', { example: 'San José' }),
    field('city', 'Cantón', 'Canton', { example: 'Escazú' }),
    optional('neighbourhood', 'Distrito', 'District', { example: 'San Rafael' }),
    {
      ...street,
      label: { es: 'Otras señas', en: 'Directions' },
      example: '200 m norte del parque central',
    },
    details,
    optional('postal_code', 'Código postal', 'Postal code', { pattern: '^[0-9]{5}$' }),
  ],
  documents: documentsOf('CR'),
};

const paraguay: AddressForm = {
  country: 'PY',
  callingCode: '+595',
  fields: [
    field('state', 'Departamento', 'Department', { example: 'Central' }),
    field('city', 'Ciudad', 'City', { example: 'Luque' }),
    optional('neighbourhood', 'Barrio', 'Neighbourhood', { example: 'Villa Adela' }),
    { ...street, example: 'Mcal. López 1234' },
    details,
    optional('postal_code', 'Código postal', 'Postal code', { pattern: '^[0-9]{4,6}$' }),
  ],
  documents: documentsOf('PY'),
};

const dominicanRepublic: AddressForm = {
  country: 'DO',
  callingCode: '+1',
  fields: [
    field('state', 'Provincia', 'Province', { example: 'Distrito Nacional' }),
    field('city', 'Municipio', 'Municipality', { example: 'Santo Domingo de Guzmán' }),
    optional('neighbourhood', 'Sector', 'Neighbourhood', { example: 'Naco' }),
    { ...street, example: 'Av. Tiradentes 45' },
    details,
    optional('postal_code', 'Código postal', 'Postal code', { pattern: '^[0-9]{5}$' }),
  ],
  documents: documentsOf('DO'),
};

const bolivia: AddressForm = {
  country: 'BO',
  callingCode: '+591',
  fields: [
    field('state', 'Departamento', 'Department', { example: 'La Paz' }),
    field('city', 'Municipio', 'Municipality', { example: 'El Alto' }),
    optional('neighbourhood', 'Zona', 'Neighbourhood', { example: 'Ciudad Satélite' }),
    { ...street, example: 'Av. 16 de Julio 1490' },
    details,
  ],
  documents: documentsOf('BO'),
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
  documents: documentsOf('*'),
};

/** The countries whose forms differ from the general one. */
export const addressForms: readonly AddressForm[] = [
  colombia,
  mexico,
  argentina,
  chile,
  peru,
  brazil,
  uruguay,
  ecuador,
  costaRica,
  paraguay,
  dominicanRepublic,
  bolivia,
];

/** The form of a country's addresses; the general one where the country has none of its own. */
export const formOf = (country: string): AddressForm =>
  addressForms.find((form) => form.country === country) ?? general;
