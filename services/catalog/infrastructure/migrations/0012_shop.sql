-- What the owner says of the shop as a whole: one row.
create table shop (
  is_only boolean primary key default true check (is_only),
  brand_colour text check (brand_colour ~ '^#[0-9a-f]{6}$'),
  -- After a product has arrived; 0: none is taken back.
  return_days integer not null default 15 check (return_days between 0 and 365),
  version integer not null default 1,
  changed_at timestamptz,
  changed_by uuid
);
insert into shop default values;

-- When a product was for sale first: what was, and is archived now, is gone; of what never was nobody knows.
alter table products add column published_at timestamptz;
update products set published_at = created_at where status <> 'draft';
create function note_publication() returns trigger language plpgsql as $$
begin
  new.published_at := now();
  return new;
end $$;
create trigger products_published before insert or update on products for each row
  when (new.status = 'active' and new.published_at is null) execute function note_publication();
