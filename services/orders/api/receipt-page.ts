import { createHash } from 'node:crypto';
import { addMoney, moneyToJson, money, type Money } from '#shared/kernel/money.ts';
import { moneyText } from '#shared/kernel/money-text.ts';
import type { Language } from '#shared/kernel/preferred-language.ts';
import type { Receipt } from '../application/queries/show-receipt.ts';
import { receiptMessages, type ReceiptMessages } from './receipt-messages.ts';

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

type Options = Readonly<{
  language: Language;
  shopCurrency: string;
  timeZone: string;
  /** Where the order can be looked up, and the same as a picture. */
  url: string;
  qrSvg: string;
}>;

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

const localeOf = (language: Language): string => (language === 'es' ? 'es-419' : 'en-US');

const dayText = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));

const statusText = (status: string, texts: ReceiptMessages): string =>
  status === 'refunded' ? texts.refunded_all : (texts as Record<string, string>)[status]!;

const headOf = ({ stored, contact }: Receipt, texts: ReceiptMessages, options: Options): string => {
  const { order } = stored;
  const { language, timeZone } = options;
  const at = new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(order.placedAt));
  const document = contact?.address?.document;
  const buyer = [contact?.fullName ?? order.buyerId, contact?.email ?? ''].filter((t) => t !== '');
  const rows = [
    [texts.date, `${at} (${timeZone})`],
    [texts.status, statusText(order.status, texts)],
    [texts.buyer, buyer.join(' · ')],
    ...(document ? [[texts.document, `${document.type} ${document.number}`]] : []),
  ];
  return rows
    .map(([name, value]) => `<p><b>${escapeHtml(name!)}:</b> ${escapeHtml(value!)}</p>`)
    .join('\n');
};

const deliveryOf = (receipt: Receipt, texts: ReceiptMessages, { language }: Options): string => {
  const { shipping } = receipt.stored.order;
  if (!shipping) return '';
  const [from, to] = [dayText(shipping.from, language), dayText(shipping.to, language)];
  const lines = [
    shipping.name[language],
    ...(shipping.pickupPlace === null ? [] : [fill(texts.pickUp, { place: shipping.pickupPlace })]),
    ...receipt.addressLines,
    fill(texts.arrives, { from, to }),
  ];
  return `<section><h2>${escapeHtml(texts.deliverTo)}</h2>
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}</section>`;
};

const linesOf = (
  { stored: { order } }: Receipt,
  texts: ReceiptMessages,
  show: (amount: Money) => string,
): string => {
  const rows = order.lines.map(
    (line) => `<tr><td>${line.quantity}</td>
<td>${escapeHtml(line.name)}<small>${escapeHtml(line.sku)}</small></td>
<td class="n u">${show(line.unitPrice)}</td><td class="n">${show(line.total)}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">${texts.quantity}</th><th scope="col">${texts.product}</th>
<th scope="col" class="n u">${texts.unitPrice}</th><th scope="col" class="n">${texts.lineTotal}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>`;
};

const sumsOf = (
  { stored: { order } }: Receipt,
  texts: ReceiptMessages,
  show: (amount: Money) => string,
): string => {
  const { currency } = order.total;
  const subtotal = order.lines.map((line) => line.total).reduce(addMoney, money(0n, currency));
  const row = (name: string, amount: Money, className = ''): string =>
    `<tr${className}><th scope="row">${escapeHtml(name)}</th><td class="n">${show(amount)}</td></tr>`;
  const rows = [
    row(texts.subtotal, subtotal),
    ...(order.shipping ? [row(texts.shipping, order.shipping.price)] : []),
    row(`${texts.total} (${currency})`, order.total, ' class="all"'),
    ...(order.refunded.amountMinor > 0n ? [row(texts.refunded, order.refunded)] : []),
  ];
  return `<table><tbody>\n${rows.join('\n')}\n</tbody></table>`;
};

/** The receipt as one page without scripts, to be printed or kept. */
export const receiptPage = (receipt: Receipt, options: Options): string => {
  const { language, shopCurrency, url, qrSvg } = options;
  const texts = receiptMessages[language];
  const title = fill(texts.title, { number: receipt.stored.order.number });
  const show = (amount: Money): string =>
    escapeHtml(moneyText(moneyToJson(amount), language, shopCurrency));
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
${headOf(receipt, texts, options)}
</section>
${deliveryOf(receipt, texts, options)}
${linesOf(receipt, texts, show)}
${sumsOf(receipt, texts, show)}
<figure aria-hidden="true">${qrSvg}</figure>
<p>${escapeHtml(fill(texts.verify, { url }))}</p>
<p>${escapeHtml(texts.notAnInvoice)}</p>
</main>
</body>
</html>
`;
};
