import { useText } from '../../i18n/use-text.tsx';

/** The list that a page belongs to. */
export const useBack = (
  list: 'products' | 'sellers' | 'payments' | 'payouts' | 'ledger',
): Readonly<{ to: string; name: string }> => {
  const say = useText();
  const to = {
    products: '/admin/productos',
    sellers: '/admin/vendedores',
    payments: '/admin/pagos',
    payouts: '/admin/pagos-a-vendedores',
    ledger: '/admin/libros',
  }[list];
  return { to, name: say(`title.${list}`) };
};
