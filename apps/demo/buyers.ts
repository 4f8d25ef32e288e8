/** Somebody who buys in the demo shop: invented, with an address under the reserved `example.com`. */
export type DemoBuyer = Readonly<{ username: string; fullName: string; email: string }>;

const names = [
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
] as const;

const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Few on purpose: each one's password costs a hash, the slowest thing of the seed. */
export const demoBuyers: readonly DemoBuyer[] = names.map((fullName) => {
  const [first, ...rest] = plain(fullName).split(' ');
  const username = `${first}.${rest.at(-1)}`;
  return { username, fullName, email: `${username}@example.com` };
});
