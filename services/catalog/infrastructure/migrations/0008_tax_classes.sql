-- How a product is taxed, in the operator's words: orders has the rates of each class.
alter table products add column tax_class text not null default 'standard';

-- As before, with the tax class; and the message tells the category with those above it, the nearest
-- first, which is what a commission by category goes by.
-- Stores whole products, one or many, each at the version it was decided on, with their variants,
-- first stock, lists, words and messages: one round trip, one transaction.
--
-- p_products: [{product row, `variants`: [{variant row, `difference`, `imported_quantity`}],
-- `message`}]. A product that moved on meanwhile is SQLSTATE 40001 and stores nothing; a removed
-- variant with units set aside for an order is PZ001.
create or replace function save_products(p_products jsonb, cause stock_cause) returns void language plpgsql as $$
declare
  ids uuid[];
  saved integer;
  removed uuid[];
  moves stock_difference[];
  blocked uuid;
begin
  select array_agg((p ->> 'id')::uuid order by p ->> 'id') into ids from jsonb_array_elements(p_products) p;

  insert into products as p (id, seller_id, handle, slug, status, title, description, vendor,
    category_id, tags, options, images, seo_title, seo_description, currency, price_min, price_max,
    compare_at_min, version, created_at, updated_at, tax_class)
  select id, seller_id, handle, slug, status, title, description, vendor, category_id, tags, options,
    images, seo_title, seo_description, currency, price_min, price_max, compare_at_min, version,
    created_at, updated_at, coalesce(tax_class, 'standard')
  from jsonb_populate_recordset(null::products, p_products) order by id
  on conflict (id) do update set status = excluded.status, title = excluded.title,
    description = excluded.description, vendor = excluded.vendor, category_id = excluded.category_id,
    tags = excluded.tags, options = excluded.options, images = excluded.images,
    seo_title = excluded.seo_title, seo_description = excluded.seo_description,
    currency = excluded.currency, price_min = excluded.price_min, price_max = excluded.price_max,
    compare_at_min = excluded.compare_at_min, version = excluded.version,
    updated_at = excluded.updated_at, tax_class = excluded.tax_class
  where p.version = excluded.version - 1;
  get diagnostics saved = row_count;
  if saved <> cardinality(ids) then
    raise exception 'a product was changed by another writer' using errcode = '40001';
  end if;

  with gone as (
    delete from variants v where v.product_id = any(ids) and not exists (
      select from jsonb_array_elements(p_products) p, jsonb_array_elements(p -> 'variants') x
      where (x ->> 'id')::uuid = v.id)
    returning id
  )
  select array_agg(id) into removed from gone;

  insert into variants as v (id, product_id, seller_id, position, sku, option_values, attributes,
    currency, price_minor, compare_at_minor, weight_grams, barcode, image_id)
  select x.id, x.product_id, x.seller_id, x.position, x.sku, x.option_values, x.attributes, x.currency,
    x.price_minor, x.compare_at_minor, x.weight_grams, x.barcode, x.image_id
  from jsonb_array_elements(p_products) p, jsonb_populate_recordset(null::variants, p -> 'variants') x
  on conflict (id) do update set position = excluded.position, sku = excluded.sku,
    option_values = excluded.option_values, attributes = excluded.attributes,
    price_minor = excluded.price_minor, compare_at_minor = excluded.compare_at_minor,
    weight_grams = excluded.weight_grams, barcode = excluded.barcode, image_id = excluded.image_id
  where (v.position, v.sku, v.option_values, v.attributes, v.price_minor, v.compare_at_minor,
      v.weight_grams, v.barcode, v.image_id)
    is distinct from (excluded.position, excluded.sku, excluded.option_values, excluded.attributes,
      excluded.price_minor, excluded.compare_at_minor, excluded.weight_grams, excluded.barcode,
      excluded.image_id);

  perform from stock where product_id = any(ids) order by variant_id for update;
  insert into availability (product_id) select unnest(ids) on conflict do nothing;
  perform from availability where product_id = any(ids) order by product_id for update;
  insert into stock as s (variant_id, product_id, seller_id, low_threshold, imported_quantity)
  select x.variant_id, x.product_id, x.seller_id, x.low_threshold, x.imported_quantity
  from jsonb_array_elements(p_products) p, jsonb_populate_recordset(null::stock, p -> 'variants') x
  on conflict (variant_id) do update set low_threshold = excluded.low_threshold,
    imported_quantity = coalesce(excluded.imported_quantity, s.imported_quantity)
  where (s.low_threshold, s.imported_quantity) is distinct from
    (excluded.low_threshold, coalesce(excluded.imported_quantity, s.imported_quantity));

  select variant_id into blocked from stock where variant_id = any(removed) and reserved > 0 limit 1;
  if blocked is not null then
    raise exception 'variant % is reserved', blocked using errcode = 'PZ001';
  end if;
  select array_agg(row(variant_id, -on_hand, 0)::stock_difference) into moves
  from stock where variant_id = any(removed) and on_hand > 0;
  if moves is not null then
    perform change_stock(moves, row('removed', cause.reason, cause.actor, null, cause.at,
      cause.correlation_id, cause.causation_id, cause.traceparent)::stock_cause);
  end if;
  update stock set is_listed = false where variant_id = any(removed);

  select array_agg(row((x ->> 'id')::uuid, (x ->> 'difference')::int, 0)::stock_difference) into moves
  from jsonb_array_elements(p_products) p, jsonb_array_elements(p -> 'variants') x
  where (x ->> 'difference')::int <> 0;
  if moves is not null then perform change_stock(moves, cause); end if;

  perform list_products(ids);
  perform index_products(ids);
  insert into catalog_changes (product_id, changes_lists) select unnest(ids), true;
  insert into outbox (id, type, subject, aggregate_version, time, correlation_id, causation_id, traceparent, data)
  select uuidv7(), 'catalog.product-changed.v1', p ->> 'id', (p ->> 'version')::int, cause.at,
    cause.correlation_id, cause.causation_id, cause.traceparent,
    p -> 'message' || jsonb_build_object('categoryIds', coalesce((
      select jsonb_agg(step.id order by step.n desc)
      from categories c, unnest(c.path) with ordinality as step (id, n)
      where c.id = (p ->> 'category_id')::uuid), '[]'))
  from jsonb_array_elements(p_products) p order by p ->> 'id';
end $$;
