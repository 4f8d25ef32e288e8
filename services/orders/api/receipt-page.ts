import { createHash } from 'node:crypto';
import type { ReceiptSheet } from '../application/receipt-sheet.ts';

/**
 * Black on white, from an A4 or Letter sheet down to a roll of 80 mm; rows are never split, the header
 * repeats. A roll has no room for columns of prices: they stand below the product there (`.w`).
 */
const style = `
@page{margin:4mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:190mm;padding:24px 16px;color:#000;background:#fff;color-scheme:light;
font:14px/19px Archivo,system-ui,sans-serif}
h1{font-size:20px;line-height:26px;margin:0 0 12px}
h2{font-size:14px;line-height:19px;margin:0}
p{margin:0}
section{margin:0}
header{display:grid;grid-template-columns:5fr 4fr auto;gap:8px 24px;align-items:start;margin:0 0 16px}
header h1{grid-column:1/-1}
figure{grid-column:3}
.f{overflow-wrap:anywhere;min-width:0}
table{width:100%;border-collapse:collapse;margin:0 0 12px}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{text-align:left;vertical-align:top;padding:4px 8px 4px 0;border-bottom:1px solid #999}
td:nth-child(2):not(.n),th[scope=row]{overflow-wrap:anywhere}
.n{text-align:right;padding:4px 0 4px 8px;white-space:nowrap;font-variant-numeric:tabular-nums}
.all th,.all td{font-weight:700;border-bottom:0}
small{display:block;font-size:12px;line-height:16px;color:#333;overflow-wrap:anywhere}
.w{display:none}
figure{margin:0;break-inside:avoid}
figure svg{display:block;width:30mm;height:30mm}
footer{break-inside:avoid;overflow-wrap:anywhere;font-size:12px;line-height:16px}
nav{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 24px;padding:0 0 16px;border-bottom:1px solid #999}
nav a,nav button{display:inline-flex;align-items:center;min-height:44px;padding:0 16px;font:inherit;
font-weight:600;color:#000;background:#fff;border:1px solid #000;border-radius:10px;text-decoration:none;cursor:pointer}
nav button{color:#fff;background:#000}
nav a:hover,nav button:hover{text-decoration:underline}
:focus-visible{outline:2px solid #000;outline-offset:2px}
@media (max-width:110mm){.u{display:none}.w{display:block}header{grid-template-columns:1fr}figure{grid-column:1}}
@media print{nav{display:none}body{padding:0;font-size:11px;line-height:15px}
h1{font-size:16px;line-height:20px;margin:0 0 8px}h2{font-size:11px;line-height:15px}
small,footer{font-size:10px;line-height:13px}th,td{padding-top:3px;padding-bottom:3px}figure svg{width:26mm;height:26mm}}
@media print and (min-width:110mm){body{padding:8mm;box-decoration-break:clone;-webkit-box-decoration-break:clone}}`;

/** All that the page does by itself. */
const script = `document.querySelector('button').addEventListener('click',()=>print())`;

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** No script but its own, no foreign origin, no frame, no form; nobody but the buyer keeps it. */
export const receiptHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  vary: 'Accept-Language',
} as const;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? '&quot;');

const rowsOf = ({ rows, columns, hasDiscounts }: ReceiptSheet): string => {
  const head = (text: string): string => `<th scope="col" class="n u">${escapeHtml(text)}</th>`;
  const cell = (text: string): string => `<td class="n u">${text}</td>`;
  const lines = rows.map((row) => {
    const below = [row.unitPrice, row.discount];
    return `<tr><td>${row.quantity}</td>
<td>${escapeHtml(row.product)}<small>${escapeHtml(row.sku)}</small><small class="w">${escapeHtml(below.filter(Boolean).join(' · '))}</small></td>
${cell(escapeHtml(row.unitPrice))}${hasDiscounts ? cell(escapeHtml(row.discount)) : ''}${cell(`${escapeHtml(row.tax)}<small>${escapeHtml(row.taxCode)}</small>`)}<td class="n">${escapeHtml(row.total)}</td></tr>`;
  });
  return `<table><thead><tr><th scope="col">${columns.quantity}</th><th scope="col">${columns.product}</th>
${head(columns.unitPrice)}${hasDiscounts ? head(columns.discount) : ''}${head(columns.tax)}<th scope="col" class="n">${columns.total}</th></tr></thead>
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

/** What one can do with it on a screen; `orderUrl` is where the order is, `pdfUrl` the same as a file. */
export type ReceiptTools = Readonly<{
  name: string;
  print: string;
  pdf: string;
  back: string;
  pdfUrl: string;
  orderUrl: string;
}>;

const toolsOf = (tools: ReceiptTools): string => `<nav aria-label="${escapeHtml(tools.name)}">
<button type="button">${escapeHtml(tools.print)}</button>
<a href="${escapeHtml(tools.pdfUrl)}">${escapeHtml(tools.pdf)}</a>
<a href="${escapeHtml(tools.orderUrl)}">${escapeHtml(tools.back)}</a>
</nav>`;

/** The receipt as one page, to be printed or kept; `qrSvg` is where it can be checked. */
export const receiptPage = (sheet: ReceiptSheet, qrSvg: string, tools: ReceiptTools): string => {
  const { language, shopName, title, facts, delivery, notes } = sheet;
  const paragraphs = (lines: readonly string[]): string =>
    lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · ${escapeHtml(shopName)}</title>
<style>${style}</style>
</head>
<body>
${toolsOf(tools)}
<main id="content">
<header>
<h1>${escapeHtml(title)}</h1>
<section class="f">
${facts.map(({ name, value }) => `<p><b>${escapeHtml(name)}:</b> ${escapeHtml(value)}</p>`).join('\n')}
</section>
${delivery ? `<section class="f"><h2>${escapeHtml(delivery.title)}</h2>\n${paragraphs(delivery.lines)}</section>` : ''}
<figure aria-hidden="true">${qrSvg}</figure>
</header>
${rowsOf(sheet)}
${sumsOf(sheet)}
<footer>
${paragraphs(notes)}
</footer>
</main>
<script>${script}</script>
</body>
</html>
`;
};
