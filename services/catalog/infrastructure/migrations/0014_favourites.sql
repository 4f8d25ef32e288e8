-- The products that an account keeps for later.
create table favourites (
  account_id uuid not null,
  product_id uuid not null references products on delete cascade,
  kept_at timestamptz not null,
  primary key (account_id, product_id)
);
create index favourites_by_age on favourites (account_id, kept_at desc, product_id desc);
create index favourites_of_product on favourites (product_id);

-- How many these are: what bounds them, also when two are kept at once.
create table favourite_lists (
  account_id uuid primary key,
  size integer not null constraint favourite_lists_size check (size between 0 and 500)
) with (fillfactor = 80);

create function count_favourites() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into favourite_lists as l (account_id, size) values (new.account_id, 1)
    on conflict (account_id) do update set size = l.size + 1;
  else
    update favourite_lists set size = size - 1 where account_id = old.account_id;
  end if;
  return null;
end $$;
create trigger favourites_counted after insert or delete on favourites
  for each row execute function count_favourites();
create trigger favourites_of_nobody_erased before insert on favourites
  for each row execute function skip_erased_account('account_id');

-- As 0007_erasure.sql has it, and what the account kept.
create or replace function erase_account_data(p_account_id uuid) returns void language plpgsql as $$
begin
  update products set description = '', vendor = '', seo_title = '', seo_description = '', tags = '{}',
    images = '[]'
  where seller_id = p_account_id;
  update stock_movements set reason = null where actor = p_account_id and reason is not null;
  delete from imports where account_id = p_account_id;
  delete from favourites where account_id = p_account_id;
  delete from favourite_lists where account_id = p_account_id;
end $$;
