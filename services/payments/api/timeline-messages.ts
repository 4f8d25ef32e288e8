import type { Language } from '#shared/kernel/preferred-language.ts';

type Sentences = Readonly<Record<string, string>>;
type Catalogue = Readonly<{
  /** Who paid. */
  buyer: Sentences;
  /** Whose sale or work it is. */
  seller: Sentences;
  /** Administrators and support. */
  staff: Sentences;
  /** For a movement that has no sentence of its own. */
  other: string;
}>;

const es: Catalogue = {
  buyer: {
    capture: 'Pagaste {amount}.',
    refund: 'Se te devolvieron {amount}.',
    refund_after_earning: 'Se te devolvieron {amount}.',
    surplus: 'Pagaste {amount} de más; te los devolvemos.',
    surplus_refund: 'Se te devolvieron {amount} que habías pagado de más.',
    chargeback: 'Desconociste el pago ante tu banco: {amount} quedan retenidos.',
    chargeback_won: 'El reclamo ante tu banco se cerró a favor de la tienda: {amount}.',
    chargeback_lost: 'Tu banco te devolvió {amount}.',
    escrow_funding: 'Pagaste {amount}; quedan en garantía.',
    escrow_release: 'La garantía de {amount} se entregó al profesional.',
    escrow_refund: 'La garantía de {amount} vuelve a ti.',
    escrow_split: 'La garantía de {amount} se repartió como se decidió.',
    escrow_refund_sent: 'Se te devolvieron {amount} de la garantía.',
  },
  seller: {
    capture: 'Se cobró tu venta: {amount}, a la espera de la entrega.',
    refund: 'Se devolvieron {amount} de tu venta al comprador.',
    refund_after_earning: 'Se devolvieron {amount} de tu saldo al comprador.',
    earning: 'Ganaste {amount}: la entrega se completó y la comisión está descontada.',
    settled_at_seller: 'De lo ganado ya tienes {amount} en tu cuenta del proveedor de pagos.',
    chargeback: 'El comprador desconoció el pago ante su banco: {amount} quedan retenidos.',
    chargeback_won: 'El reclamo se cerró a tu favor: recuperas {amount}.',
    chargeback_lost: 'El reclamo se cerró a favor del comprador: {amount}.',
    escrow_funding: 'Hay {amount} en garantía para tu trabajo.',
    escrow_release: 'Se liberó la garantía: ganaste {amount}, con la comisión descontada.',
    escrow_refund: 'La garantía volvió al cliente: {amount}.',
    escrow_split: 'La garantía se repartió: tu parte es {amount}.',
    payout: 'Se enviaron {amount} a tu cuenta.',
    payout_paid: 'El banco confirmó el pago de {amount}.',
    payout_returned: 'El banco devolvió {amount}; vuelven a tu saldo.',
    reversal: 'Se revirtió un asiento: {amount}.',
    adjustment: 'Se corrigió tu saldo: {amount}.',
  },
  staff: {
    capture: 'El proveedor cobró {amount}; se deben a los vendedores.',
    refund: 'Se reembolsaron {amount}, a cargo de los vendedores.',
    refund_after_earning: 'Se reembolsaron {amount} después de la entrega, con su comisión.',
    earning: 'Con la entrega, {amount} pasaron de pendientes a ganados, menos la comisión.',
    settled_at_seller:
      'El vendedor ya tiene {amount} en su cuenta del proveedor; no se le pagan otra vez.',
    surplus: 'Llegaron {amount} de más; son del comprador.',
    surplus_refund: 'Se devolvieron {amount} que habían llegado de más.',
    provider_fee: 'El proveedor se quedó con {amount} de comisión.',
    chargeback: 'Contracargo: {amount} retenidos.',
    chargeback_won: 'Contracargo ganado: {amount} liberados.',
    chargeback_lost: 'Contracargo perdido: {amount}.',
    escrow_funding: 'Entraron {amount} en garantía.',
    escrow_release: 'Se liberaron {amount} de la garantía.',
    escrow_refund: 'Se devolvieron {amount} de la garantía.',
    escrow_split: 'Se repartieron {amount} de la garantía.',
    escrow_refund_sent: 'El proveedor devolvió {amount} de la garantía al comprador.',
    payout: 'Se enviaron {amount} a un banco.',
    payout_paid: 'El banco confirmó {amount}.',
    payout_returned: 'El banco devolvió {amount}.',
    withdrawal: 'Se retiraron {amount} del proveedor al banco de la plataforma.',
    withdrawal_returned: 'El banco no recibió un retiro: {amount} volvieron al proveedor.',
    reversal: 'Se revirtieron {amount} de un asiento.',
    adjustment: 'Corrección a mano de {amount}.',
  },
  other: 'Movimiento de {amount} ({code}).',
};

const en: Catalogue = {
  buyer: {
    capture: 'You paid {amount}.',
    refund: '{amount} went back to you.',
    refund_after_earning: '{amount} went back to you.',
    surplus: 'You paid {amount} too much; it goes back to you.',
    surplus_refund: '{amount} that you had paid too much went back to you.',
    chargeback: 'You disputed the payment at your bank: {amount} is frozen.',
    chargeback_won: 'The dispute at your bank ended in favour of the shop: {amount}.',
    chargeback_lost: 'Your bank gave {amount} back to you.',
    escrow_funding: 'You paid {amount}; it is held in guarantee.',
    escrow_release: 'The guarantee of {amount} went to the professional.',
    escrow_refund: 'The guarantee of {amount} goes back to you.',
    escrow_split: 'The guarantee of {amount} was split as it was decided.',
    escrow_refund_sent: '{amount} of the guarantee went back to you.',
  },
  seller: {
    capture: 'Your sale was paid: {amount}, until it is delivered.',
    refund: '{amount} of your sale went back to the buyer.',
    refund_after_earning: '{amount} of your balance went back to the buyer.',
    earning: 'You earned {amount}: it was delivered, and the commission is taken off.',
    settled_at_seller:
      'Of what you earned, {amount} is in your account at the payment provider already.',
    chargeback: 'The buyer disputed the payment at the bank: {amount} is frozen.',
    chargeback_won: 'The dispute ended in your favour: {amount} is yours again.',
    chargeback_lost: "The dispute ended in the buyer's favour: {amount}.",
    escrow_funding: '{amount} is held in guarantee for your work.',
    escrow_release: 'The guarantee was released: you earned {amount}, commission taken off.',
    escrow_refund: 'The guarantee went back to the client: {amount}.',
    escrow_split: 'The guarantee was split: your part is {amount}.',
    payout: '{amount} was sent to your account.',
    payout_paid: 'The bank confirmed the payment of {amount}.',
    payout_returned: 'The bank returned {amount}; it is in your balance again.',
    reversal: 'An entry was taken back: {amount}.',
    adjustment: 'Your balance was corrected: {amount}.',
  },
  staff: {
    capture: 'The provider took {amount}; it is owed to the sellers.',
    refund: '{amount} was refunded, at the cost of the sellers.',
    refund_after_earning: '{amount} was refunded after delivery, with its commission.',
    earning: 'With the delivery, {amount} went from pending to earned, less the commission.',
    settled_at_seller: 'The seller has {amount} at the provider already; it is not paid out again.',
    surplus: '{amount} came too much; it is the buyer’s.',
    surplus_refund: '{amount} that had come too much went back.',
    provider_fee: 'The provider kept a fee of {amount}.',
    chargeback: 'Chargeback: {amount} frozen.',
    chargeback_won: 'Chargeback won: {amount} set free.',
    chargeback_lost: 'Chargeback lost: {amount}.',
    escrow_funding: '{amount} came into guarantee.',
    escrow_release: '{amount} was released from guarantee.',
    escrow_refund: '{amount} went back from guarantee.',
    escrow_split: '{amount} of a guarantee was split.',
    escrow_refund_sent: 'The provider sent {amount} of a guarantee back to the buyer.',
    payout: '{amount} was sent to a bank.',
    payout_paid: 'The bank confirmed {amount}.',
    payout_returned: 'The bank returned {amount}.',
    withdrawal: '{amount} was withdrawn from the provider to the bank of the platform.',
    withdrawal_returned: 'The bank did not take a withdrawal: {amount} is at the provider again.',
    reversal: '{amount} of an entry was taken back.',
    adjustment: 'Correction by hand of {amount}.',
  },
  other: 'A movement of {amount} ({code}).',
};

export const timelineMessages: Readonly<Record<Language, Catalogue>> = { es, en };

/** A movement in words. */
export const sentenceOf = (
  language: Language,
  viewer: 'buyer' | 'seller' | 'staff',
  code: string,
  amount: string,
): string => {
  const catalogue = timelineMessages[language];
  return (catalogue[viewer][code] ?? catalogue.other)
    .replace('{amount}', amount)
    .replace('{code}', code);
};
