/**
 * A cell of a CSV (RFC 4180) that no spreadsheet takes for a formula: what begins as one gets an
 * apostrophe before it, by which it is text. A negative number is text then, too.
 */
export const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Cells as a file that spreadsheets open with its accents: UTF-8 that says so, lines end in CRLF. */
export const csvFile = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
