-- Changes the tree one writer at a time, so that two moves cannot make a circle together. Answers
-- done, stale, gone, or bad_parent; a slug that is taken is the constraint's own error.
create function change_category(p_id uuid, p_version integer, p_parent uuid, p_slug text,
  p_name text, p_position integer)
returns text language plpgsql as $$
declare
  old categories;
  above uuid[];
begin
  perform pg_advisory_xact_lock(hashtext('plaza catalog categories'));
  select * into old from categories where id = p_id for update;
  if not found then return 'gone'; end if;
  if old.version <> p_version then return 'stale'; end if;
  if p_parent is not null then
    select path into above from categories where id = p_parent;
    if above is null or p_id = any(above) or cardinality(above) + (
      select max(cardinality(path)) from categories where p_id = any(path)
    ) - cardinality(old.path) + 1 > 8 then return 'bad_parent'; end if;
  end if;
  update categories set parent_id = p_parent, slug = p_slug, name = p_name, name_key = fold(p_name),
    position = p_position, version = version + 1
  where id = p_id;
  if old.parent_id is distinct from p_parent then
    update categories set path = coalesce(above, '{}') || path[cardinality(old.path):]
    where p_id = any(path);
  end if;
  if old.parent_id is distinct from p_parent or old.name <> p_name then
    perform relist_category(p_id);
  end if;
  insert into catalog_changes (product_id, changes_lists) values (null, true);
  return 'done';
end $$;

create function add_category(p_id uuid, p_parent uuid, p_slug text, p_name text, p_position integer)
returns text language plpgsql as $$
declare above uuid[];
begin
  perform pg_advisory_xact_lock(hashtext('plaza catalog categories'));
  if p_parent is not null then
    select path into above from categories where id = p_parent;
    if above is null or cardinality(above) >= 8 then return 'bad_parent'; end if;
  end if;
  insert into categories (id, parent_id, slug, name, name_key, position, path)
  values (p_id, p_parent, p_slug, p_name, fold(p_name), p_position, coalesce(above, '{}') || p_id);
  insert into catalog_changes (product_id, changes_lists) values (null, true);
  return 'done';
end $$;
