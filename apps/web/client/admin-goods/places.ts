import {
  ArrowRightLeft,
  BookOpenCheck,
  CreditCard,
  FileUp,
  Landmark,
  Package,
  ShieldQuestionMark,
  Store,
  Undo2,
  Warehouse,
} from 'lucide-react';
import type { Place } from '../admin/places.ts';

const support = ['support'];

/** Products, stock, imports, sellers, payments and books, in the sidebar and in the palette. */
export const goodsPlaces: readonly Place[] = [
  { to: '/admin/productos', key: 'products', icon: Package, group: 'sell', chord: 'r' },
  { to: '/admin/inventario', key: 'inventory', icon: Warehouse, group: 'sell', chord: 'v' },
  { to: '/admin/importar', key: 'imports', icon: FileUp, group: 'sell' },
  { to: '/admin/pagos', key: 'payments', icon: CreditCard, group: 'money', roles: support },
  { to: '/admin/devoluciones', key: 'refunds', icon: Undo2, group: 'money', roles: support },
  {
    to: '/admin/contracargos',
    key: 'disputes',
    icon: ShieldQuestionMark,
    group: 'money',
    roles: support,
  },
  {
    to: '/admin/pagos-a-vendedores',
    key: 'payouts',
    icon: Landmark,
    group: 'money',
    roles: support,
  },
  { to: '/admin/libros', key: 'ledger', icon: BookOpenCheck, group: 'money', chord: 'l' },
  { to: '/admin/conciliacion', key: 'reconciliation', icon: ArrowRightLeft, group: 'money' },
  { to: '/admin/vendedores', key: 'sellers', icon: Store, group: 'people' },
];
