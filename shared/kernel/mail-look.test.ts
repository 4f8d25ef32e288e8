import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { composeMail, nameMail } from './mail-look.ts';

const blocks = [
  { kind: 'text', text: 'Hola, <b>Ana</b> & "compañía":' },
  { kind: 'code', text: '04815162' },
  { kind: 'link', label: 'Elegir', url: 'http://localhost:8000/x?a=1&b="2' },
] as const;

describe('a mail', () => {
  it('stands under the name of the shop, which is no markup, and leaves the text of others', () => {
    for (const language of ['es', 'en'] as const) {
      const text = { kind: 'text', text: 'Compré en Plaza.' } as const;
      const mail = composeMail({ language, subject: 'Plaza', blocks: [text] });
      const { text: plain, html, subject } = nameMail(mail, '<b>$& "Ñandú"</b>');
      assert.equal(subject, 'Plaza');
      assert.match(plain, /\n<b>\$& "Ñandú"<\/b> (?:envió|sent)/);
      assert.equal(html.split('<bdi>&lt;b&gt;$&amp; &quot;Ñandú&quot;&lt;/b&gt;</bdi>').length, 3);
      assert.ok(!html.includes('<b>'));
      assert.equal(html.split('Plaza').length, 5, 'title, preview, heading, and what it says');
    }
  });

  it('says the same as text and as HTML', () => {
    const { text, html } = composeMail({ language: 'es', subject: 'Tu código', blocks });
    assert.match(text, /^04815162$/m);
    assert.match(text, /^http:\/\/localhost:8000\/x\?a=1&b="2$/m);
    assert.match(html, />0481 5162</);
    assert.match(html, /<html lang="es">/);
    assert.ok(text.includes('Nadie lee las respuestas'));
    assert.ok(html.includes('Nadie lee las respuestas'));
  });

  it('takes nothing that a person gave for its own markup', () => {
    const { html } = composeMail({ language: 'en', subject: '<i>x</i>', blocks });
    assert.ok(!html.includes('<b>') && !html.includes('<i>'));
    assert.ok(html.includes('&lt;b&gt;Ana&lt;/b&gt; &amp; &quot;compañía&quot;'));
    assert.ok(html.includes('href="http://localhost:8000/x?a=1&amp;b=&quot;2"'));
  });

  it('fetches nothing, and shows no code beside its subject', () => {
    const { html } = composeMail({ language: 'es', subject: 'Tu código', blocks: [blocks[1]] });
    assert.doesNotMatch(html, /src=|url\(|<script|<link/);
    const [before] = html.split('<h1');
    assert.ok(!before!.includes('0481'));
  });
});
