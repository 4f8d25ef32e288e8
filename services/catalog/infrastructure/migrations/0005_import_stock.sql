-- Quantities of a file for variants whose product is otherwise as the file says.
-- p_changes: [{variant_id, difference, imported_quantity}].
create function import_stock(p_changes jsonb, cause stock_cause) returns jsonb language plpgsql as $$
declare differences stock_difference[];
begin
  perform from stock where variant_id in (
    select variant_id from jsonb_to_recordset(p_changes) c(variant_id uuid))
  order by variant_id for update;
  update stock s set imported_quantity = c.imported_quantity
  from jsonb_to_recordset(p_changes) c(variant_id uuid, imported_quantity integer)
  where s.variant_id = c.variant_id and c.imported_quantity is not null;
  select array_agg(row(variant_id, difference, 0)::stock_difference) into differences
  from jsonb_to_recordset(p_changes) c(variant_id uuid, difference integer) where difference <> 0;
  if differences is null then return '[]'; end if;
  return change_stock(differences, cause);
end $$;
