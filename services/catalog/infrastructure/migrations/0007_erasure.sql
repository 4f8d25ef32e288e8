-- What a seller wrote of themselves. The products were archived before: titles, SKUs and prices are in
-- the books of orders too, and stay.
create function erase_account_data(p_account_id uuid) returns void language plpgsql as $$
begin
  update products set description = '', vendor = '', seo_title = '', seo_description = '', tags = '{}',
    images = '[]'
  where seller_id = p_account_id;
  update stock_movements set reason = null where actor = p_account_id and reason is not null;
  delete from imports where account_id = p_account_id;
end $$;
create index stock_movements_actor on stock_movements (actor) where reason is not null;
create index imports_of_account on imports (account_id);
