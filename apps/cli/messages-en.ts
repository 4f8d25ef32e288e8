import { demoEn, demoHelpEn, demoProblemsEn } from './demo-messages.ts';
import { ledgerEn, ledgerHelpEn } from './ledger-messages.ts';
import { keyHelpEn, keyProblemsEn, keysEn } from './key-messages.ts';
import { toolsEn, toolsHelpEn } from './tool-messages.ts';
import type { Messages } from './messages-es.ts';

const count = (n: number, one: string, many: string): string =>
  `${new Intl.NumberFormat('en').format(n)} ${n === 1 ? one : many}`;

const auditFaults: Readonly<Record<string, string>> = {
  chain_broken: 'the chain does not fit',
  link_missing: 'a link is missing',
  entry_missing: 'an entry is missing',
  entry_changed: 'an entry was changed',
  entry_added: 'an entry came later',
  head_rewritten: 'the noted link is another one now',
};

/** Every sentence of the command line in English. */
export const en: Messages = {
  ...ledgerEn,
  ...demoEn,
  ...keysEn,
  ...toolsEn,
  seconds: (value) => `${value.toLocaleString('en', { maximumFractionDigits: 1 })} s`,
  size: (bytes) => {
    const megabytes = bytes / 1_048_576;
    const [value, unit] = megabytes < 1_024 ? [megabytes, 'MB'] : [megabytes / 1_024, 'GB'];
    return `${value.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
  },

  heading: (version, node, data) =>
    `Plaza ${version} · Node ${node} · data in ${data} (PostgreSQL 18 built in)`,
  headingOfPart: (version, node, target) =>
    `Plaza ${version} · Node ${node} · ${target} (servers by URL)`,
  servicesReady: (n, seconds) => `${count(n, 'service', 'services')} ready in ${seconds}`,
  alreadyRunning: (pid) => `Already running (process ${pid})`,
  demoFilling: 'The example shop fills in the background; the API is ready to use.',
  demoProgress: (percent) => `example shop: ${percent}%`,
  demoSeeded: (r, s) =>
    `Example shop ready: ${r.products} products, ${r.sellers} sellers, ${r.orders} orders of 30 days (${s})`,
  demoNotEmpty: 'The shop is not empty: nothing was added.',
  demoBusy: 'The example shop is being filled already.',
  demoFailed: (reason) =>
    `The example shop could not be filled: ${reason}. Try again with: npx plaza seed`,
  labels: {
    shop: 'Shop',
    admin: 'Back office',
    system: 'System',
    mail: 'Mail',
    api: 'API',
    reference: 'Reference',
    health: 'Health',
    data: 'Data',
  },
  setupTitle: 'Create your administrator account (ends in 30 min):',
  setupPath: 'setup',
  setupOr: 'or: npx plaza admin create you@example.com',
  howToStop: 'Ctrl+C stops it',
  noticeNoPages: 'The pages are not built: run npm ci without --omit=dev. The API works.',
  takingOver: (country, currency) => `Your shop begins anew: ${country}, ${currency}`,
  takeOverFailed: (reason) =>
    `The shop stays as it was: the example could not be taken away (${reason})`,
  holding: {
    title: 'Preparing your shop…',
    text: 'It begins anew with the currency of your country. A few seconds; this page goes on by itself.',
  },
  stopping: 'Stopping…',
  stopped: (command) => `Plaza has stopped; your data are kept. To go on: ${command}`,
  stoppedHard: (command) =>
    `Plaza did not end in time and was cut off; nothing confirmed is lost. To go on: ${command}`,
  startFailed: (reason) => `Plaza could not start: ${reason}`,
  crashed: (reason, log) => `Plaza ended by a fault: ${reason} (details in ${log})`,
  logged: (message, log) => `${message} (details in ${log})`,
  knownErrors: {
    'PostgreSQL ended; starting it again':
      'The database ended suddenly and is started again; what was confirmed is kept',
    'PostgreSQL does not start': 'The database does not start; it is tried again and again',
    'the port of PostgreSQL was taken':
      'Another program took the port of the database; it is tried again and again',
  },
  waitingForOther: 'Another Plaza is starting on these data; waiting for it…',
  otherDidNotStart: (data) =>
    `Another process uses ${data} and does not answer. Stop it, or use another folder with PLAZA_DATA.`,
  noticePortBusy: (busy, used) => `Port ${busy} is busy: using ${used}`,
  noticeDatabasePort: (busy, used) => `Port ${busy} of the database is busy: using ${used}`,
  noticeRecovered: 'It was not stopped cleanly last time; the data were recovered',
  noticeStalePid: (pid) => `A mark left behind by database process ${pid} was removed`,
  noticeTakenOver: (pid) =>
    `A database was left running (process ${pid}); it was closed and opened again`,
  noticeOtherUser: (uid) => `PostgreSQL does not run as root: it runs as user ${uid}`,

  configurationWrong: 'The configuration is wrong:',
  notRunning: (data) => `Plaza does not run on the data in ${data}. Start it with: npm start`,
  unexpected: (reason) => `Something went wrong: ${reason}`,
  unreachable: (url) => `Plaza does not answer at ${url}. See what is wrong with: npx plaza doctor`,
  refused: (reason, code) => `${reason} (${code})`,
  problems: {
    ...demoProblemsEn,
    ...keyProblemsEn,
    'identity.email_taken': 'There is an account with this e-mail address already.',
    'identity.email_invalid': 'This is not an e-mail address.',
    'identity.username_taken': 'This user name is taken. Choose another with --username.',
    'identity.username_invalid':
      'A user name has 3 to 32 lower-case letters, digits, dots, hyphens or underscores.',
    too_short: 'The password needs at least 8 characters.',
    too_long: 'The password has more than 128 characters.',
    too_common: 'This password is one of the first that are tried. Choose another.',
    same_as_name: 'The password must not be the e-mail address or the user name.',
  },

  stopDone: 'Plaza stopped.',
  stopSlow: (pid) =>
    `Process ${pid} did not end. Close it with: kill -9 ${pid} (the data recover at the next start).`,

  statusLine: (version, url, pid) => `Plaza ${version} at ${url} (process ${pid})`,
  statusColumns: ['Service', 'State', 'Messages to send', 'Dead letters'],
  states: { healthy: 'healthy', unhealthy: 'unhealthy' },
  uptime: (text) => `Running for ${text}`,
  duration: (s) =>
    s < 60 ? `${s} s` : s < 3_600 ? `${Math.floor(s / 60)} min` : `${Math.floor(s / 3_600)} h`,

  importing: (file, percent) => `${file}: ${percent}%`,
  importedTitle: (file, isDryRun) => (isDryRun ? `${file} (dry run: nothing changed)` : file),
  imported: (r) =>
    [
      count(r.created, 'new product', 'new products'),
      count(r.updated, 'updated', 'updated'),
      count(r.unchanged, 'unchanged', 'unchanged'),
      count(r.refused, 'refused', 'refused'),
    ].join(', '),
  rowError: ({ line, column, detail }) =>
    `line ${line}${column === null ? '' : `, column ${column}`}: ${detail}`,
  moreErrors: (n) => `… and ${count(n, 'more error', 'more errors')}`,
  importFailed: (reason) => `The import was interrupted: ${reason}`,
  fileUnreadable: (file, reason) => `${file} cannot be read: ${reason}`,
  exported: (file, size) => `Catalogue saved in ${file} (${size})`,

  passwordPrompt: 'Password: ',
  passwordAgain: 'Once more: ',
  passwordsDiffer: 'The two passwords are not the same.',
  passwordNeeded:
    'Without a terminal the password cannot be asked for. Send it on standard input with --password-stdin.',
  adminCreated: (username, email) => `Administrator account created: ${username} (${email})`,

  secretRotated:
    'There is a new secret; the one before stays behind it in the file. Start Plaza: it seals everything anew. Then: npx plaza secret forget',
  secretForgotten: {
    forgotten: 'Only the new secret is left. Copies of before need theirs: keep it with them.',
    none: 'There is no previous secret.',
    not_sealed: 'The previous secret is still needed. Start Plaza once, then try again.',
  },
  secretInUse: 'Plaza runs on this folder. Stop it first: npx plaza stop',
  secretMissing: (folder) => `There is no secret in ${folder}: the first start of Plaza makes it.`,
  secretElsewhere:
    'A distributed installation has its secret from PLAZA_SECRET. Give the one before as PLAZA_PREVIOUS_SECRET.',

  eventsEnded: 'Plaza does not answer any more.',
  auditFinding: (fault, seq, entry) =>
    [auditFaults[fault] ?? fault, seq && `link ${seq}`, entry && `entry ${entry}`]
      .filter((part) => part !== '')
      .join(' · '),
  auditSound: ({ links, waiting, erased, pruned }) =>
    `The audit log is sound: ${count(links, 'link', 'links')}, ${waiting} waiting, ${erased} erased, ${pruned} gone with their age.`,
  auditUnsound: ({ links }) =>
    `The audit log is not sound. ${count(links, 'link', 'links')} checked.`,
  auditHead: (head) => `Its head, to be noted elsewhere: ${head}`,
  deadLetterColumns: ['Letter', 'Time (UTC)', 'Consumer', 'Attempts', 'Reason'],
  noDeadLetters: 'There are no dead letters.',
  replayed: (id) => `${id}: taken`,
  notReplayed: (id, reason) => `${id}: failed again: ${reason}`,
  replayWhich: 'Name the letters to repeat, or --all.',

  doctorOk: 'Everything is in order.',
  doctorFailed: (n) => count(n, 'check failed', 'checks failed'),
  checks: {
    configuration: { name: 'Configuration', fix: 'Correct the environment variables named here.' },
    node: { name: 'Node', fix: 'Run "npm ci" without --omit=optional: it brings Node 26.' },
    postgres: {
      name: 'PostgreSQL',
      fix: 'Run "npm ci" without --omit=optional: it brings PostgreSQL 18.',
    },
    folder: {
      name: 'Data folder',
      fix: 'Let your user write there, or choose another folder with PLAZA_DATA.',
    },
    space: { name: 'Free space', fix: 'Free some space on that disk: 500 MB are wanted.' },
    port: { name: 'Port', fix: 'Close what uses it, or choose another with PLAZA_PORT.' },
    clock: { name: 'Clock', fix: 'Set the clock of the machine: codes and links end by it.' },
    running: { name: 'Process', fix: 'Start it with: npm start' },
    database: {
      name: 'Database',
      fix: 'See the end of postgres/postgres.log in the data folder and restart Plaza.',
    },
    outbox: {
      name: 'Messages to send',
      fix: 'Wait a minute; if they stay, restart Plaza and see logs/plaza.log.',
    },
    deadLetters: {
      name: 'Dead letters',
      fix: 'See them with: npx plaza events dead-letters; repeat them with: npx plaza events replay --all',
    },
    mail: { name: 'Mail', fix: 'Check PLAZA_SMTP_URL and that the mail server answers.' },
  },
  doctor: {
    fine: 'fine',
    writable: (path) => `${path} can be written`,
    notWritable: (path, reason) => `${path}: ${reason}`,
    free: (size) => `${size} free`,
    portFree: (port) => `${port} is free`,
    portBusy: (port) => `${port} is busy; Plaza would use the next free one`,
    portOurs: (url) => `Plaza answers at ${url}`,
    runs: (pid) => `running, process ${pid}`,
    runsNot: 'not running: only the machine was checked',
    oldest: (text) => `the oldest has waited for ${text}`,
    waiting: (n) => count(n, 'message', 'messages'),
    clockBehind: 'is behind the last start',
    captured: (path) => `no SMTP server: kept in ${path}`,
    smtpAnswers: (server) => `${server} answers`,
    smtpFails: (server, reason) => `${server} does not answer: ${reason}`,
    unhealthy: (names) => `does not answer for: ${names}`,
  },

  usage: {
    titles: {},
    help: 'shows this help',
    choices: 'values',
    seeHelp: 'See the help with: npx plaza --help',
    unknownCommand: (name) => `There is no command ${name}.`,
    unknownOption: (name) => `There is no option ${name}.`,
    missingArgument: (name) => `The argument ${name} is missing.`,
    missingOption: (name) => `The option ${name} is missing.`,
    missingValue: (name) => `The option ${name} needs a value.`,
    invalidValue: (name) => `The option ${name} does not take this value.`,
    excessArguments: 'There are too many arguments.',
    commandNeeded: 'The command is missing.',
  },
  simulator: {
    title: 'The Mercado Pago simulator is running: no money moves here.',
    url: 'API address',
    pages: 'Books',
    accessToken: 'Access token',
    webhookSecret: 'Webhook secret',
    applicationId: 'Application',
    clientSecret: 'Client secret',
    howToStop: 'Ctrl+C ends it',
    portBusy: (port) => `Port ${port} is busy. Choose another with --port.`,
    portWrong: '--port is a number from 0 to 65535.',
    seedWrong: '--seed is a whole number from 0.',
    currencyWrong: (known) => `--currency is one of: ${known}.`,
    notifyWrong: '--notify is an http or https address.',
    booksWrong: (reason) => `The books cannot be opened: ${reason}`,
    behaviourWrong: (reason) => `The file of --behaviour is of no use: ${reason}`,
  },
  help: {
    program: 'Plaza: your shop and services marketplace, on your machine.',
    start: 'Starts Plaza in this terminal',
    startTargets: 'what runs here: contexts, or gateway; everything when none is named',
    startJson: 'the table as JSON',
    stop: 'Stops the running Plaza',
    status: 'State of the services',
    output: 'format of the output',
    ...demoHelpEn,
    ...keyHelpEn,
    ...toolsHelpEn,
    import: 'Imports products from Shopify CSV files',
    importFiles: 'CSV files',
    dryRun: 'only says what would happen',
    seller: 'id of the seller of the products',
    export: 'Exports the products as a Shopify CSV',
    exportFile: 'file; without it, standard output',
    doctor: 'Checks the installation and says how to mend what fails',
    admin: 'Administrator accounts',
    adminCreate: 'Creates an administrator account',
    ...ledgerHelpEn,
    audit: 'Log of sign-ins and of acts of staff',
    auditVerify: 'Checks that nobody changed the audit log',
    auditHead: 'the link that an earlier check ended with',
    secret: 'The secret of the installation',
    secretRotate: 'Makes a new secret; the one before still opens what it sealed',
    secretForget: 'Takes previous secrets away once nothing needs them',
    email: 'e-mail address',
    username: "user name; otherwise the address's",
    passwordStdin: 'reads the password from standard input',
    events: 'Events of the platform',
    eventsFollow: 'Follows events as they happen',
    eventType: "only those of a type, such as 'orders.*'",
    correlation: 'only those of one process, from its beginning',
    eventsDeadLetters: 'Lists messages that no retry saved',
    eventsReplay: 'Hands dead letters to their consumers again',
    deadLetterIds: 'ids of dead letters',
    replayAll: 'all of them',
    simulate: 'Simulators of services of others',
    simulateMercadoPago: 'Simulates Mercado Pago on this machine until it is interrupted',
    simulatePort: 'port',
    simulateBooks: 'file that keeps its books; without it they end with the process',
    simulateCurrency: 'currency of its accounts',
    simulateNotify: 'where notifications go that name no address',
    simulateBehaviour: 'JSON file that says how it behaves',
    simulateChaos: 'every misbehaviour at once',
    simulateSeed: 'seed of the dice, to repeat a run',
    version: 'Version of Plaza and of Node',
  },
};
