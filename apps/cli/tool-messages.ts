type Made = Readonly<{ number: string; title: string; total: string; currency: string }>;

/** What the command line says of its small tools: pages, records, requests, completion. */
export const toolsEs = {
  pathWanted: 'La dirección empieza por /, por ejemplo /api/v1/products.',
  bodyNotJson: 'El cuerpo no es JSON.',
  triggerElsewhere:
    'Solo se simula un pedido donde todo corre en un proceso y ningún dinero es de verdad.',
  orderSimulated: (made: Made): string =>
    `Pedido ${made.number} creado y pagado: ${made.title}, ${made.total} ${made.currency}.`,
  orderSimulatedFollow: (id: string): string =>
    `Su camino: npx plaza eventos seguir --correlation ${id}`,
};
export const toolsEn: typeof toolsEs = {
  pathWanted: 'The address begins with /, such as /api/v1/products.',
  bodyNotJson: 'The body is not JSON.',
  triggerElsewhere:
    'An order is simulated only where all runs in one process and no money is real.',
  orderSimulated: (made) =>
    `Order ${made.number} placed and paid: ${made.title}, ${made.total} ${made.currency}.`,
  orderSimulatedFollow: (id) => `Its way: npx plaza events follow --correlation ${id}`,
};

export const toolsHelpEs = {
  open: 'Abre una página en el navegador y dice su dirección',
  openPage: 'qué página; sin ella, la tienda',
  logs: 'Registros de la plataforma',
  logsTail: 'Sigue los registros a medida que llegan',
  logService: 'solo los de un servicio',
  logLevel: 'solo desde esta gravedad',
  logCorrelation: 'solo los que nombran esta operación',
  get: 'Lee de la API como operador',
  post: 'Envía a la API como operador',
  put: 'Cambia algo por la API como operador',
  delete: 'Borra algo por la API como operador',
  requestPath: 'dirección, por ejemplo /api/v1/products',
  requestBody: 'cuerpo en JSON; - lo lee de la entrada estándar',
  completion: 'Escribe el guion con el que tu terminal completa estos comandos',
  shell: 'la terminal',
  trigger: 'Hace que pase algo, como lo haría un cliente',
  triggerEvent: 'con qué evento empieza',
};
export const toolsHelpEn: typeof toolsHelpEs = {
  open: 'Opens a page in the browser and says its address',
  openPage: 'which page; without it, the shop',
  logs: 'Records of the platform',
  logsTail: 'Follows the records as they come',
  logService: 'only those of one service',
  logLevel: 'only from this level on',
  logCorrelation: 'only those that name this process',
  get: 'Reads from the API as the operator',
  post: 'Sends to the API as the operator',
  put: 'Changes something by the API as the operator',
  delete: 'Deletes something by the API as the operator',
  requestPath: 'address, such as /api/v1/products',
  requestBody: 'body in JSON; - reads it from standard input',
  completion: 'Prints the script by which your shell completes these commands',
  shell: 'the shell',
  trigger: 'Makes something happen, as a customer would',
  triggerEvent: 'the event that it begins with',
};
