/** What the command line says of the example and of taking it away, in both languages. */

const counter =
  (language: string) =>
  (n: number, one: string, many: string): string =>
    `${new Intl.NumberFormat(language).format(n)} ${n === 1 ? one : many}`;

type Counts = Readonly<{ products: number; orders: number; people: number }>;

const inSpanish = counter('es');
const inEnglish = counter('en');

const countedEs = ({ products, orders, people }: Counts): string =>
  [
    inSpanish(products, 'producto', 'productos'),
    inSpanish(orders, 'pedido', 'pedidos'),
    inSpanish(people, 'persona', 'personas'),
  ].join(', ');
const countedEn = ({ products, orders, people }: Counts): string =>
  [
    inEnglish(products, 'product', 'products'),
    inEnglish(orders, 'order', 'orders'),
    inEnglish(people, 'person', 'people'),
  ].join(', ');

const namesEs = new Intl.DisplayNames('es-419', { type: 'region' });
const namesEn = new Intl.DisplayNames('en', { type: 'region' });
/** A code that is none is named as it was typed. */
const namedBy =
  (names: Intl.DisplayNames) =>
  (code: string): string => {
    try {
      return names.of(code) ?? code;
    } catch {
      return code;
    }
  };
const inSpanishNamed = namedBy(namesEs);
const inEnglishNamed = namedBy(namesEn);

export const demoEs = {
  demoShop: (country: string, currency: string): string =>
    `tienda de ejemplo: ${inSpanishNamed(country)} · ${currency}`,
  demoOtherCurrency: (country: string, theirs: string, currency: string): string =>
    `La tienda de ejemplo de ${inSpanishNamed(country)} está en ${theirs} y esta tienda en ${currency}: no se agregó nada.`,
  demoNoneInCurrency: (currency: string, countries: readonly string[]): string =>
    `No hay tienda de ejemplo en ${currency}; la hay de ${countries.join(', ')}. No se agregó nada.`,
  demoNoneOf: (country: string, countries: readonly string[]): string =>
    `No hay tienda de ejemplo de ${inSpanishNamed(country)}; la hay de ${countries.join(', ')}. No se agregó nada.`,
  demoClearWhat: (counts: Counts): string =>
    `Se borra para siempre lo que trajo el ejemplo: ${countedEs(counts)}. Lo tuyo se queda.`,
  demoClearChanged: (n: number): string =>
    `Cambiaste ${inSpanish(n, 'producto', 'productos')} del ejemplo: se borra igual.`,
  demoClearWord: 'borrar',
  demoClearConfirm: (word: string): string => `Escribe ${word} para confirmar: `,
  demoClearNeedsYes: 'Sin terminal no se pregunta nada: confirma con --yes.',
  demoClearNothing: 'No se borró nada.',
  demoClearNone: 'Aquí no hay datos de ejemplo.',
  demoClearElsewhere:
    'Los datos de ejemplo solo se borran donde Plaza tiene su propia base de datos.',
  demoCleared: (counts: Counts): string => `Datos de ejemplo borrados: ${countedEs(counts)}.`,
  demoKept: {
    product: (n: number): string =>
      `se quedó por un pedido tuyo: ${inSpanish(n, 'producto, archivado', 'productos, archivados')}`,
    order: (n: number): string =>
      `se quedó por un asiento de los libros: ${inSpanish(n, 'pedido', 'pedidos')}`,
    account: (n: number): string =>
      `se quedó porque algo tuyo la necesita: ${inSpanish(n, 'persona', 'personas')}`,
    category: (n: number): string =>
      `se quedó porque tiene algo tuyo: ${inSpanish(n, 'categoría', 'categorías')}`,
  },
};

export const demoEn: typeof demoEs = {
  demoShop: (country, currency) => `example shop: ${inEnglishNamed(country)} · ${currency}`,
  demoOtherCurrency: (country, theirs, currency) =>
    `The example shop of ${inEnglishNamed(country)} is in ${theirs} and this shop in ${currency}: nothing was added.`,
  demoNoneInCurrency: (currency, countries) =>
    `There is no example shop in ${currency}; there is one of ${countries.join(', ')}. Nothing was added.`,
  demoNoneOf: (country, countries) =>
    `There is no example shop of ${inEnglishNamed(country)}; there is one of ${countries.join(', ')}. Nothing was added.`,
  demoClearWhat: (counts) =>
    `What the example brought is deleted for good: ${countedEn(counts)}. What is yours stays.`,
  demoClearChanged: (n) =>
    `You changed ${inEnglish(n, 'product', 'products')} of the example: it goes all the same.`,
  demoClearWord: 'delete',
  demoClearConfirm: (word) => `Type ${word} to confirm: `,
  demoClearNeedsYes: 'Without a terminal nothing is asked: confirm with --yes.',
  demoClearNothing: 'Nothing was deleted.',
  demoClearNone: 'There is no example data here.',
  demoClearElsewhere: 'Example data are deleted only where Plaza has its own database.',
  demoCleared: (counts) => `Example data deleted: ${countedEn(counts)}.`,
  demoKept: {
    product: (n) =>
      `kept for an order of yours: ${inEnglish(n, 'product, archived', 'products, archived')}`,
    order: (n) => `kept for an entry in the books: ${inEnglish(n, 'order', 'orders')}`,
    account: (n) => `kept since something of yours needs it: ${inEnglish(n, 'person', 'people')}`,
    category: (n) =>
      `kept since something of yours is in it: ${inEnglish(n, 'category', 'categories')}`,
  },
};

export const demoProblemsEs = {
  'http.nothing_to_sell': 'Ahora no hay nada a la venta que se pueda pedir.',
  'http.example_busy': 'Algo del ejemplo está en marcha. Espera un momento y repite el comando.',
  'http.example_books_unsound':
    'Los libros o la auditoría no cuadran, y así no se borra nada. Míralo con: npx plaza ledger verify',
};
export const demoProblemsEn: typeof demoProblemsEs = {
  'http.nothing_to_sell': 'Nothing is for sale that could be ordered now.',
  'http.example_busy': 'Something of the example is under way. Wait a moment and try again.',
  'http.example_books_unsound':
    'The books or the audit log do not verify, so nothing is removed. See: npx plaza ledger verify',
};

export const demoHelpEs = {
  seed: 'Llena una tienda vacía con la de ejemplo',
  seedCountry: 'de este país, como MX; si no, del país de la moneda de la tienda',
  seedClear: 'Borra lo que trajo el ejemplo, y nada más',
  yes: 'no pregunta',
};
export const demoHelpEn: typeof demoHelpEs = {
  seed: 'Fills an empty shop with the example',
  seedCountry: 'of this country, such as MX; else of the country of the shop’s currency',
  seedClear: 'Deletes what the example brought, and nothing else',
  yes: 'does not ask',
};
