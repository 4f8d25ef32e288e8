type LedgerSums = Readonly<{ entry_count: number; link_count: number; waiting: number }>;

const numbers = (language: 'es' | 'en') => (n: number) => new Intl.NumberFormat(language).format(n);
const es = numbers('es');
const en = numbers('en');

const rulesEs: Readonly<Record<string, string>> = {
  chain_broken: 'la cadena no casa con el asiento',
  link_missing: 'falta un eslabón',
  entry_missing: 'falta un asiento',
  entry_added: 'un asiento llegó después',
  head_rewritten: 'el eslabón anotado ya no es el mismo',
  entry_balances: 'un asiento no cuadra',
  entry_has_lines: 'a un asiento le faltan líneas',
  line_has_entry: 'hay líneas sin asiento',
  money_is_conserved: 'los libros no suman cero',
  balance_is_sum_of_lines: 'un saldo no es la suma de sus líneas',
  pending_is_sum_of_lines: 'una reserva no es la suma de sus asientos pendientes',
  account_is_within_bounds: 'una cuenta pasa de su límite',
  pending_entry_is_what_was_posted: 'se asentó algo distinto de lo reservado',
  reversals_within_original: 'se revirtió más de lo asentado',
  payment_has_one_capture: 'un pago no tiene exactamente un cobro asentado',
  capture_is_the_amount: 'el cobro asentado no es el importe del pago',
  approved_charge_has_payment: 'hay un cobro aprobado sin pago ni reembolso',
  refunds_are_the_sum: 'lo reembolsado no es la suma de los reembolsos',
  refunds_within_capture: 'se reembolsó más de lo cobrado',
  refund_has_one_entry: 'un reembolso no tiene exactamente un asiento',
};
const rulesEn: Readonly<Record<string, string>> = {
  chain_broken: 'the chain does not fit the entry',
  link_missing: 'a link is missing',
  entry_missing: 'an entry is missing',
  entry_added: 'an entry came later',
  head_rewritten: 'the noted link is another one now',
  entry_balances: 'an entry does not balance',
  entry_has_lines: 'an entry lacks lines',
  line_has_entry: 'there are lines without an entry',
  money_is_conserved: 'the books do not add up to nothing',
  balance_is_sum_of_lines: 'a balance is not the sum of its lines',
  pending_is_sum_of_lines: 'what is held back is not the sum of the pending entries',
  account_is_within_bounds: 'an account is beyond its bound',
  pending_entry_is_what_was_posted: 'something else was posted than was held',
  reversals_within_original: 'more was taken back than booked',
  payment_has_one_capture: 'a payment has not exactly one capture in the books',
  capture_is_the_amount: 'the capture in the books is not the amount of the payment',
  approved_charge_has_payment: 'a charge is approved without payment or refund',
  refunds_are_the_sum: 'what was refunded is not the sum of the refunds',
  refunds_within_capture: 'more was refunded than captured',
  refund_has_one_entry: 'a refund has not exactly one entry',
};

/** What `plaza ledger` says in Spanish. */
export const ledgerEs = {
  ledgerFinding: (rule: string, detail: string): string => `${rulesEs[rule] ?? rule} · ${detail}`,
  ledgerFirst: (entry: string): string => `El primer asiento afectado: ${entry}`,
  ledgerSound: ({ entry_count, link_count, waiting }: LedgerSums): string =>
    `Los libros están íntegros: ${es(entry_count)} asientos, ${es(link_count)} eslabones, ${es(waiting)} en espera.`,
  ledgerUnsound: ({ entry_count }: LedgerSums): string =>
    `Los libros no están íntegros. ${es(entry_count)} asientos revisados.`,
  ledgerExported: (file: string, size: string): string => `Libros guardados en ${file} (${size})`,
  exportGenuine: (entries: number, madeAt: string, head: string): string =>
    `La firma es de esta instalación y el archivo está intacto: ${es(entries)} asientos, hecho el ${madeAt}, hasta el eslabón ${head}.`,
  reconciled: (
    provider: string,
    from: string,
    to: string,
    movements: number,
    differences: number,
  ) =>
    `${provider}, ${from} a ${to}: ${es(movements)} movimientos del proveedor, ${es(differences)} diferencias`,
  reconciledAll: 'El proveedor y los libros dicen lo mismo.',
  differencesLeft: (n: number): string =>
    `Hay ${es(n)} diferencias: míralas en /api/v1/reconciliation/differences.`,
  exportForged: 'La firma no es de esta instalación, o el archivo cambió.',
  exportUnsigned:
    'El archivo no termina en una firma: no es una exportación firmada, o está incompleto.',
};

/** What `plaza ledger` says in English. */
export const ledgerEn: typeof ledgerEs = {
  ledgerFinding: (rule, detail) => `${rulesEn[rule] ?? rule} · ${detail}`,
  ledgerFirst: (entry) => `The first entry that is affected: ${entry}`,
  ledgerSound: ({ entry_count, link_count, waiting }) =>
    `The books are sound: ${en(entry_count)} entries, ${en(link_count)} links, ${en(waiting)} waiting.`,
  ledgerUnsound: ({ entry_count }) =>
    `The books are not sound. ${en(entry_count)} entries checked.`,
  ledgerExported: (file, size) => `Books saved to ${file} (${size})`,
  exportGenuine: (entries, madeAt, head) =>
    `Signed by this installation, and no byte changed: ${en(entries)} entries, made ${madeAt}, up to link ${head}.`,
  reconciled: (provider, from, to, movements, differences) =>
    `${provider}, ${from} to ${to}: ${en(movements)} movements of the provider, ${en(differences)} differences`,
  reconciledAll: 'The provider and the books say the same.',
  differencesLeft: (n) =>
    `There are ${en(n)} differences: see them at /api/v1/reconciliation/differences.`,
  exportForged: 'It was not signed by this installation, or the file was changed.',
  exportUnsigned: 'The file does not end in a signature: it is no signed export, or not all of it.',
};

/** The help of `plaza ledger`. */
export const ledgerHelpEs = {
  ledger: 'Libros de los movimientos de dinero',
  ledgerVerify: 'Comprueba que los libros están íntegros',
  ledgerHead: 'el eslabón en que terminó una comprobación anterior',
  ledgerExport: 'Guarda los libros, firmados en JSON o como CSV',
  ledgerFormat: 'json, firmado, o csv',
  ledgerFrom: 'desde esta fecha, inclusive',
  ledgerTo: 'hasta esta fecha, exclusive',
  ledgerFile: 'archivo; sin él, la salida estándar',
  reconcile: 'Compara los movimientos de los proveedores de pago con los libros',
  verifyExport: 'Comprueba la firma de una exportación',
  signedFile: 'archivo exportado',
  exportKey: 'clave pública (JWK) en un archivo; si no, la de la instalación en marcha',
};
export const ledgerHelpEn: typeof ledgerHelpEs = {
  ledger: 'Books of the movements of money',
  ledgerVerify: 'Checks that the books are sound',
  ledgerHead: 'the link that an earlier check ended with',
  ledgerExport: 'Saves the books, signed as JSON or as CSV',
  ledgerFormat: 'json, signed, or csv',
  ledgerFrom: 'from this date on',
  ledgerTo: 'before this date',
  ledgerFile: 'file; without it, standard output',
  reconcile: 'Holds what the payment providers moved against the books',
  verifyExport: 'Checks the signature of an export',
  signedFile: 'exported file',
  exportKey: "public key (JWK) in a file; otherwise the running installation's",
};
