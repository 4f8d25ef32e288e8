import { grantLifeDays } from '../application/oauth-ports.ts';
import type { PendingAuthorization } from '../application/oauth-ports.ts';
import {
  messages,
  preferredLanguage,
  type MessageKey,
  type Messages,
  type PageLanguage,
} from './messages.ts';
import { escapeHtml, page, pageHeaders, pageHeadersFor } from './page.ts';
import { scopeTexts } from './scope-texts.ts';

type Fill = Readonly<Record<string, string>>;

/** The text with its places filled, as HTML. What comes from outside stands out from what we say. */
const fill = (text: string, values: Fill): string =>
  escapeHtml(text).replace(
    /\{(\w+)\}/g,
    (_, name: string) => `<strong>${escapeHtml(values[name] ?? '')}</strong>`,
  );
const fillPlain = (text: string, values: Fill): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/** Where an application's address leads, as a person can judge it. */
const placeOf = (redirectUri: string): string => {
  const { protocol, host } = new URL(redirectUri);
  return host === '' ? protocol.slice(0, -1) : host;
};

/** Headers of a page whose form ends, after redirects, at the application. */
export const headersFor = ({ redirectUri }: PendingAuthorization) => {
  const { protocol, host } = new URL(redirectUri);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return pageHeadersFor(` ${protocol}${isWeb ? `//${host}` : ''}`);
};

export type SignInFault = Readonly<{ key: MessageKey; seconds?: number }>;

/** Asks who is there. What was typed stays, the password excepted. */
export const signInPage = (
  language: PageLanguage,
  text: Messages,
  pending: PendingAuthorization,
  given: Readonly<{ name: string; fault?: SignInFault }>,
): string => {
  const { uid, clientName: client } = pending;
  const { name, fault } = given;
  const invalid = fault ? ' aria-invalid="true" aria-describedby="fault"' : '';
  const seconds = String(fault?.seconds ?? '');
  const base = `/oauth2/interaction/${encodeURIComponent(uid)}`;
  return page(
    language,
    text.signInTitle,
    `<p>${fill(text.signInIntro, { client })}</p>
${fault ? `<p class="summary" id="fault" role="alert">${escapeHtml(fillPlain(text[fault.key], { seconds }))}</p>` : ''}
<form method="post" action="${base}/sign-in" novalidate>
<label for="username">${escapeHtml(text.signInName)}</label>
<input id="username" name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" required value="${escapeHtml(name)}"${invalid}>
<label for="password">${escapeHtml(text.password)}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${invalid}>
<button type="submit">${escapeHtml(text.signIn)}</button>
</form>
<form method="post" action="${base}/refuse">
<button class="quiet" type="submit">${escapeHtml(text.notNow)}</button>
</form>`,
  );
};

/** What this page offers: a passkey needs a script, and whoever has one has recovery codes too. */
const offered = {
  totp: 'methodTotp',
  email: 'methodEmail',
  recovery_code: 'methodRecovery',
} as const;
export type OfferedMethod = keyof typeof offered;
export const isOffered = (method: string): method is OfferedMethod => method in offered;

/** Asks for the second step of a sign-in. The step's own id travels in the form, and nowhere else. */
export const secondStepPage = (
  language: PageLanguage,
  text: Messages,
  { uid }: PendingAuthorization,
  given: Readonly<{
    challengeId: string;
    methods: readonly OfferedMethod[];
    chosen?: OfferedMethod;
    fault?: SignInFault;
    isMailed?: boolean;
  }>,
): string => {
  const { challengeId, methods, chosen = methods[0], fault, isMailed = false } = given;
  const invalid = fault ? ' aria-invalid="true" aria-describedby="fault"' : '';
  const seconds = String(fault?.seconds ?? '');
  const base = `/oauth2/interaction/${encodeURIComponent(uid)}`;
  const hidden = `<input type="hidden" name="challenge_id" value="${escapeHtml(challengeId)}">
<input type="hidden" name="methods" value="${methods.join(' ')}">`;
  const choices = methods.map(
    (method) =>
      `<label class="choice"><input type="radio" name="method" value="${method}"${method === chosen ? ' checked' : ''}>${escapeHtml(text[offered[method]])}</label>`,
  );
  const mailForm = `<form method="post" action="${base}/second-step/email">
${hidden}
<button class="quiet" type="submit">${escapeHtml(text.mailCode)}</button>
</form>`;
  return page(
    language,
    text.secondStepTitle,
    `<p>${escapeHtml(text.secondStepIntro)}</p>
${fault ? `<p class="summary" id="fault" role="alert">${escapeHtml(fillPlain(text[fault.key], { seconds }))}</p>` : ''}
${isMailed ? `<p role="status">${escapeHtml(text.codeMailed)}</p>` : ''}
<form method="post" action="${base}/second-step" novalidate>
${hidden}
<fieldset>
<legend class="hint">${escapeHtml(text.secondStepHow)}</legend>
${choices.join('\n')}
</fieldset>
<label for="code">${escapeHtml(text.code)}</label>
<input id="code" name="code" type="text" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required autofocus${invalid}>
<button type="submit">${escapeHtml(text.confirm)}</button>
</form>
${methods.includes('email') ? mailForm : ''}
<form method="post" action="${base}/refuse">
<button class="quiet" type="submit">${escapeHtml(text.notNow)}</button>
</form>`,
  );
};

/** Asks whether the application may do what it asks for. */
export const consentPage = (
  language: PageLanguage,
  text: Messages,
  pending: PendingAuthorization,
  username: string,
): string => {
  const { uid, clientName: client, scopes, redirectUri } = pending;
  const base = `/oauth2/interaction/${encodeURIComponent(uid)}`;
  const items = scopes.map((scope) => `<li>${escapeHtml(scopeTexts[language][scope])}</li>`);
  return page(
    language,
    fillPlain(text.consentTitle, { client }),
    `<p>${fill(text.consentIntro, { username })}</p>
<ul>
${items.join('\n')}
</ul>
<p>${escapeHtml(fillPlain(text.consentEnd, { days: String(grantLifeDays) }))}</p>
<p>${fill(text.consentReturn, { place: placeOf(redirectUri) })}</p>
<form method="post" action="${base}/allow">
<button type="submit">${escapeHtml(text.allow)}</button>
</form>
<form method="post" action="${base}/refuse">
<button class="quiet" type="submit">${escapeHtml(text.refuse)}</button>
</form>`,
  );
};

/** The page of the provider for who came by a request that it cannot answer to the application. */
export const errorPageIn =
  (defaultLanguage: PageLanguage) =>
  (why: 'gone' | 'request', acceptLanguage: string | undefined) => {
    const language = preferredLanguage(acceptLanguage, defaultLanguage);
    return { html: deadEndPage(language, messages[language], why), headers: pageHeaders };
  };

/** For who comes back to a flow that has ended, or came by a request that no application may make. */
export const deadEndPage = (
  language: PageLanguage,
  text: Messages,
  why: 'gone' | 'request',
): string => {
  const [title, said] =
    why === 'gone' ? [text.goneTitle, text.goneText] : [text.requestTitle, text.requestText];
  return page(language, title, `<p>${escapeHtml(said)}</p>`);
};
