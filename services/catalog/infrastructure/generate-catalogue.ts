import type { Pool } from 'pg';

/** Things for sale, the commonest first: how often a word stands in a title falls as in real shops. */
const things = (
  'Camiseta Camisa Vestido Pantalón Zapatos Bolso Mochila Collar Aretes Anillo Lámpara Cojín Mesa ' +
  'Silla Cuaderno Taza Plato Jarra Café Chocolate Miel Vela Jabón Sombrero Ruana Hamaca Cobija ' +
  'Gorra Falda Chaqueta Cinturón Billetera Audífonos Cargador Parlante Teclado Martillo Taladro ' +
  'Destornillador Serrucho Matera Regadera Semillas Tijeras Cuchillo Sartén Olla Molino Termo ' +
  'Cafetera Espejo Tapete Cortina Sábana Toalla Rompecabezas Muñeca Pelota Bicicleta Casco'
).split(' ');
const materials = (
  'algodón lino lana cuero madera cerámica acero vidrio fique guadua barro plata cobre papel seda ' +
  'mimbre bambú caucho mármol resina'
).split(' ');
const qualities = (
  'clásico artesanal ligero moderno resistente orgánico suave grande pequeño plegable portátil ' +
  'reversible impermeable bordado tejido pintado pulido natural infantil profesional económico ' +
  'elegante rústico térmico ajustable'
).split(' ');
const places = (
  'Nariño Boyacá Huila Cauca Tolima Quindío Santander Antioquia Guajira Caldas Mompox Ráquira ' +
  'Sandoná Guacamayas Usiacurí Tuchín Pitalito Salento Barichara Villa'
).split(' ');
const colours = 'Azul Rojo Negro Blanco Verde Crudo Terracota Mostaza Gris Vinotinto'.split(' ');
const sizes = 'S M L XL'.split(' ');
const syllables = 'ba ce di fo gu la me ni pa que ri sa to va za cho lla tre bro cli'.split(' ');
const topCategories = 'Ropa Hogar Cocina Joyería Herramientas Jardín Papelería Tecnología'.split(
  ' ',
);

/** A number from 0 to `below`, the same for the same row and question; `bent` favours small ones. */
const pick = (below: number | string, question: number, bent = 1): string =>
  `floor(${below} * power((hashint8extended(i, ${question}) & 1048575) / 1048576.0, ${bent}))::int`;
const word = (list: string, length: number, question: number, bent = 1): string =>
  `${list}[1 + ${pick(length, question, bent)}]`;

const categoriesSql = `
  with top as (
    insert into categories (id, parent_id, slug, name, name_key, position, path)
    select id, null, fold(name) || '-demo', name, fold(name), n::int, array[id]
    from (select uuidv7() as id, name, n from unnest($1::text[]) with ordinality t(name, n)) x
    on conflict (slug) do update set name = excluded.name returning id, name
  ), leaf as materialized (
    select uuidv7() as id, top.id as parent_id, top.name, k from top, generate_series(1, 5) k
  )
  insert into categories (id, parent_id, slug, name, name_key, position, path)
  select id, parent_id, fold(name) || '-demo-' || k, name || ' ' || k, fold(name || ' ' || k), k,
    array[parent_id, id]
  from leaf on conflict (slug) do nothing`;

/** Products $1 to $2, one to eight variants each, a fifth of the variants sold out. */
const productsSql = `
  with leaf as (
    select array_agg(id order by slug) as ids from categories where slug like '%-demo-%'
  ), row_ as materialized (
    select i, uuidv7() as id, $3::uuid[] as sellers, $4::text[] as things, $5::text[] as materials,
      $6::text[] as qualities, $7::text[] as places, $8::text[] as colours, $9::text[] as sizes,
      $10::text[] as syllables, 1 + ${pick(4, 11)} as colour_count, ${pick(2, 12)} as has_sizes
    from generate_series($1::bigint, $2::bigint) i order by i
  ), made as materialized (
    select i, id, sellers[1 + ${pick('cardinality(sellers)', 1)}] as seller_id,
      ${word('things', things.length, 2, 2)} || ' de ' || ${word('materials', materials.length, 3, 1.5)}
        || ' ' || ${word('qualities', qualities.length, 4)} || ' ' || ${word('places', places.length, 5)}
        || ' ' || i as title,
      (select string_agg(${word('syllables', syllables.length, 20)} || w || ' hecho con '
          || ${word('materials', materials.length, 21)} || ' ' || ${word('qualities', qualities.length, 22)}, ', ')
        from (select syllables[1 + (hashint8extended(r.i * 31 + k, 7) & 1023) % 20]
            || syllables[1 + (hashint8extended(r.i * 37 + k, 8) & 1023) % 20] as w
          from generate_series(1, 6) k) words) as description,
      leaf.ids[1 + ${pick('cardinality(leaf.ids)', 6)}] as category_id,
      (10 + ${pick(400, 10, 2)}) * 100000::bigint as price,
      colours, sizes, colour_count, has_sizes
    from row_ r, leaf
  ), choices as materialized (
    select m.*, uuidv7() as variant_id, c as colour, s as size,
      row_number() over (partition by m.id order by c, s)::int - 1 as place,
      m.price + 50000 * (s - 1) as variant_price,
      case when ${pick(5, 13)} = c then 0 else 1 + ${pick(200, 14)} end as units
    from made m, generate_series(1, m.colour_count) c,
      generate_series(1, case has_sizes when 1 then 2 else 1 end) s
  ), products_ as (
    insert into products (id, seller_id, handle, slug, status, title, description, vendor, category_id,
      tags, options, images, seo_title, seo_description, currency, price_min, price_max, version,
      created_at, updated_at)
    select id, seller_id, 'demo-' || i, 'demo-' || i, 'active', title, description, 'Taller ' || left(seller_id::text, 4),
      category_id, array['demo'], case has_sizes when 1 then array['Color', 'Talla'] else array['Color'] end,
      jsonb_build_array(jsonb_build_object('id', id, 'url', 'https://imagenes.example/' || i || '.webp',
        'file', null, 'alt', title, 'width', 800, 'height', 800)),
      '', '', $11, price, price + case has_sizes when 1 then 50000 else 0 end, 1, now(), now()
    from made
  ), variants_ as (
    insert into variants (id, product_id, seller_id, position, sku, option_values, attributes, currency,
      price_minor, weight_grams, barcode)
    select variant_id, id, seller_id, place, 'DEMO-' || i || '-' || place,
      case has_sizes when 1 then array[colours[colour], sizes[size]] else array[colours[colour]] end,
      case has_sizes when 1
        then array['color:' || fold(colours[colour]), 'talla:' || fold(sizes[size])]
        else array['color:' || fold(colours[colour])] end,
      $11, variant_price, 300, ''
    from choices
  ), stock_ as (
    insert into stock (variant_id, product_id, seller_id, on_hand)
    select variant_id, id, seller_id, units from choices
  ), movements_ as (
    insert into stock_movements (variant_id, kind, quantity, on_hand_after, at)
    select variant_id, 'initial', units, units, now() from choices where units > 0
  ), availability_ as (
    insert into availability (product_id, variants_in_stock)
    select id, count(*) filter (where units > 0) from choices group by id
  ), messages_ as (
    insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
    select uuidv7(), 'catalog.product-changed.v1', id::text, 1, now(), id, jsonb_build_object(
      'productId', id, 'version', 1, 'status', 'active', 'sellerId', min(seller_id::text),
      'handle', 'demo-' || min(i), 'title', min(title),
      'imageUrl', 'https://imagenes.example/' || min(i) || '.webp',
      'variants', jsonb_agg(jsonb_build_object('variantId', variant_id, 'sku', 'DEMO-' || i || '-' || place,
        'name', title || ' · ' || colours[colour] || case has_sizes when 1 then ' · ' || sizes[size] else '' end,
        'price', jsonb_build_object('amountMinor', variant_price::text, 'currency', $11))))
    from choices where $12 group by id
  )
  select array_agg(id order by id) as ids from made`;

const productsOfBatch = 1_000;

/**
 * Fills the catalogue with made-up products of a Spanish-speaking shop, by bulk SQL: the same ones
 * for the same numbers. For measurements; `announce` also queues the messages that tell the other
 * contexts. Continue a catalogue by `from`.
 */
export const generateCatalogue = async (
  pool: Pick<Pool, 'query'>,
  options: Readonly<{
    products: number;
    sellerIds: readonly string[];
    from?: number;
    currency?: string;
    announce?: boolean;
    onProgress?: (made: number) => void;
  }>,
): Promise<void> => {
  const { products, sellerIds, from = 0, currency = 'COP', announce = false } = options;
  await pool.query(categoriesSql, [topCategories]);
  for (let first = from + 1; first <= from + products; first += productsOfBatch) {
    const last = Math.min(first + productsOfBatch - 1, from + products);
    const lists = [things, materials, qualities, places, colours, sizes, syllables];
    const { rows } = await pool.query<{ ids: readonly string[] }>(productsSql, [
      first,
      last,
      sellerIds,
      ...lists,
      currency,
      announce,
    ]);
    await pool.query('select list_products($1), index_products($1)', [rows[0]!.ids]);
    options.onProgress?.(last - from);
  }
  await pool.query('insert into catalog_changes (product_id, changes_lists) values (null, true)');
};
