-- Tax rates of the operator. Prices include tax; what is in them is frozen on the lines of an order.
create table tax_rates (
  id uuid primary key,
  jurisdiction text not null check (jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  -- How catalog says a product is taxed: `standard`, `reduced`, `exempt`, …
  tax_class text not null,
  code text not null,
  rate_basis_points integer not null check (rate_basis_points between 0 and 10000),
  valid_from timestamptz not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint tax_rates_from unique (jurisdiction, tax_class, valid_from)
);

-- Until catalog tells again: as most products are.
alter table offers
  add column tax_class text not null default 'standard',
  -- The product's category and those above it, the nearest first.
  add column category_ids uuid[] not null default '{}';
