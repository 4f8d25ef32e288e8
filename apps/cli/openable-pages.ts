/** What `plaza open` knows, by its English and its Spanish name. */
export const pagePaths = {
  shop: '/',
  tienda: '/',
  admin: '/admin',
  system: '/sistema',
  sistema: '/sistema',
  docs: '/docs',
  mail: '/sistema/correo',
  correo: '/sistema/correo',
} as const;

export type OpenablePage = keyof typeof pagePaths;
export const openablePages = Object.keys(pagePaths);
