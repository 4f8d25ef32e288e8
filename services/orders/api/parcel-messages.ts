import type { Language } from '#shared/kernel/preferred-language.ts';

/** Texts of what goes with parcels; every language has every text. */
const es = {
  packing_slip: 'Lista de empaque del pedido {number}',
  shipping_label: 'Guía del pedido {number}',
  packing_slips: 'Listas de empaque',
  shipping_labels: 'Guías de envío',
  packing_slip_file: 'empaque',
  shipping_label_file: 'guia',
  sender: 'Remitente',
  recipient: 'Destinatario',
  number: 'Pedido',
  date: 'Fecha',
  method: 'Envío',
  pickUp: 'Se recoge en {place}',
  phone: 'Tel. {phone}',
  carrier: 'Transportador: {carrier}',
  tracking: 'Seguimiento: {number}',
  quantity: 'Cant.',
  product: 'Producto',
  sku: 'Código',
  one: '1 unidad',
  several: '{count} unidades',
  qrCode: 'Código que abre el pedido',
  page: 'Página {page} de {pages}',
} as const;

export type ParcelMessages = Readonly<Record<keyof typeof es, string>>;

const en: ParcelMessages = {
  packing_slip: 'Packing slip of order {number}',
  shipping_label: 'Label of order {number}',
  packing_slips: 'Packing slips',
  shipping_labels: 'Shipping labels',
  packing_slip_file: 'packing-slip',
  shipping_label_file: 'label',
  sender: 'From',
  recipient: 'To',
  number: 'Order',
  date: 'Date',
  method: 'Shipping',
  pickUp: 'To be picked up at {place}',
  phone: 'Phone {phone}',
  carrier: 'Carrier: {carrier}',
  tracking: 'Tracking: {number}',
  quantity: 'Qty',
  product: 'Product',
  sku: 'SKU',
  one: '1 piece',
  several: '{count} pieces',
  qrCode: 'Code that opens the order',
  page: 'Page {page} of {pages}',
};

export const parcelMessages: Readonly<Record<Language, ParcelMessages>> = { es, en };
