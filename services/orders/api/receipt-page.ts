import { createHash } from 'node:crypto';
import type { ReceiptSheet } from '../application/receipt-sheet.ts';

/** Black on white, from an A4 sheet down to a roll of 80 mm; rows are never split, the header repeats. */
const style = `
@page{margin:12mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:180mm;padding:24px 16px;color:#000;background:#fff;
font:14px/20px Archivo,system-ui,sans-serif}
h1{font-size:20px;line-height:26px;margin:0 0 16px}
h2{font-size:14px;line-height:20px;margin:0}
p{margin:0}
section{margin:0 0 16px}
table{width:100%;border-collapse:collapse;margin:0 0 16px}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{text-align:left;vertical-align:top;padding:6px 8px 6px 0;border-bottom:1px solid #999}
.n{text-align:right;padding-right:0;white-space:nowrap;font-variant-numeric:tabular-nums}
.all th,.all td{font-weight:700;border-bottom:0}
small{display:block;color:#333;overflow-wrap:anywhere}
figure{margin:0;break-inside:avoid}
figure svg{width:32mm;height:32mm}
@media (max-width:90mm){.u{display:none}body{padding:0}}
@media print{body{padding:0}}`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** No script, no foreign origin, no frame, no form; nobody but the buyer keeps it. */
export const receiptHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  vary: 'Accept-Language',
} as const;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? '&quot;');

const rowsOf = ({ rows, columns }: ReceiptSheet): string => {
  const lines = rows.map(
    (row) => `<tr><td>${row.quantity}</td>
<td>${escapeHtml(row.product)}<small>${escapeHtml(row.sku)}</small></td>
<td class="n u">${escapeHtml(row.unitPrice)}</td><td class="n">${escapeHtml(row.total)}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">${columns.quantity}</th><th scope="col">${columns.product}</th>
<th scope="col" class="n u">${columns.unitPrice}</th><th scope="col" class="n">${columns.total}</th></tr></thead>
<tbody>
${lines.join('\n')}
</tbody></table>`;
};

const sumsOf = ({ sums }: ReceiptSheet): string => {
  const rows = sums.map(
    ({ name, value, isTotal }) =>
      `<tr${isTotal ? ' class="all"' : ''}><th scope="row">${escapeHtml(name)}</th><td class="n">${escapeHtml(value)}</td></tr>`,
  );
  return `<table><tbody>\n${rows.join('\n')}\n</tbody></table>`;
};

/** The receipt as one page without scripts, to be printed or kept; `qrSvg` is where it can be looked up. */
export const receiptPage = (sheet: ReceiptSheet, qrSvg: string): string => {
  const { language, title, facts, delivery, notes } = sheet;
  const paragraphs = (lines: readonly string[]): string =>
    lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Plaza</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<section>
${facts.map(({ name, value }) => `<p><b>${escapeHtml(name)}:</b> ${escapeHtml(value)}</p>`).join('\n')}
</section>
${delivery ? `<section><h2>${escapeHtml(delivery.title)}</h2>\n${paragraphs(delivery.lines)}</section>` : ''}
${rowsOf(sheet)}
${sumsOf(sheet)}
<figure aria-hidden="true">${qrSvg}</figure>
${paragraphs(notes)}
</main>
</body>
</html>
`;
};
