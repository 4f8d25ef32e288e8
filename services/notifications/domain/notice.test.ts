import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { moneyText } from '#shared/kernel/money-text.ts';
import { wordNotice, type Notice } from './notice.ts';

const cop = (amountMinor: string) => ({ amountMinor, currency: 'COP' });
const ana = {
  accountId: '0199f3a2-7b1c-7d7e-8a55-0242ac120017',
  fullName: 'Ana & Luis',
  language: 'es',
} as const;
const shop = 'https://plaza.example.com';
const word = (notice: Notice, reader: Parameters<typeof wordNotice>[1] = ana) =>
  wordNotice(notice, reader, 'COP', shop);

describe('an amount', () => {
  for (const [amount, language, shop, text] of [
    [cop('9780000'), 'es', 'COP', '$ 97.800'],
    [cop('9780050'), 'es', 'COP', '$ 97.800,50'],
    [cop('9780000'), 'en', 'COP', 'COP 97,800'],
    [cop('900719925474099301'), 'es', 'COP', '$ 9.007.199.254.740.993,01'],
    [{ amountMinor: '1000', currency: 'USD' }, 'es', 'COP', 'US$ 10'],
    [{ amountMinor: '123450', currency: 'ARS' }, 'es', 'ARS', '$ 1.234,50'],
    [{ amountMinor: '1234567', currency: 'CLP' }, 'es', 'CLP', '$1.234.567'],
    [{ amountMinor: '123456750', currency: 'USD' }, 'en', 'USD', '$1,234,567.50'],
  ] as const) {
    it(`of ${amount.amountMinor} ${amount.currency} reads ${text} in ${language}, ${shop}`, () => {
      assert.equal(moneyText(amount, language, shop), text.replaceAll(' ', '\u00A0'));
    });
  }
});

const notices: readonly Notice[] = [
  { kind: 'order_paid', number: 'PZ-000123', amount: cop('9780000') },
  { kind: 'order_paid', number: 'PZ-000123', amount: cop('9780000'), tax: cop('465700') },
  { kind: 'order_shipped', number: 'PZ-000123' },
  {
    kind: 'order_shipped',
    number: 'PZ-000123',
    parcels: [{ carrier: 'Coordinadora', number: '53 <100>' }],
  },
  { kind: 'order_delivered', number: 'PZ-000123' },
  ...(['buyer', 'seller', 'unpaid', 'stock'] as const).map(
    (reason) => ({ kind: 'order_cancelled', number: 'PZ-000123', reason, wasPaid: false }) as const,
  ),
  ...(['stock', 'payment'] as const).map(
    (reason) => ({ kind: 'order_failed', number: 'PZ-000123', reason }) as const,
  ),
  ...[true, false].map(
    (isFull) =>
      ({ kind: 'order_refunded', number: 'PZ-000123', amount: cop('100'), isFull }) as const,
  ),
];

describe('a notice', () => {
  it('leads to its order: in the account, or for guests to the page that asks for its number', () => {
    const orderId = '0199f3a2-7b1c-7d7e-8a55-0242ac120055';
    const paid = { kind: 'order_paid', number: 'PZ-000123', orderId, amount: cop('100') } as const;
    const guest = { ...ana, accountId: '0199f3a2-7b1c-8d7e-8a55-0242ac120017' };
    assert.match(word(paid).text, new RegExp(`${shop}/cuenta/pedidos/${orderId}`));
    assert.match(word(paid, guest).text, new RegExp(`${shop}/es/seguimiento`));
    assert.match(word(paid, { ...guest, language: 'en' }).text, new RegExp(`${shop}/en/tracking`));
    assert.doesNotMatch(word({ ...paid, orderId: undefined } as never).text, /https/);
  });

  for (const language of ['es', 'en'] as const) {
    for (const notice of notices) {
      it(`of ${JSON.stringify(notice)} has words in ${language}`, () => {
        const { subject, text, html } = word(notice, { ...ana, language });
        assert.match(subject, /PZ-000123/);
        assert.match(text, /PZ-000123/);
        const words = html.replace(/<style>.*<\/style>/s, '');
        assert.doesNotMatch(subject + text + words, /\{|\}|undefined|null/);
      });
    }
  }

  it('says what was paid, as people write it', () => {
    const { subject, text, html } = word(notices[0]!);
    assert.equal(subject, 'Pedido PZ-000123: pago recibido');
    assert.match(text, /^Hola, Ana & Luis:\n\n.*\$\u00A097\.800\./);
    assert.match(html, /Hola, Ana &amp; Luis:/);
  });

  it('says how much of what was paid is tax, if any is', () => {
    const paid = notices[0]!;
    const taxed = (amountMinor: string) => word({ ...paid, tax: cop(amountMinor) } as Notice).text;
    assert.match(taxed('465700'), /De ese total, \$\u00A04\.657 son impuestos\./);
    assert.doesNotMatch(taxed('0') + word(paid).text, /impuestos/);
  });

  it('greets someone whose name is not known', () => {
    assert.match(word(notices[2]!, { ...ana, fullName: null, language: 'en' }).text, /^Hello,\n/);
  });

  it('announces the refund of a cancelled order that was paid', () => {
    const cancelled = { kind: 'order_cancelled', number: 'PZ-1', reason: 'buyer' } as const;
    assert.match(word({ ...cancelled, wasPaid: true }).text, /Te devolvemos/);
    assert.doesNotMatch(word({ ...cancelled, wasPaid: false }).text, /devolvemos/);
  });
});
