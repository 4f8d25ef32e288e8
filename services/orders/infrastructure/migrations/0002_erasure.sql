-- Orders, their events and lines name people by their ids only, and are books: they stay. Carts are not.
create function erase_account_data(p_account_id uuid) returns void language sql as $$
  delete from carts where account_id = p_account_id
$$;
