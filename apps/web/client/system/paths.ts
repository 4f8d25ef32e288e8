/** The addresses of the operator page; what is not among them is 404 before any script runs. */
export const systemPaths = [
  '/sistema',
  '/sistema/servicios/:id',
  '/sistema/eventos',
  '/sistema/eventos/:id',
  '/sistema/trazas',
  '/sistema/trazas/:id',
  '/sistema/colas',
  '/sistema/correo',
  '/sistema/registros',
] as const;
