import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { actionsOf, Browser, startApplications, type Applications } from './applications.test.ts';
import { newPerson } from './steps.test.ts';

/** The fields that a page's forms carry unseen. */
const hiddenOf = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );

describe('an application whose person has a second factor', () => {
  let plaza: Applications;
  before(async () => {
    plaza = await startApplications();
  });
  after(() => plaza.stop());

  /** A person with an app, and a browser that has given the right password. */
  const atSecondStep = async (language = 'es') => {
    const person = newPerson();
    const app = await plaza.enrolApp((await plaza.signUp(person)).access_token);
    const config = await plaza.discover();
    const { url, checks } = await plaza.begin(config);
    const browser = new Browser(plaza.issuer, language);
    const [signIn] = actionsOf((await browser.open(url)).html);
    const { username, password } = person;
    const page = await browser.post(`${plaza.issuer}${signIn}`, { username, password });
    assert.equal(page.reply?.status, 200, page.html);
    const [action] = actionsOf(page.html);
    const answer = (form: Readonly<Record<string, string>>) =>
      browser.post(`${plaza.issuer}${action}`, { ...hiddenOf(page.html), ...form });
    return { person, app, config, checks, browser, page, answer };
  };

  it('gets no code by a password alone, and one after the second step', async () => {
    const { app, config, checks, browser, page, answer } = await atSecondStep();
    assert.match(page.html, /<html lang="es">[^]*Confirma que eres tú/);
    assert.ok(!page.html.includes('value="email"'), 'only what the account has is offered');
    const consent = await answer({ method: 'totp', code: app.code() });
    assert.equal(consent.reply?.status, 200, consent.html);
    const done = await browser.post(`${plaza.issuer}${actionsOf(consent.html)[0]}`);
    const given = await client.authorizationCodeGrant(config, new URL(done.url), checks);
    const orders = await plaza.call('/orders', given.access_token);
    assert.equal(orders.status, 200);
  });

  it('takes a recovery code, once', async () => {
    const { app, answer } = await atSecondStep('en');
    const [recovery] = app.recoveryCodes;
    const consent = await answer({ method: 'recovery_code', code: recovery! });
    assert.match(consent.html, /wants to use your account/);
    const again = await answer({ method: 'recovery_code', code: recovery! });
    assert.notEqual(again.reply?.status, 200);
  });

  it('is told the same of every wrong answer, and stops at five', async () => {
    const { app, answer, page } = await atSecondStep();
    const wrong = String((Number(app.code()) + 1) % 1_000_000).padStart(6, '0');
    for (const form of [
      { method: 'totp', code: wrong },
      { method: 'email', code: '00000000' },
      { method: 'passkey', code: 'x' },
      { method: 'totp', code: '' },
      { method: 'recovery_code', code: 'aaaa-bbbb-cccc' },
    ]) {
      const refused = await answer(form);
      assert.equal(refused.reply?.status, 422, JSON.stringify(form));
      assert.match(refused.html, /Ese código no sirve/);
      assert.deepEqual(hiddenOf(refused.html), hiddenOf(page.html));
    }
    const late = await answer({ method: 'totp', code: app.code() });
    assert.equal(late.reply?.status, 422);
  });

  it('mails a code to who gets theirs by mail, and shows nothing of what was typed as markup', async () => {
    const { answer, browser, page } = await atSecondStep();
    const { challenge_id: id, methods } = hiddenOf(page.html);
    const [step] = actionsOf(page.html);
    const mailed = await browser.post(`${plaza.issuer}${step}/email`, {
      challenge_id: id!,
      methods: `${methods} email`,
    });
    // This account has no mailed codes: nothing is sent, and the page says only what holds for all.
    assert.match(mailed.html, /Confirma que eres tú/);
    const evil = await answer({ challenge_id: '"><img src=x>', methods: '<b>', method: '<i>' });
    assert.equal(evil.reply?.status, 422);
    assert.ok(!/<img|<b>|<i>/.test(evil.html));
  });
});
