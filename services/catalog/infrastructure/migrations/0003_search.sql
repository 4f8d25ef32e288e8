-- Full-text search by postings: an ordered walk of one lexeme's btree entries gives a page in
-- order of score, so its cost does not depend on how many products match.

-- Every word of active products as it is written (folded), with its stems and its sound. Words
-- stay when their products go: what counts is whether a posting has the stem.
create table search_words (
  word text collate "C" primary key,
  lexemes text[] not null,
  sound text collate "C" not null
);
create index search_words_similar on search_words using gin (word gin_trgm_ops) with (fastupdate = off);
create index search_words_sound on search_words (sound);

create table search_postings (
  lexeme text collate "C" not null,
  score integer not null,
  product_id uuid not null,
  primary key (lexeme, score, product_id)
);
create index search_postings_product on search_postings (product_id, lexeme);

-- What was indexed of a product; the same again writes nothing.
create table search_documents (
  product_id uuid primary key,
  content_hash bigint not null
);

-- Spanish and English stems of one folded word; none for a word that either language skips.
create function lexemes_of(word text) returns text[] language sql immutable parallel safe as $$
  select case when '{}' in (es, en) then '{}' when es = en then es else es || en end
  from (select ts_lexize('pg_catalog.spanish_stem', $1) as es, ts_lexize('pg_catalog.english_stem', $1) as en) stems
$$;

-- How a Spanish ear hears a folded word: b and v, s, z and soft c, ll and y, a silent h.
create function sound_of(word text) returns text language sql immutable parallel safe as $$
  select regexp_replace(
    translate(
      replace(
        regexp_replace(
          regexp_replace(
            regexp_replace(
              replace(replace(replace($1, 'ch', '#'), 'qu', 'k'), 'h', ''),
              'c(?=[eiy])', 's', 'g'),
            'gu(?=[ei])', 'G', 'g'),
          'g(?=[ei])', 'j', 'g'),
        'll', 'y'),
      'cvwzxG', 'kbbssg'),
    '(.)\1+', '\1', 'g')
$$;

create function words_of(value text) returns table (word text, place bigint)
  language sql stable parallel safe as $$
  select w, n from regexp_split_to_table(fold($1), '[^a-z0-9]+') with ordinality t(w, n)
  where w <> '' and length(w) <= 40
$$;

-- All words of products with their weight: title over category, vendor, tags and SKU over text.
create function words_of_products(p_ids uuid[])
returns table (product_id uuid, word text, score integer) language sql stable as $$
  select product_id, word, max(score)::int + 10 * least(count(*), 5)::int
  from (
    select p.id as product_id, w.word, 1000 - 20 * least(w.place, 20)::int as score
    from products p, words_of(p.title) w where p.id = any(p_ids)
    union all
    select p.id, w.word, 300
    from products p
    left join categories c on c.id = p.category_id,
    words_of(concat_ws(' ', p.vendor, array_to_string(p.tags, ' '),
      (select string_agg(a.name, ' ') from categories a where a.id = any(c.path)))) w
    where p.id = any(p_ids)
    union all
    select v.product_id, w.word, 300
    from variants v, words_of(concat_ws(' ', v.sku, regexp_replace(v.sku, '[^A-Za-z0-9]+', '', 'g'),
      v.barcode, array_to_string(v.option_values, ' '))) w
    where v.product_id = any(p_ids)
    union all
    select p.id, w.word, 100
    from products p, words_of(left(regexp_replace(p.description, '<[^>]*>|&[a-z]+;', ' ', 'g'), 2000)) w
    where p.id = any(p_ids)
  ) every_word
  group by product_id, word
$$;

create function content_hash_of(p_id uuid) returns bigint language sql stable as $$
  select case when p.status <> 'active' then 0 else hashtextextended(concat_ws(E'\x01', p.title,
    p.vendor, p.tags::text, p.description,
    (select string_agg(a.name, E'\x02' order by a.id) from categories a where a.id = any(c.path)),
    (select string_agg(concat_ws(E'\x02', v.sku, v.barcode, v.option_values::text), E'\x03' order by v.id)
     from variants v where v.product_id = p.id)), 0) end
  from products p left join categories c on c.id = p.category_id where p.id = p_id
$$;

create function index_products(p_ids uuid[]) returns void language plpgsql as $$
declare changed uuid[];
begin
  with hashes as (
    select id, content_hash_of(id) as hash from unnest(p_ids) id order by id
  ), noted as (
    insert into search_documents as d (product_id, content_hash) select id, hash from hashes
    on conflict (product_id) do update set content_hash = excluded.content_hash
      where d.content_hash <> excluded.content_hash
    returning product_id
  )
  select array_agg(product_id) into changed from noted;
  if changed is null then return; end if;

  delete from search_postings where product_id = any(changed);
  with occurrences as materialized (
    select w.product_id, w.word, w.score from words_of_products(
      array(select id from products where id = any(changed) and status = 'active')) w
  ), vocabulary as materialized (
    select o.word, coalesce(s.lexemes, lexemes_of(o.word)) as lexemes, s.word is null as is_new
    from (select distinct word from occurrences) o left join search_words s on s.word = o.word
  ), learned as (
    insert into search_words (word, lexemes, sound)
    select word, lexemes, sound_of(word) from vocabulary
    where is_new and lexemes <> '{}' order by word collate "C"
    on conflict do nothing
  )
  insert into search_postings (lexeme, score, product_id)
  select lexeme, max(o.score), o.product_id
  from occurrences o join vocabulary v on v.word = o.word, unnest(v.lexemes) lexeme
  group by lexeme, o.product_id;
end $$;

-- Brings the public lists of these products up to their rows; the caller holds their availability.
create function list_products(p_ids uuid[]) returns void language plpgsql as $$
begin
  with wanted as materialized (
    select s.scope, p.id as product_id, p.price_min, p.price_max,
      left(fold(p.title), 100) as title_key, a.variants_in_stock > 0 as in_stock
    from products p
    join availability a on a.product_id = p.id
    left join categories c on c.id = p.category_id,
    unnest(coalesce(c.path, '{}') || p.seller_id || '00000000-0000-0000-0000-000000000000'::uuid) s(scope)
    where p.id = any(p_ids) and p.status = 'active'
  ), gone as (
    delete from listings l where l.product_id = any(p_ids)
      and not exists (select from wanted w where w.scope = l.scope and w.product_id = l.product_id)
  )
  insert into listings as l (scope, product_id, price_min, price_max, title_key, in_stock)
  select scope, product_id, price_min, price_max, title_key, in_stock from wanted
  on conflict (scope, product_id) do update
  set price_min = excluded.price_min, price_max = excluded.price_max,
    title_key = excluded.title_key, in_stock = excluded.in_stock
  where (l.price_min, l.price_max, l.title_key, l.in_stock)
    is distinct from (excluded.price_min, excluded.price_max, excluded.title_key, excluded.in_stock);
end $$;

-- Products whose category was renamed or moved: their lists and their words follow.
create function relist_category(p_category uuid) returns void language plpgsql as $$
declare ids uuid[];
begin
  select array_agg(p.id order by p.id) into ids from products p join categories c on c.id = p.category_id
  where p_category = any(c.path);
  if ids is null then return; end if;
  perform from availability where product_id = any(ids) order by product_id for update;
  perform list_products(ids);
  perform index_products(ids);
end $$;

-- How many postings these lexemes have, counted to 200: enough to see which token is rarest.
create function count_postings(p_lexemes text[]) returns integer language sql stable as $$
  select count(*)::int from (
    select from search_postings where lexeme = any(p_lexemes) limit 200) bounded
$$;

-- Stems of up to eight words that begin with `prefix`, the shortest first.
create function lexemes_by_prefix(prefix text) returns text[] language sql stable as $$
  select coalesce(array_agg(distinct lexeme), '{}') from (
    select lexemes from (
      select word, lexemes from search_words
      where word >= $1 collate "C" and word < ($1 || '{') collate "C" order by word limit 200
    ) words
    where exists (select from search_postings p where p.lexeme = any(words.lexemes))
    order by length(word), word limit 8
  ) nearest, unnest(lexemes) lexeme
$$;

-- Up to three known words that a misspelt one may mean: those that sound the same, else those
-- that share most trigrams.
create function words_near(misspelt text) returns table (word text, lexemes text[])
  language plpgsql stable as $$
#variable_conflict use_column
begin
  return query select w.word, w.lexemes from search_words w
  where w.sound = sound_of(misspelt) and count_postings(w.lexemes) > 0
  order by similarity(w.word, misspelt) desc, w.word limit 3;
  if found or length(misspelt) < 4 then return; end if;
  return query select w.word, w.lexemes from (
    select s.word, s.lexemes, similarity(s.word, misspelt) as nearness from search_words s
    where s.word % misspelt order by 3 desc, 1 limit 12
  ) w
  where w.nearness >= 0.35 and count_postings(w.lexemes) > 0 limit 3;
end $$;

-- What each word of a query means: its lexemes, how many postings they have, and what was read
-- instead of it. Words that are in every text are left out; the last word may be half typed.
create function read_query(query text)
returns table (place integer, typed text, read_as text, lexemes text[], postings integer)
language plpgsql stable as $$
#variable_conflict use_variable
declare last_place integer;
begin
  select max(w.place)::int into last_place from words_of(query) w;
  for place, typed in
    select w.place::int, w.word from words_of(query) w order by w.place limit 8
  loop
    read_as := typed;
    lexemes := lexemes_of(typed);
    postings := count_postings(lexemes);
    if place = last_place and postings < 20 and length(typed) >= 2 then
      lexemes := array(select distinct l from unnest(lexemes || lexemes_by_prefix(typed)) l);
      postings := count_postings(lexemes);
    end if;
    if postings = 0 and lexemes_of(typed) <> '{}' then
      select (array_agg(n.word))[1],
        coalesce(array(select distinct l from words_near(typed) m, unnest(m.lexemes) l), '{}')
      into read_as, lexemes from words_near(typed) n;
      postings := count_postings(lexemes);
    end if;
    return next;
  end loop;
end $$;

-- Runs a statement that was put together for one question, planned for its values: a plan for any
-- values would sort whole lists where an ordered walk ends after twenty rows. `p_parameters` are
-- `($1)[n]` in it.
create function ask(p_sql text, p_parameters text[]) returns setof json language plpgsql stable as $$
begin
  return query execute 'select to_json(t) from (' || p_sql || ') t' using p_parameters;
end $$;
