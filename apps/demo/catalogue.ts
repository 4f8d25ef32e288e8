import { pantryProducts } from './products-despensa.ts';
import { hardwareProducts } from './products-ferreteria-jardin.ts';
import { homeProducts } from './products-hogar.ts';
import { fashionProducts } from './products-moda.ts';
import { officeProducts } from './products-papeleria-tecnologia.ts';

/** A text of the demo shop in the two languages it ships with. */
export type LocalizedText = { es: string; en: string };

export type DemoCategory = {
  slug: string;
  name: LocalizedText;
  /** Slug of the category above; `null` for a department. */
  parent: string | null;
};

/** A shop. Its people are invented, and its e-mail address is under the reserved `example.com`. */
export type DemoSeller = {
  username: string;
  shopName: string;
  email: string;
  about: LocalizedText;
};

/** A choice the buyer makes. Names and values are Spanish; `demoOptionWords` has the English. */
export type DemoOption = { name: string; values: string[] };

export type DemoVariant = {
  sku: string;
  /** Option name → chosen value; empty for the only variant of a product without options. */
  options: Record<string, string>;
  /** Decimal string in pesos of Colombia; other countries have it by their own rule (`localPrice`). */
  price: string;
  /** As `price`, and above it; present only while the variant is on offer. */
  compareAtPrice?: string;
  stock: number;
  /** Shipping weight of one unit, packed. */
  gramsWeight: number;
  /**
   * EAN-13 of the range 290–299, which GS1 leaves to shops for internal use: it cannot collide
   * with the barcode of a real product.
   */
  barcode?: string;
};

export type DemoProduct = {
  handle: string;
  title: string;
  titleEn: string;
  description: string;
  descriptionEn: string;
  /** Username of a demo seller. */
  seller: string;
  /** Slug of a demo category that has no categories below it. */
  category: string;
  tags: string[];
  options: DemoOption[];
  /** The first variant is the one the illustration shows. */
  variants: DemoVariant[];
  /** File name in `illustrations/`. */
  illustration: string;
  alt: LocalizedText;
};

/** Parents come before their children. */
export const demoCategories: DemoCategory[] = [
  {
    slug: 'cafe-y-despensa',
    parent: null,
    name: { es: 'Café y despensa', en: 'Coffee and pantry' },
  },
  { slug: 'cafe', parent: 'cafe-y-despensa', name: { es: 'Café', en: 'Coffee' } },
  {
    slug: 'chocolate-y-cacao',
    parent: 'cafe-y-despensa',
    name: { es: 'Chocolate y cacao', en: 'Chocolate and cacao' },
  },
  {
    slug: 'dulces-y-miel',
    parent: 'cafe-y-despensa',
    name: { es: 'Dulces y miel', en: 'Sweets and honey' },
  },
  { slug: 'cocina-y-mesa', parent: null, name: { es: 'Cocina y mesa', en: 'Kitchen and table' } },
  {
    slug: 'cafeteras-y-molinos',
    parent: 'cocina-y-mesa',
    name: { es: 'Cafeteras y molinos', en: 'Coffee makers and grinders' },
  },
  { slug: 'ceramica', parent: 'cocina-y-mesa', name: { es: 'Cerámica', en: 'Ceramics' } },
  { slug: 'utensilios', parent: 'cocina-y-mesa', name: { es: 'Utensilios', en: 'Kitchenware' } },
  { slug: 'hogar', parent: null, name: { es: 'Hogar', en: 'Home' } },
  {
    slug: 'hamacas-y-textiles',
    parent: 'hogar',
    name: { es: 'Hamacas y textiles', en: 'Hammocks and textiles' },
  },
  {
    slug: 'decoracion',
    parent: 'hogar',
    name: { es: 'Decoración e iluminación', en: 'Decoration and lighting' },
  },
  { slug: 'moda', parent: null, name: { es: 'Moda', en: 'Fashion' } },
  {
    slug: 'mochilas-y-bolsos',
    parent: 'moda',
    name: { es: 'Mochilas y morrales', en: 'Bags and backpacks' },
  },
  {
    slug: 'ruanas-y-abrigo',
    parent: 'moda',
    name: { es: 'Ruanas y abrigo', en: 'Ruanas and warm wear' },
  },
  { slug: 'ropa', parent: 'moda', name: { es: 'Ropa', en: 'Clothing' } },
  {
    slug: 'calzado-y-accesorios',
    parent: 'moda',
    name: { es: 'Calzado y accesorios', en: 'Shoes and accessories' },
  },
  { slug: 'herramientas', parent: null, name: { es: 'Herramientas', en: 'Tools' } },
  {
    slug: 'herramientas-manuales',
    parent: 'herramientas',
    name: { es: 'Herramientas manuales', en: 'Hand tools' },
  },
  {
    slug: 'equipos-y-orden',
    parent: 'herramientas',
    name: { es: 'Equipos y orden', en: 'Power tools and storage' },
  },
  { slug: 'jardin', parent: null, name: { es: 'Jardín', en: 'Garden' } },
  { slug: 'materas', parent: 'jardin', name: { es: 'Materas', en: 'Pots' } },
  {
    slug: 'riego-y-cultivo',
    parent: 'jardin',
    name: { es: 'Riego y cultivo', en: 'Watering and growing' },
  },
  { slug: 'papeleria', parent: null, name: { es: 'Papelería', en: 'Stationery' } },
  { slug: 'tecnologia', parent: null, name: { es: 'Tecnología', en: 'Technology' } },
  { slug: 'audio', parent: 'tecnologia', name: { es: 'Audio', en: 'Audio' } },
  {
    slug: 'cables-y-carga',
    parent: 'tecnologia',
    name: { es: 'Cables y carga', en: 'Cables and charging' },
  },
];

export const demoSellers: DemoSeller[] = [
  {
    username: 'tostadora-nubarron',
    shopName: 'Tostadora Nubarrón',
    email: 'ventas@tostadora.example.com',
    about: {
      es: 'Tostamos café en lotes de doce kilos y vendemos con qué prepararlo.',
      en: 'We roast coffee in twelve-kilo batches and sell what you need to brew it.',
    },
  },
  {
    username: 'taller-cabuya',
    shopName: 'Taller Cabuya',
    email: 'hola@tallercabuya.example.com',
    about: {
      es: 'Tejido, barro y cuero de talleres pequeños, con el nombre del oficio en cada pieza.',
      en: 'Weaving, clay and leather from small workshops, with the craft named on every piece.',
    },
  },
  {
    username: 'almacen-tuerca-y-luz',
    shopName: 'Almacén Tuerca y Luz',
    email: 'pedidos@tuercayluz.example.com',
    about: {
      es: 'Ferretería de barrio: herramientas, jardín y electricidad, con repuestos y garantía.',
      en: 'A neighbourhood hardware shop: tools, garden and power, with spares and warranty.',
    },
  },
];

/** Sixty products, department by department. */
export const demoProducts: DemoProduct[] = [
  ...pantryProducts,
  ...homeProducts,
  ...fashionProducts,
  ...hardwareProducts,
  ...officeProducts,
];

export { demoOptionWords } from './option-words.ts';
