import type { DemoCountry } from './country.ts';

export const colombia: DemoCountry = {
  code: 'CO',
  currency: 'COP',
  timeZone: 'America/Bogota',
  prices: { currency: 'COP', minor: 100n, pesos: 1n, endings: [] },
  taxes: {
    standard: { code: 'IVA-19', rateBasisPoints: 1_900 },
    // Roasted coffee and chocolate are taxed less (Estatuto Tributario, article 468-1).
    reduced: { code: 'IVA-5', rateBasisPoints: 500, categories: ['cafe', 'chocolate-y-cacao'] },
    exempt: { code: 'IVA-0', rateBasisPoints: 0 },
  },
  shipping: {
    price: '9900.00',
    freeFrom: '150000.00',
    fast: { price: '14900.00', region: 'Bogotá D. C.', name: 'Bogotá' },
  },
  mobile: { prefix: '+57300555', digits: 4 },
  houseOn: (street, house) => `${street} # ${(house % 90) + 10}-${(house % 77) + 11}`,
  shops: {
    'tostadora-nubarron': {
      contactName: 'Marcela Ospina Rueda',
      place: {
        region: 'Caldas',
        city: 'Manizales',
        neighbourhood: 'Palermo',
        street: 'Carrera 23',
      },
    },
    'taller-cabuya': {
      contactName: 'Julián Pachón Neira',
      place: {
        region: 'Boyacá',
        city: 'Villa de Leyva',
        neighbourhood: 'Centro',
        street: 'Calle 12',
      },
    },
    'almacen-tuerca-y-luz': {
      contactName: 'Beatriz Londoño Arcila',
      place: {
        region: 'Antioquia',
        city: 'Medellín',
        neighbourhood: 'Guayaquil',
        street: 'Calle 46',
      },
    },
  },
  buyers: [
    'Adriana Cárdenas Rojas',
    'Andrés Mejía Salazar',
    'Camila Restrepo Gil',
    'Carlos Barrios Polo',
    'Catalina Duque Henao',
    'Daniel Quintero Vega',
    'Diana Murillo Peña',
    'Esteban Arango Uribe',
    'Felipe Castaño Ríos',
    'Gloria Pineda Mora',
    'Hernán Cuesta Palacios',
    'Isabel Zapata Correa',
    'Jaime Benavides Erazo',
    'Laura Cifuentes Amaya',
    'Luis Eduardo Tovar Niño',
    'Manuela Giraldo Botero',
    'Natalia Suárez Lozano',
    'Óscar Villamizar Pabón',
    'Paola Narváez Ordóñez',
    'Ricardo Ibarra Solano',
    'Sandra Milena Cortés',
    'Valentina Hoyos Marín',
  ],
  places: [
    {
      region: 'Bogotá D. C.',
      city: 'Bogotá',
      neighbourhood: 'Chapinero Alto',
      street: 'Carrera 7',
    },
    { region: 'Antioquia', city: 'Medellín', neighbourhood: 'Laureles', street: 'Carrera 70' },
    { region: 'Valle del Cauca', city: 'Cali', neighbourhood: 'San Antonio', street: 'Calle 5' },
    {
      region: 'Atlántico',
      city: 'Barranquilla',
      neighbourhood: 'El Prado',
      street: 'Carrera 54',
    },
    {
      region: 'Santander',
      city: 'Bucaramanga',
      neighbourhood: 'Cabecera del Llano',
      street: 'Carrera 33',
    },
    { region: 'Nariño', city: 'Pasto', neighbourhood: 'Palermo', street: 'Calle 18' },
    { region: 'Antioquia', city: 'Envigado', neighbourhood: 'Zúñiga', street: 'Calle 37 Sur' },
    { region: 'Risaralda', city: 'Pereira', neighbourhood: 'Los Álamos', street: 'Carrera 15' },
  ],
};
