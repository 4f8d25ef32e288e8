import type { Language } from '#shared/kernel/preferred-language.ts';

type Text = Readonly<{ subject: string; lines: readonly string[] }>;
type Catalogue = Readonly<{
  greeting: string;
  stranger: string;
  refundFollows: string;
  seeOrder: string;
  taxIncluded: string;
  parcel: string;
  texts: Readonly<Record<NoticeKey, Text>>;
}>;
export type NoticeKey =
  | 'payout_destination_changed'
  | 'seller_link_ended'
  | `account_security_changed.${'password' | 'email' | 'factor_added' | 'factor_removed'}`
  | 'order_paid'
  | 'order_shipped'
  | 'order_delivered'
  | `order_cancelled.${'buyer' | 'seller' | 'unpaid' | 'stock'}`
  | `order_failed.${'stock' | 'payment'}`
  | `order_refunded.${'full' | 'part'}`;

const es: Catalogue = {
  greeting: 'Hola, {name}:',
  stranger: 'Hola:',
  refundFollows: 'Te devolvemos todo lo que pagaste y te avisamos cuando salga.',
  seeOrder: 'Ver el pedido',
  taxIncluded: 'De ese total, {tax} son impuestos.',
  parcel: 'Lo lleva {carrier}, con el número de guía {tracking}.',
  texts: {
    'account_security_changed.password': {
      subject: 'Tu contraseña cambió',
      lines: ['Si no fuiste tú, pide una nueva al entrar: así se cierran todas las sesiones.'],
    },
    'account_security_changed.email': {
      subject: 'Tu cuenta tiene otro correo',
      lines: ['Si no fuiste tú, escribe cuanto antes a quien atiende la tienda.'],
    },
    'account_security_changed.factor_added': {
      subject: 'Tu cuenta tiene un segundo paso nuevo',
      lines: ['Si no fuiste tú, quítalo en tu cuenta y cambia la contraseña.'],
    },
    'account_security_changed.factor_removed': {
      subject: 'Tu cuenta tiene un segundo paso menos',
      lines: ['Si no fuiste tú ni se lo pediste a soporte, cambia la contraseña.'],
    },
    payout_destination_changed: {
      subject: 'Cambió la cuenta donde recibes tu dinero',
      lines: [
        'La cuenta donde recibes tu dinero ahora termina en {last4}. La usamos desde el {usableAt}.',
        'Si no fuiste tú, cambia tu contraseña, corrige la cuenta y escríbenos antes de esa fecha.',
      ],
    },
    seller_link_ended: {
      subject: 'Tu cuenta de Mercado Pago se desconectó',
      lines: [
        'Ya no podemos usar tu cuenta de Mercado Pago: retiraste el permiso allá, o no pudimos renovarlo.',
        'Conéctala de nuevo desde tu panel. Lo que vendas mientras tanto te lo pagamos como siempre.',
      ],
    },
    order_paid: {
      subject: 'Pedido {number}: pago recibido',
      lines: ['Recibimos tu pago de {amount}. Ya preparamos tu pedido {number}.'],
    },
    order_shipped: {
      subject: 'Pedido {number}: en camino',
      lines: ['Tu pedido {number} salió y va en camino.'],
    },
    order_delivered: {
      subject: 'Pedido {number}: entregado',
      lines: ['Tu pedido {number} fue entregado. Gracias por comprar aquí.'],
    },
    'order_cancelled.buyer': {
      subject: 'Pedido {number}: cancelado',
      lines: ['Cancelaste tu pedido {number}.'],
    },
    'order_cancelled.seller': {
      subject: 'Pedido {number}: cancelado',
      lines: ['La tienda canceló tu pedido {number}.'],
    },
    'order_cancelled.unpaid': {
      subject: 'Pedido {number}: cancelado',
      lines: [
        'No recibimos el pago de tu pedido {number} a tiempo y lo cancelamos.',
        'Puedes hacerlo de nuevo cuando quieras.',
      ],
    },
    'order_cancelled.stock': {
      subject: 'Pedido {number}: cancelado',
      lines: ['Un producto de tu pedido {number} se agotó y lo cancelamos.'],
    },
    'order_failed.stock': {
      subject: 'Pedido {number}: producto agotado',
      lines: ['Un producto de tu pedido {number} se agotó. No te cobramos nada.'],
    },
    'order_failed.payment': {
      subject: 'Pedido {number}: pago rechazado',
      lines: [
        'No pudimos cobrar tu pedido {number}. No te cobramos nada.',
        'Haz el pedido de nuevo con otro medio de pago.',
      ],
    },
    'order_refunded.full': {
      subject: 'Pedido {number}: dinero devuelto',
      lines: [
        'Te devolvimos {amount}, todo lo que pagaste por tu pedido {number}.',
        'Según tu banco puede tardar unos días en aparecer.',
      ],
    },
    'order_refunded.part': {
      subject: 'Pedido {number}: dinero devuelto',
      lines: [
        'Te devolvimos {amount} de tu pedido {number}.',
        'Según tu banco puede tardar unos días en aparecer.',
      ],
    },
  },
};

const en: Catalogue = {
  greeting: 'Hello {name},',
  stranger: 'Hello,',
  refundFollows: 'We will refund everything you paid, and write again when it is on its way.',
  seeOrder: 'View the order',
  taxIncluded: '{tax} of that total is tax.',
  parcel: '{carrier} carries it, under the tracking number {tracking}.',
  texts: {
    'account_security_changed.password': {
      subject: 'Your password was changed',
      lines: ['If it was not you, ask for a new one when you sign in: that ends every session.'],
    },
    'account_security_changed.email': {
      subject: 'Your account has another e-mail address',
      lines: ['If it was not you, write to whoever runs the shop as soon as you can.'],
    },
    'account_security_changed.factor_added': {
      subject: 'Your account has a new second step',
      lines: ['If it was not you, remove it in your account and change the password.'],
    },
    'account_security_changed.factor_removed': {
      subject: 'Your account has one second step less',
      lines: ['If it was neither you nor support for you, change the password.'],
    },
    payout_destination_changed: {
      subject: 'The account that receives your money has changed',
      lines: [
        'The account that receives your money now ends in {last4}. We use it from {usableAt} on.',
        'If that was not you, change your password, correct the account and write to us before then.',
      ],
    },
    seller_link_ended: {
      subject: 'Your Mercado Pago account was disconnected',
      lines: [
        'We can no longer use your Mercado Pago account: you withdrew your consent there, or we could not renew it.',
        'Connect it again from your panel. What you sell meanwhile is paid out to you as before.',
      ],
    },
    order_paid: {
      subject: 'Order {number}: payment received',
      lines: ['We received your payment of {amount} and are preparing your order {number}.'],
    },
    order_shipped: {
      subject: 'Order {number}: on its way',
      lines: ['Your order {number} was shipped and is on its way.'],
    },
    order_delivered: {
      subject: 'Order {number}: delivered',
      lines: ['Your order {number} was delivered. Thank you for buying here.'],
    },
    'order_cancelled.buyer': {
      subject: 'Order {number}: cancelled',
      lines: ['You cancelled your order {number}.'],
    },
    'order_cancelled.seller': {
      subject: 'Order {number}: cancelled',
      lines: ['The shop cancelled your order {number}.'],
    },
    'order_cancelled.unpaid': {
      subject: 'Order {number}: cancelled',
      lines: [
        'The payment of your order {number} did not arrive in time, so we cancelled it.',
        'You can place it again whenever you like.',
      ],
    },
    'order_cancelled.stock': {
      subject: 'Order {number}: cancelled',
      lines: ['A product of your order {number} sold out, so we cancelled it.'],
    },
    'order_failed.stock': {
      subject: 'Order {number}: sold out',
      lines: ['A product of your order {number} sold out. You were not charged.'],
    },
    'order_failed.payment': {
      subject: 'Order {number}: payment refused',
      lines: [
        'Your order {number} could not be charged. You were not charged.',
        'Place it again with another means of payment.',
      ],
    },
    'order_refunded.full': {
      subject: 'Order {number}: refunded',
      lines: [
        'We returned {amount}, all that you paid for your order {number}.',
        'Your bank may take a few days to show it.',
      ],
    },
    'order_refunded.part': {
      subject: 'Order {number}: refunded',
      lines: [
        'We returned {amount} of your order {number}.',
        'Your bank may take a few days to show it.',
      ],
    },
  },
};

/** Every text of a notice; each language has each. */
export const noticeTexts: Readonly<Record<Language, Catalogue>> = { es, en };
