-- What the shop is called and where it is; null: Plaza, and where its currency is at home.
alter table shop
  add column name text check (char_length(name) between 1 and 60 and name !~ '[[:cntrl:]]'),
  add column country text check (country ~ '^[A-Z]{2}$');
