import { demoEs, demoHelpEs, demoProblemsEs } from './demo-messages.ts';
import { ledgerEs, ledgerHelpEs } from './ledger-messages.ts';
import { keyHelpEs, keyProblemsEs, keysEs } from './key-messages.ts';
import { toolsEs, toolsHelpEs } from './tool-messages.ts';
type Row = Readonly<{ line: number; column: string | null; detail: string }>;

const count = (n: number, one: string, many: string): string =>
  `${new Intl.NumberFormat('es').format(n)} ${n === 1 ? one : many}`;

type AuditSums = Readonly<{ links: number; waiting: number; erased: number; pruned: number }>;
const auditFaults: Readonly<Record<string, string>> = {
  chain_broken: 'la cadena no casa',
  link_missing: 'falta un eslabón',
  entry_missing: 'falta una entrada',
  entry_changed: 'una entrada cambió',
  entry_added: 'una entrada llegó después',
  head_rewritten: 'el eslabón anotado ya no es el mismo',
};

/** Every sentence of the command line in Spanish; `Messages` makes English complete. */
export const es = {
  ...ledgerEs,
  ...demoEs,
  ...keysEs,
  ...toolsEs,
  seconds: (value: number): string =>
    `${value.toLocaleString('es', { maximumFractionDigits: 1 })} s`,
  size: (bytes: number): string => {
    const megabytes = bytes / 1_048_576;
    const [value, unit] = megabytes < 1_024 ? [megabytes, 'MB'] : [megabytes / 1_024, 'GB'];
    return `${value.toLocaleString('es', { maximumFractionDigits: 1 })} ${unit}`;
  },

  heading: (version: string, node: string, data: string): string =>
    `Plaza ${version} · Node ${node} · datos en ${data} (PostgreSQL 18 integrado)`,
  headingOfPart: (version: string, node: string, target: string): string =>
    `Plaza ${version} · Node ${node} · ${target} (servidores por URL)`,
  servicesReady: (n: number, seconds: string): string =>
    `${count(n, 'servicio listo', 'servicios listos')} en ${seconds}`,
  alreadyRunning: (pid: number): string => `Ya está en marcha (proceso ${pid})`,
  demoFilling: 'La tienda de ejemplo se llena en segundo plano; ya puedes usar la API.',
  demoProgress: (percent: number): string => `tienda de ejemplo: ${percent} %`,
  demoSeeded: (r: Readonly<{ products: number; sellers: number; orders: number }>, s: string) =>
    `Tienda de ejemplo lista: ${r.products} productos, ${r.sellers} vendedores, ${r.orders} pedidos de 30 días (${s})`,
  demoNotEmpty: 'La tienda no está vacía: no se agregó nada.',
  demoBusy: 'La tienda de ejemplo ya se está llenando.',
  demoFailed: (reason: string): string =>
    `No se pudo llenar la tienda de ejemplo: ${reason}. Inténtalo con: npx plaza seed`,
  labels: {
    shop: 'Tienda',
    admin: 'Administración',
    system: 'Sistema',
    mail: 'Correo',
    api: 'API',
    reference: 'Referencia',
    health: 'Salud',
    data: 'Datos',
  },
  setupTitle: 'Crea tu cuenta de administración (vence en 30 min):',
  setupPath: 'instalar',
  setupOr: 'o bien: npx plaza admin crear correo@ejemplo.com',
  howToStop: 'Ctrl+C para detenerla',
  noticeNoPages:
    'Las páginas no están construidas: ejecuta npm ci sin --omit=dev. La API funciona.',
  takingOver: (country: string, currency: string): string =>
    `Tu tienda empieza de nuevo: ${country}, ${currency}`,
  takeOverFailed: (reason: string): string =>
    `La tienda sigue como estaba: el ejemplo no se pudo quitar (${reason})`,
  holding: {
    title: 'Preparando tu tienda…',
    text: 'Empieza de nuevo con la moneda de tu país. Son unos segundos; esta página sigue sola.',
  },
  stopping: 'Deteniendo…',
  stopped: (command: string): string =>
    `Plaza está detenida; los datos quedan guardados. Para seguir: ${command}`,
  stoppedHard: (command: string): string =>
    `Plaza no terminó a tiempo y se cerró de golpe; nada confirmado se pierde. Para seguir: ${command}`,
  startFailed: (reason: string): string => `Plaza no pudo empezar: ${reason}`,
  crashed: (reason: string, log: string): string =>
    `Plaza se cerró por un fallo: ${reason} (detalles en ${log})`,
  logged: (message: string, log: string): string => `${message} (detalles en ${log})`,
  /** Errors of the log that a person is told in words, by how they begin. */
  knownErrors: {
    'PostgreSQL ended; starting it again':
      'La base de datos se cerró de golpe y se inicia de nuevo; lo confirmado está guardado',
    'PostgreSQL does not start': 'La base de datos no arranca; se sigue intentando',
    'the port of PostgreSQL was taken':
      'Otro programa tomó el puerto de la base de datos; se sigue intentando',
  } as Readonly<Record<string, string>>,
  waitingForOther: 'Otra Plaza está empezando con estos datos; espero por ella…',
  otherDidNotStart: (data: string): string =>
    `Otro proceso usa ${data} y no responde. Deténlo, o usa otra carpeta con PLAZA_DATA.`,
  noticePortBusy: (busy: string, used: string): string =>
    `El puerto ${busy} está ocupado: uso el ${used}`,
  noticeDatabasePort: (busy: string, used: string): string =>
    `El puerto ${busy} de la base de datos está ocupado: uso el ${used}`,
  noticeRecovered: 'La última vez no se cerró bien; los datos se recuperaron',
  noticeStalePid: (pid: string): string =>
    `Se quitó la marca que dejó el proceso ${pid} de la base de datos`,
  noticeTakenOver: (pid: string): string =>
    `Quedaba una base de datos en marcha (proceso ${pid}); se cerró y se abrió de nuevo`,
  noticeOtherUser: (uid: string): string =>
    `PostgreSQL no funciona como root: se ejecuta como el usuario ${uid}`,

  configurationWrong: 'La configuración tiene errores:',
  notRunning: (data: string): string =>
    `Plaza no está en marcha con los datos de ${data}. Empieza con: npm start`,
  unexpected: (reason: string): string => `Algo salió mal: ${reason}`,
  unreachable: (url: string): string =>
    `Plaza no responde en ${url}. Mira cómo está con: npx plaza doctor`,
  refused: (reason: string, code: string): string => `${reason} (${code})`,
  problems: {
    ...demoProblemsEs,
    ...keyProblemsEs,
    'identity.email_taken': 'Ya hay una cuenta con ese correo.',
    'identity.email_invalid': 'Eso no es una dirección de correo.',
    'identity.username_taken': 'Ese nombre de usuario ya existe. Elige otro con --username.',
    'identity.username_invalid':
      'El nombre de usuario lleva de 3 a 32 letras minúsculas, números, punto, guion o raya.',
    too_short: 'La contraseña necesita al menos 8 caracteres.',
    too_long: 'La contraseña tiene más de 128 caracteres.',
    too_common: 'Esa contraseña es de las primeras que se prueban. Elige otra.',
    same_as_name: 'La contraseña no puede ser el correo ni el nombre de usuario.',
  } as Readonly<Record<string, string>>,

  stopDone: 'Plaza detenida.',
  stopSlow: (pid: number): string =>
    `El proceso ${pid} no terminó. Ciérralo con: kill -9 ${pid} (los datos se recuperan al empezar).`,

  statusLine: (version: string, url: string, pid: number): string =>
    `Plaza ${version} en ${url} (proceso ${pid})`,
  statusColumns: ['Servicio', 'Estado', 'Mensajes por enviar', 'Sin entregar'],
  states: { healthy: 'bien', unhealthy: 'mal' } as Readonly<Record<string, string>>,
  uptime: (text: string): string => `En marcha desde hace ${text}`,
  duration: (s: number): string =>
    s < 60 ? `${s} s` : s < 3_600 ? `${Math.floor(s / 60)} min` : `${Math.floor(s / 3_600)} h`,

  importing: (file: string, percent: number): string => `${file}: ${percent} %`,
  importedTitle: (file: string, isDryRun: boolean): string =>
    isDryRun ? `${file} (prueba: nada cambió)` : file,
  imported: (r: Readonly<Record<'created' | 'updated' | 'unchanged' | 'refused', number>>) =>
    [
      count(r.created, 'producto nuevo', 'productos nuevos'),
      count(r.updated, 'actualizado', 'actualizados'),
      count(r.unchanged, 'sin cambios', 'sin cambios'),
      count(r.refused, 'rechazado', 'rechazados'),
    ].join(', '),
  rowError: ({ line, column, detail }: Row): string =>
    `línea ${line}${column === null ? '' : `, columna ${column}`}: ${detail}`,
  moreErrors: (n: number): string => `… y ${count(n, 'error más', 'errores más')}`,
  importFailed: (reason: string): string => `La importación se interrumpió: ${reason}`,
  fileUnreadable: (file: string, reason: string): string => `No se puede leer ${file}: ${reason}`,
  exported: (file: string, size: string): string => `Catálogo guardado en ${file} (${size})`,

  passwordPrompt: 'Contraseña: ',
  passwordAgain: 'Otra vez: ',
  passwordsDiffer: 'Las dos contraseñas no son iguales.',
  passwordNeeded:
    'Sin terminal no se puede preguntar la contraseña. Envíala por la entrada estándar con --password-stdin.',
  adminCreated: (username: string, email: string): string =>
    `Cuenta de administración creada: ${username} (${email})`,

  secretRotated:
    'Hay un secreto nuevo; el anterior queda detrás de él en el archivo. Inicia Plaza: sella todo de nuevo. Después: npx plaza secret forget',
  secretForgotten: {
    forgotten:
      'Queda solo el secreto nuevo. Las copias de antes necesitan el suyo: guárdalo con ellas.',
    none: 'No hay ningún secreto anterior.',
    not_sealed: 'El secreto anterior aún hace falta. Inicia Plaza una vez y repite la orden.',
  } as Readonly<Record<'forgotten' | 'none' | 'not_sealed', string>>,
  secretInUse: 'Plaza está en marcha con esta carpeta. Detenla primero: npx plaza stop',
  secretMissing: (folder: string): string =>
    `En ${folder} no hay ningún secreto: se crea al iniciar Plaza por primera vez.`,
  secretElsewhere:
    'En una instalación distribuida el secreto viene de PLAZA_SECRET. Da el anterior como PLAZA_PREVIOUS_SECRET.',

  eventsEnded: 'Plaza dejó de responder.',
  auditFinding: (fault: string, seq: string, entry: string): string =>
    [auditFaults[fault] ?? fault, seq && `eslabón ${seq}`, entry && `entrada ${entry}`]
      .filter((part) => part !== '')
      .join(' · '),
  auditSound: ({ links, waiting, erased, pruned }: AuditSums): string =>
    `El registro está íntegro: ${count(links, 'eslabón', 'eslabones')}, ${waiting} en espera, ${erased} con datos borrados, ${pruned} retirados por antigüedad.`,
  auditUnsound: ({ links }: AuditSums): string =>
    `El registro no está íntegro. ${count(links, 'eslabón revisado', 'eslabones revisados')}.`,
  auditHead: (head: string): string => `Su último eslabón, para anotarlo en otro lugar: ${head}`,
  deadLetterColumns: ['Mensaje', 'Hora (UTC)', 'Consumidor', 'Intentos', 'Motivo'],
  noDeadLetters: 'No hay mensajes muertos.',
  replayed: (id: string): string => `${id}: tomado`,
  notReplayed: (id: string, reason: string): string => `${id}: volvió a fallar: ${reason}`,
  replayWhich: 'Di qué mensajes se repiten, o --all.',

  doctorOk: 'Todo en orden.',
  doctorFailed: (n: number): string => count(n, 'comprobación falló', 'comprobaciones fallaron'),
  checks: {
    configuration: {
      name: 'Configuración',
      fix: 'Corrige las variables de entorno que se nombran.',
    },
    node: { name: 'Node', fix: 'Ejecuta "npm ci" sin --omit=optional: trae Node 26.' },
    postgres: {
      name: 'PostgreSQL',
      fix: 'Ejecuta "npm ci" sin --omit=optional: trae PostgreSQL 18.',
    },
    folder: {
      name: 'Carpeta de datos',
      fix: 'Dale permiso de escritura a tu usuario, o elige otra carpeta con PLAZA_DATA.',
    },
    space: { name: 'Espacio libre', fix: 'Libera espacio en ese disco: se piden 500 MB.' },
    port: { name: 'Puerto', fix: 'Cierra lo que lo ocupa, o elige otro con PLAZA_PORT.' },
    clock: {
      name: 'Reloj',
      fix: 'Pon en hora el reloj de la máquina: los códigos y enlaces vencen por él.',
    },
    running: { name: 'Proceso', fix: 'Empieza con: npm start' },
    database: {
      name: 'Base de datos',
      fix: 'Mira el final de postgres/postgres.log en la carpeta de datos y reinicia Plaza.',
    },
    outbox: {
      name: 'Mensajes por enviar',
      fix: 'Espera un minuto; si siguen, reinicia Plaza y mira logs/plaza.log.',
    },
    deadLetters: {
      name: 'Mensajes sin entregar',
      fix: 'Míralos con: npx plaza events dead-letters; repítelos con: npx plaza events replay --all',
    },
    mail: { name: 'Correo', fix: 'Revisa PLAZA_SMTP_URL y que el servidor de correo responda.' },
  },
  doctor: {
    fine: 'bien',
    writable: (path: string): string => `${path} se puede escribir`,
    notWritable: (path: string, reason: string): string => `${path}: ${reason}`,
    free: (size: string): string => `${size} libres`,
    portFree: (port: number): string => `${port} libre`,
    portBusy: (port: number): string => `${port} ocupado; Plaza usaría el siguiente libre`,
    portOurs: (url: string): string => `Plaza responde en ${url}`,
    runs: (pid: number): string => `en marcha, proceso ${pid}`,
    runsNot: 'no está en marcha: se comprobó solo la máquina',
    oldest: (text: string): string => `el más antiguo espera hace ${text}`,
    waiting: (n: number): string => count(n, 'mensaje', 'mensajes'),
    clockBehind: 'va atrás respecto del último arranque',
    captured: (path: string): string => `sin servidor SMTP: se guarda en ${path}`,
    smtpAnswers: (server: string): string => `${server} responde`,
    smtpFails: (server: string, reason: string): string => `${server} no responde: ${reason}`,
    unhealthy: (names: string): string => `no responde para: ${names}`,
  },

  usage: {
    titles: {
      'Usage:': 'Uso:',
      'Options:': 'Opciones:',
      'Commands:': 'Órdenes:',
      'Arguments:': 'Argumentos:',
    } as Readonly<Record<string, string>>,
    help: 'muestra esta ayuda',
    choices: 'valores',
    seeHelp: 'Mira la ayuda con: npx plaza --help',
    unknownCommand: (name: string): string => `No existe la orden ${name}.`,
    unknownOption: (name: string): string => `No existe la opción ${name}.`,
    missingArgument: (name: string): string => `Falta el argumento ${name}.`,
    missingOption: (name: string): string => `Falta la opción ${name}.`,
    missingValue: (name: string): string => `La opción ${name} necesita un valor.`,
    invalidValue: (name: string): string => `La opción ${name} no acepta ese valor.`,
    excessArguments: 'Sobran argumentos.',
    commandNeeded: 'Falta la orden.',
  },
  simulator: {
    title: 'El simulador de Mercado Pago está en marcha: aquí no se mueve dinero.',
    url: 'Dirección de la API',
    pages: 'Libros',
    accessToken: 'Token',
    webhookSecret: 'Secreto de los avisos',
    applicationId: 'Aplicación',
    clientSecret: 'Secreto de la aplicación',
    howToStop: 'Ctrl+C lo detiene',
    portBusy: (port: string): string => `El puerto ${port} está ocupado. Elige otro con --port.`,
    portWrong: '--port es un número de 0 a 65535.',
    seedWrong: '--seed es un número entero desde 0.',
    currencyWrong: (known: string): string => `--currency es una de: ${known}.`,
    notifyWrong: '--notify es una dirección http o https.',
    booksWrong: (reason: string): string => `No se pueden abrir los libros: ${reason}`,
    behaviourWrong: (reason: string): string => `El archivo de --behaviour no sirve: ${reason}`,
  },
  help: {
    program: 'Plaza: tu tienda y tu mercado de servicios, en tu máquina.',
    start: 'Inicia Plaza en esta terminal',
    startTargets: 'qué corre aquí: contextos, o gateway; todo si no se nombra ninguno',
    startJson: 'la tabla como JSON',
    stop: 'Detiene la Plaza en marcha',
    status: 'Estado de los servicios',
    output: 'formato de la salida',
    ...demoHelpEs,
    ...keyHelpEs,
    ...toolsHelpEs,
    import: 'Importa productos de archivos CSV de Shopify',
    importFiles: 'archivos CSV',
    dryRun: 'solo dice qué pasaría',
    seller: 'id del vendedor de los productos',
    export: 'Exporta los productos como CSV de Shopify',
    exportFile: 'archivo; sin él, a la salida estándar',
    doctor: 'Comprueba la instalación y dice cómo arreglar lo que falla',
    admin: 'Cuentas de administración',
    adminCreate: 'Crea una cuenta de administración',
    ...ledgerHelpEs,
    audit: 'Registro de accesos y de actos del personal',
    auditVerify: 'Comprueba que nadie cambió el registro de auditoría',
    auditHead: 'el eslabón en que terminó una comprobación anterior',
    secret: 'El secreto de la instalación',
    secretRotate: 'Pone un secreto nuevo; el anterior sigue valiendo para lo que selló',
    secretForget: 'Quita los secretos anteriores cuando ya nada los necesita',
    email: 'dirección de correo',
    username: 'nombre de usuario; si no, el del correo',
    passwordStdin: 'lee la contraseña de la entrada estándar',
    events: 'Eventos de la plataforma',
    eventsFollow: 'Sigue los eventos según ocurren',
    eventType: "solo los de un tipo, como 'orders.*'",
    correlation: 'solo los de un proceso, desde su comienzo',
    eventsDeadLetters: 'Lista los mensajes que ningún reintento salvó',
    eventsReplay: 'Entrega otra vez los mensajes muertos a sus consumidores',
    deadLetterIds: 'ids de mensajes muertos',
    replayAll: 'todos',
    simulate: 'Simuladores de servicios de otros',
    simulateMercadoPago: 'Simula Mercado Pago en esta máquina hasta que se interrumpa',
    simulatePort: 'puerto',
    simulateBooks: 'archivo donde se guardan sus libros; sin él se pierden al terminar',
    simulateCurrency: 'moneda de sus cuentas',
    simulateNotify: 'a dónde van los avisos que no nombran una dirección',
    simulateBehaviour: 'archivo JSON que dice cómo se porta',
    simulateChaos: 'se porta mal de todas las maneras a la vez',
    simulateSeed: 'semilla del azar, para repetir lo mismo',
    version: 'Versión de Plaza y de Node',
  },
};

export type Messages = typeof es;
