/** Texts of the page that a buyer lands on when a provider sends the browser back. */
const es = {
  paidTitle: 'Recibimos tu pago',
  paidText: 'Tu pedido sigue su camino. Ya puedes cerrar esta página.',
  failedTitle: 'El pago no se hizo',
  failedText: 'No se cobró nada por este pedido. Vuelve a la tienda para intentarlo de nuevo.',
  pendingTitle: 'Estamos confirmando tu pago',
  pendingText: 'Puede tardar unos minutos. Te avisamos por correo; no pagues otra vez.',
  backToShop: 'Volver a la tienda',
};

const en: typeof es = {
  paidTitle: 'We have your payment',
  paidText: 'Your order is on its way. You can close this page.',
  failedTitle: 'The payment was not made',
  failedText: 'Nothing was charged for this order. Go back to the shop to try again.',
  pendingTitle: 'We are confirming your payment',
  pendingText: 'It may take a few minutes. We tell you by e-mail; do not pay again.',
  backToShop: 'Back to the shop',
};

export type ReturnMessages = typeof es;
export const returnMessages: Readonly<Record<'es' | 'en', ReturnMessages>> = { es, en };

/** Texts of the page that a seller lands on after agreeing, or not, to link their account. */
const linkEs = {
  back: 'Volver a tu cuenta',
  linked: {
    title: 'Tu cuenta quedó conectada',
    text: 'Conectamos tu cuenta de Mercado Pago. Ya puedes cerrar esta página.',
  },
  denied: {
    title: 'No conectamos tu cuenta',
    text: 'No diste el permiso en Mercado Pago. Puedes intentarlo de nuevo cuando quieras.',
  },
  not_asked: {
    title: 'Este enlace ya no sirve',
    text: 'Es de otro navegador, ya se usó o pasaron más de diez minutos. Empieza de nuevo desde tu panel.',
  },
  taken: {
    title: 'Esa cuenta ya está conectada',
    text: 'Otro vendedor usa esa cuenta de Mercado Pago. Elige otra o desconéctala allá primero.',
  },
  refused: {
    title: 'Mercado Pago no aceptó la conexión',
    text: 'Empieza de nuevo desde tu panel. Si pasa otra vez, escríbenos.',
  },
  unclear: {
    title: 'Mercado Pago no responde',
    text: 'No sabemos si la conexión se hizo. Espera unos minutos y empieza de nuevo desde tu panel.',
  },
};

const linkEn: typeof linkEs = {
  back: 'Back to your account',
  linked: {
    title: 'Your account is connected',
    text: 'Your Mercado Pago account is connected. You can close this page.',
  },
  denied: {
    title: 'Your account was not connected',
    text: 'You did not agree at Mercado Pago. You can try again whenever you like.',
  },
  not_asked: {
    title: 'This link no longer works',
    text: 'It is of another browser, was used, or is older than ten minutes. Start again from your panel.',
  },
  taken: {
    title: 'That account is connected already',
    text: 'Another seller uses that Mercado Pago account. Choose another one, or disconnect it there first.',
  },
  refused: {
    title: 'Mercado Pago did not accept the connection',
    text: 'Start again from your panel. If it happens once more, write to us.',
  },
  unclear: {
    title: 'Mercado Pago does not answer',
    text: 'We do not know whether it was connected. Wait a few minutes and start again from your panel.',
  },
};

export const linkMessages: Readonly<Record<'es' | 'en', typeof linkEs>> = {
  es: linkEs,
  en: linkEn,
};
