import { html, type Html } from './html.ts';
import { en } from './messages-en.ts';
import { es, type PageMessages } from './messages-es.ts';
import { declineDetails, inProcessDetails, pendingDetails } from './outcomes.ts';
import type { Chargeback, Notice, Payment, Preference, Refund, Seller } from './records.ts';

export type PageLanguage = 'es' | 'en';
export const catalogues: Readonly<Record<PageLanguage, PageMessages>> = { es, en };

/** What was asked for in the address, else what the browser speaks, else English. */
export const choosePageLanguage = (asked: unknown, accepted: string | undefined): PageLanguage => {
  if (asked === 'es' || asked === 'en') return asked;
  return /^\s*es\b/i.test(accepted ?? '') ? 'es' : 'en';
};

export type View = Readonly<{ language: PageLanguage; path: string }>;

const textOf = ({ language }: View): PageMessages => catalogues[language];

const amountText = (view: View, hundredths: number, currency: string): string =>
  new Intl.NumberFormat(textOf(view).locale, { style: 'currency', currency }).format(
    hundredths / 100,
  );

/** The word for a status with its detail, and the detail as the API spells it. */
const statusText = (view: View, status: string, detail?: string): Html => {
  const text = textOf(view);
  const reason = (text.declines as Readonly<Record<string, string>>)[detail ?? ''];
  const said = text.statuses[status] ?? status;
  const full = reason === undefined ? said : `${said}: ${reason}`;
  return html`${full} ${detail !== undefined && html`<code>${status} / ${detail}</code>`}`;
};

export const layout = (view: View, title: string, body: Html): string => {
  const { language, path } = view;
  const text = textOf(view);
  const other = language === 'es' ? 'en' : 'es';
  const join = path.includes('?') ? '&' : '?';
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${text.name}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>
        <a class="skip" href="#content">${text.skip}</a>
        <header>
          <strong>${text.name}</strong>
          <nav aria-label="${text.languages}">
            <a href="/books?lang=${language}">${text.books}</a>
            <a href="${path}${join}lang=${other}" lang="${other}" hreflang="${other}"
              >${other === 'es' ? 'Español' : 'English'}</a
            >
          </nav>
        </header>
        <main id="content">
          <p class="notice">${text.notice}</p>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
  return page.text;
};

const option = (value: string, label: string): Html =>
  html`<option value="${value}">${label}</option>`;

const choices = (view: View, preference: Preference): Html => {
  const text = textOf(view);
  const action = `/checkout/${preference.id}/pay?lang=${view.language}`;
  const waits = [
    ...pendingDetails.map((detail) => [`pending/${detail}`, detail] as const),
    ...inProcessDetails.map((detail) => [`in_process/${detail}`, detail] as const),
  ];
  return html`<section aria-labelledby="choose">
    <h2 id="choose">${text.choose}</h2>
    <div class="choices">
      <form method="post" action="${action}">
        <button class="main" name="outcome" value="approved/accredited">${text.approve}</button>
      </form>
      <form method="post" action="${action}">
        <label for="decline">${text.declineReason}</label>
        <select id="decline" name="outcome">
          ${declineDetails.map((d) => option(`rejected/${d}`, text.declines[d]))}
        </select>
        <button class="bad">${text.decline}</button>
      </form>
      <form method="post" action="${action}">
        <label for="wait">${text.waitReason}</label>
        <select id="wait" name="outcome">
          ${waits.map(([value, detail]) => option(value, text.waits[detail]!))}
        </select>
        <button>${text.wait}</button>
      </form>
    </div>
  </section>`;
};

const resultOf = (view: View, payment: Payment, backUrl: string | null): Html => {
  const text = textOf(view);
  const isBad = payment.status === 'rejected' || payment.status === 'cancelled';
  const key = isBad ? 'rejected' : payment.status === 'approved' ? 'approved' : 'pending';
  return html`<p role="status" class="${isBad ? 'bad' : ''}">
    <strong>${text.outcome[key]}</strong><br />
    ${statusText(view, payment.status, payment.detail)}<br />
    ${backUrl !== null && html`<a href="${backUrl}">${text.back}</a>`}
  </p>`;
};

/** Where a buyer pays: a person decides here what becomes of the payment. */
export const checkoutPage = (
  view: View,
  given: Readonly<{
    preference: Preference;
    payments: readonly Payment[];
    shown: Payment | undefined;
    backUrl: string | null;
    isExpired: boolean;
  }>,
): string => {
  const { preference, payments, shown, backUrl, isExpired } = given;
  const text = textOf(view);
  const { currency } = preference;
  const body = html`${shown !== undefined && resultOf(view, shown, backUrl)}
    <section>
      <dl>
        ${preference.items.map(
          ({ title, quantity, price }) =>
            html`<dt>${text.quantity(quantity)}</dt>
              <dd>${title} · <span class="amount">${amountText(view, price, currency)}</span></dd>`,
        )}
        ${
          preference.shipping > 0 &&
          html`<dt>${text.shipping}</dt>
            <dd class="amount">${amountText(view, preference.shipping, currency)}</dd>`
        }
        <dt>${text.total}</dt>
        <dd class="amount total">${amountText(view, preference.total, currency)}</dd>
        <dt>${text.reference}</dt>
        <dd><code>${preference.externalReference ?? preference.id}</code></dd>
      </dl>
    </section>
    ${payments.some(({ status }) => status === 'approved') && html`<p class="notice">${text.secondTime}</p>`}
    ${isExpired ? html`<p role="status" class="bad">${text.expired}</p>` : choices(view, preference)}
    ${
      payments.length > 0 &&
      html`<h2>${text.earlier}</h2>
        <ul class="cards">
          ${payments.map(
            (one) =>
              html`<li class="card">
                <span class="amount">${amountText(view, one.amount, one.currency)}</span> ·
                ${statusText(view, one.status, one.detail)}
              </li>`,
          )}
        </ul>`
    }`;
  return layout(view, text.pay, body);
};

type Action = keyof PageMessages['actions'];

const actionsOf = (view: View, id: string, names: readonly Action[]): Html => {
  const { actions } = textOf(view);
  return html`${
    names.length > 0 &&
    html`<div class="actions">
      ${names.map(
        (name) =>
          html`<form method="post" action="/books?lang=${view.language}">
            <input type="hidden" name="id" value="${id}" />
            <button name="do" value="${name}" aria-label="${actions[name]}: ${id}">
              ${actions[name]}
            </button>
          </form>`,
      )}
    </div>`
  }`;
};

const chargeActions: Readonly<Record<string, readonly Action[]>> = {
  pending: ['approve', 'decline'],
  in_process: ['approve', 'decline'],
  approved: ['charge_back'],
};

const list = (view: View, title: string, cards: readonly Html[]): Html =>
  html`<h2>${title}</h2>
    ${
      cards.length === 0
        ? html`<p>${textOf(view).none}</p>`
        : html`<ul class="cards">
            ${cards}
          </ul>`
    }`;

const card = (rows: readonly (readonly [name: string, value: Html | string])[], end: Html): Html =>
  html`<li class="card">
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${end}
  </li>`;

/** All that the books hold, newest first, with what can be done to it. */
export const booksPage = (
  view: View,
  given: Readonly<{
    payments: readonly Payment[];
    refunds: readonly Refund[];
    chargebacks: readonly Chargeback[];
    sellers: readonly Seller[];
    notices: readonly Notice[];
    refundedOf: (paymentId: string) => number;
    currency: string;
  }>,
): string => {
  const text = textOf(view);
  const money = (amount: number) => amountText(view, amount, given.currency);
  const charges = given.payments.map((one) =>
    card(
      [
        [text.amount, money(one.amount)],
        [text.status, statusText(view, one.status, one.detail)],
        [text.refunded, money(given.refundedOf(one.id))],
        [text.reference, html`<code>${one.externalReference ?? '–'} · ${one.id}</code>`],
      ],
      actionsOf(view, one.id, chargeActions[one.status] ?? []),
    ),
  );
  const refunds = given.refunds.map((one) =>
    card(
      [
        [text.amount, money(one.amount)],
        [text.status, statusText(view, one.status)],
        [text.reference, html`<code>${one.paymentId} · ${one.id}</code>`],
      ],
      actionsOf(view, one.id, one.status === 'in_process' ? ['settle', 'fail'] : []),
    ),
  );
  const chargebacks = given.chargebacks.map((one) =>
    card(
      [
        [text.amount, money(one.amount)],
        [text.status, statusText(view, one.outcome)],
        [text.reference, html`<code>${one.paymentId} · ${one.id}</code>`],
      ],
      actionsOf(view, one.id, one.outcome === 'open' ? ['win', 'lose'] : []),
    ),
  );
  const sellers = given.sellers.map((one) =>
    card(
      [
        [text.seller, one.name],
        [text.status, one.isLinked ? text.linked : text.notLinked],
        [text.reference, html`<code>${one.id}</code>`],
      ],
      actionsOf(view, one.id, one.isLinked ? ['unlink'] : []),
    ),
  );
  const states = ['waiting', 'delivered', 'dropped', 'failed'] as const;
  const notices = html`<h2>${text.notices}</h2>
    <section>
      <dl>
        ${states.map(
          (name) =>
            html`<dt>${text.noticeStates[name]}</dt>
              <dd>${given.notices.filter(({ state }) => state === name).length}</dd>`,
        )}
      </dl>
    </section>`;
  const body = html`${list(view, text.charges, charges)} ${list(view, text.refunds, refunds)}
  ${list(view, text.chargebacks, chargebacks)} ${list(view, text.sellers, sellers)} ${notices}`;
  return layout(view, text.books, body);
};

/** Where a seller lets the platform charge on their behalf. */
export const consentPage = (view: View, sellers: readonly Seller[]): string => {
  const text = textOf(view);
  const body = html`<p>${text.consentText}</p>
    <section>
      <form method="post" action="${view.path}">
        ${
          sellers.length > 0 &&
          html`<label for="seller">${text.seller}</label>
            <select id="seller" name="seller">
              <option value=""></option>
              ${sellers.map(({ id, name }) => option(id, `${name} (${id})`))}
            </select>`
        }
        <label for="name">${text.newSeller}</label>
        <input id="name" name="name" maxlength="80" autocomplete="off" />
        <div class="actions">
          <button class="main" name="do" value="agree">${text.agree}</button>
          <button class="bad" name="do" value="refuse">${text.refuse}</button>
        </div>
      </form>
    </section>`;
  return layout(view, text.consentTitle, body);
};
