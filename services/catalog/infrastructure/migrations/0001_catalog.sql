-- Products, their variants, the category tree, and what public lists read.

-- Accents and case folded away: one spelling for sorting and for search.
create function fold(value text) returns text
  language sql stable parallel safe
  return lower(unaccent(value));

create table categories (
  id uuid primary key,
  parent_id uuid references categories,
  slug text not null constraint categories_slug unique,
  name text not null,
  name_key text not null,
  position integer not null default 0,
  -- Ids from the root down to this category.
  path uuid[] not null,
  version integer not null default 1
);
create index categories_children on categories (parent_id);
create index categories_by_name on categories (name_key);

create table products (
  id uuid primary key,
  seller_id uuid not null,
  -- The seller's own name for it in import files; the slug is the shop's.
  handle text not null,
  slug text not null constraint products_slug unique,
  status text not null check (status in ('draft', 'active', 'inactive', 'archived')),
  title text not null,
  description text not null,
  vendor text not null,
  category_id uuid constraint products_category references categories,
  tags text[] not null,
  -- Option names in order; the values are the variants'.
  options text[] not null,
  images jsonb not null,
  seo_title text not null,
  seo_description text not null,
  currency text not null,
  price_min bigint not null,
  price_max bigint not null,
  compare_at_min bigint,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint products_handle unique (handle, seller_id),
  check (price_min >= 0 and price_max >= price_min)
);
create index products_by_seller on products (seller_id, id);
create index products_by_category on products (category_id);

create table variants (
  id uuid primary key,
  product_id uuid not null references products,
  seller_id uuid not null,
  position integer not null,
  sku text not null,
  -- One value for each option of the product, in the same order.
  option_values text[] not null,
  -- Folded `name:value`, for filters.
  attributes text[] not null,
  currency text not null,
  price_minor bigint not null check (price_minor >= 0),
  compare_at_minor bigint check (compare_at_minor >= 0),
  weight_grams integer not null check (weight_grams >= 0),
  barcode text not null,
  image_id uuid,
  -- Deferrable, so that two variants may exchange their SKUs in one statement.
  constraint variants_sku unique (seller_id, sku) deferrable initially immediate
);
create index variants_of_product on variants (product_id, position);
create index variants_attributes on variants using gin (attributes);

-- One row for each list a public product stands in: scope is a category (each ancestor too), a
-- seller, or the nil UUID for the whole shop. Every sort is one btree behind the scope, so a page
-- costs the same however many products there are. UUIDv7 ids sort by creation: `newest` is the key.
create table listings (
  scope uuid not null,
  product_id uuid not null,
  price_min bigint not null,
  price_max bigint not null,
  title_key text collate "C" not null,
  in_stock boolean not null,
  primary key (scope, product_id)
) with (fillfactor = 90);
create index listings_by_price on listings (scope, price_min, product_id);
create index listings_by_title on listings (scope, title_key, product_id);
-- Hash: only to find a product's rows; an ordered one would tempt the planner to walk all scopes.
create index listings_of_product on listings using hash (product_id);

-- How many variants of a product can be bought. A counter moved by differences, so that two
-- transactions that empty two variants of one product cannot both believe the other has stock.
create table availability (
  product_id uuid primary key references products,
  variants_in_stock integer not null default 0 check (variants_in_stock >= 0)
) with (fillfactor = 80);

-- What other processes drop from their memory. Read by `xid >= xmin of the last reading`, since
-- the order of a sequence is not the order of commits. Kept for minutes.
create table catalog_changes (
  seq bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  product_id uuid,
  changes_lists boolean not null,
  at timestamptz not null default clock_timestamp()
);
create index catalog_changes_xid on catalog_changes (xid);

create table imports (
  id uuid primary key,
  account_id uuid not null,
  file_name text not null,
  is_dry_run boolean not null,
  status text not null check (status in ('running', 'completed', 'failed')),
  failure text,
  bytes_total bigint not null,
  bytes_read bigint not null default 0,
  rows_read integer not null default 0,
  products_created integer not null default 0,
  products_updated integer not null default 0,
  products_unchanged integer not null default 0,
  products_refused integer not null default 0,
  errors_count integer not null default 0,
  -- The first thousand: [{line, column, code, detail, handle}].
  errors jsonb not null default '[]',
  started_at timestamptz not null,
  -- Moves while the import lives; one that stands still was interrupted.
  seen_at timestamptz not null,
  ended_at timestamptz
);
