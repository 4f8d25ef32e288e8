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
