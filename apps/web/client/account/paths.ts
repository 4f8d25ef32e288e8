/** The addresses of the account; what is not among them is 404 before any script runs. */
export const accountPaths = [
  '/cuenta',
  '/cuenta/pedidos',
  '/cuenta/pedidos/:order',
  '/cuenta/favoritos',
  '/cuenta/notificaciones',
  '/cuenta/perfil',
  '/cuenta/direcciones',
  '/cuenta/seguridad',
  '/cuenta/cobros',
  '/cuenta/datos',
] as const;
