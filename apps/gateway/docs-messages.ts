/** Words of the pages for developers; both languages are complete. */
const es = {
  title: 'Documentación',
  intro:
    'Todo lo que Plaza sabe hacer se hace por su API, y todo lo que pasa se cuenta en eventos.',
  home: 'Documentación',
  api: 'Referencia de la API',
  apiText: 'Cada dirección, con lo que recibe, lo que responde y quién puede llamarla.',
  openapi: 'Documento OpenAPI 3.1',
  openapiText: 'Lo mismo para programas: con él se hacen clientes en cualquier lenguaje.',
  events: 'Eventos',
  eventsText: 'Lo que cada servicio cuenta a los demás, con su esquema y un ejemplo.',
  errors: 'Errores',
  errorsText: 'Cada código de error que la API puede responder, y qué hacer.',
  cli: 'Línea de comandos',
  cliText: 'Lo que se hace desde la terminal, con npx plaza.',
  cliIntro:
    'Se ejecutan en la carpeta de la instalación. Cada una explica sus opciones con --help.',
  webhooks: 'Avisos de proveedores',
  webhooksText: 'Dónde avisa el proveedor de pagos, y cómo se comprueba que es él.',
  webhooksBody: [
    'Los proveedores de pagos avisan a POST /api/v1/webhook/<proveedor>. Plaza comprueba la firma y la hora antes de leer nada más, y pregunta al proveedor por lo que el aviso nombra: el aviso solo dice que hay algo nuevo.',
    'Un aviso repetido se reconoce y se responde igual que la primera vez. Uno que no se puede comprobar se responde con 401 y no cambia nada.',
    'Plaza todavía no avisa a direcciones tuyas: para seguir lo que pasa usa /ws o GET /api/v1/admin/events.',
  ],
  status: 'Estado HTTP',
  code: 'Código',
  meaning: 'Qué significa',
  shape: 'Cómo llega',
  fieldErrors: 'Si faltan o sobran campos, errors dice cuál con un puntero JSON y por qué.',
  retryText:
    'Espera lo que diga Retry-After y envía lo mismo otra vez, con la misma Idempotency-Key si la usaste.',
  supportText: 'Guarda request_id: con él quien administra encuentra en los registros qué pasó.',
  toldBy: 'Lo cuenta',
  takenBy: 'Lo recibe',
  nobody: 'Nadie todavía',
  schema: 'Esquema de sus datos',
  example: 'Un ejemplo',
  envelope:
    'Los datos viajan en un sobre de CloudEvents 1.0; correlation_id une todo lo que empezó con una misma petición.',
  other: 'English',
} as const;

export type DocsMessages = {
  readonly [Key in keyof typeof es]: (typeof es)[Key] extends string ? string : readonly string[];
};

const en: DocsMessages = {
  title: 'Documentation',
  intro: 'All that Plaza can do is done by its API, and all that happens is told in events.',
  home: 'Documentation',
  api: 'API reference',
  apiText: 'Every address, with what it takes, what it answers and who may call it.',
  openapi: 'OpenAPI 3.1 document',
  openapiText: 'The same for programs: clients in any language are made from it.',
  events: 'Events',
  eventsText: 'What each service tells the others, with its schema and an example.',
  errors: 'Errors',
  errorsText: 'Every code of an error that the API can answer, and what to do.',
  cli: 'Command line',
  cliText: 'What is done from a terminal, with npx plaza.',
  cliIntro: 'They run in the folder of the installation. Each explains its options with --help.',
  webhooks: 'Notifications of providers',
  webhooksText: 'Where the payment provider notifies, and how it is known to be that.',
  webhooksBody: [
    'Payment providers notify POST /api/v1/webhook/<provider>. Plaza checks signature and time before it reads anything else, and asks the provider for what the notification names: it only says that there is news.',
    'A notification that comes again is recognised and answered as the first time. One that cannot be checked is answered with 401 and changes nothing.',
    'Plaza does not notify addresses of yours yet: to follow what happens use /ws or GET /api/v1/admin/events.',
  ],
  status: 'HTTP status',
  code: 'Code',
  meaning: 'What it means',
  shape: 'How it comes',
  fieldErrors:
    'Where fields are missing or not known, errors says which by a JSON pointer, and why.',
  retryText:
    'Wait as long as Retry-After says and send the same again, with the same Idempotency-Key if you used one.',
  supportText: 'Keep request_id: with it the operator finds in the logs what happened.',
  toldBy: 'Told by',
  takenBy: 'Taken by',
  nobody: 'Nobody yet',
  schema: 'Schema of its data',
  example: 'An example',
  envelope:
    'Data travel in an envelope of CloudEvents 1.0; correlation_id joins all that began with one request.',
  other: 'Español',
};

export type DocsLanguage = 'es' | 'en';
export const docsMessages: Readonly<Record<DocsLanguage, DocsMessages>> = { es, en };
