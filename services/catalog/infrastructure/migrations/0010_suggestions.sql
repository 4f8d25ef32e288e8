-- What somebody who has typed this far may be looking for, in one statement: products that have every
-- word that anything is sold by (as the search reads them: stems, sounds, typos, a last word that is a
-- beginning), best first, and categories whose name the text begins or resembles.
create function suggest(p_query text, p_limit integer) returns json language sql stable as $$
  with tokens as materialized (
    select place, lexemes, postings from read_query($1) where postings > 0
  ), driver as materialized (
    select place, lexemes from tokens order by postings, place limit 1
  ), candidates as (
    select o.product_id, max(o.score) as score
    from driver d cross join unnest(d.lexemes) x(lexeme) cross join lateral (
      -- A suggestion need not be complete: the best of each word are looked at, and no more.
      select product_id, score from search_postings p
      where p.lexeme = x.lexeme order by score desc, product_id desc limit 300) o
    where not exists (
      select from tokens t where t.place <> d.place and not exists (
        select from search_postings other
        where other.product_id = o.product_id and other.lexeme = any(t.lexemes)))
    group by o.product_id
  ), products_found as (
    select p.id, p.slug, p.title, c.score
    from candidates c
    join listings l on l.scope = '00000000-0000-0000-0000-000000000000' and l.product_id = c.product_id
    join products p on p.id = c.product_id
    order by l.in_stock desc, c.score desc, p.id desc limit $2
  ), categories_found as (
    select c.id, c.slug, c.name, word_similarity(fold($1), fold(c.name)) as nearness
    from categories c
    where fold($1) <> ''
      and (exists (
          -- A beginning of a word of its name, as it is written or as it sounds.
          select from words_of(c.name) own, words_of($1) typed
          where starts_with(own.word, typed.word)
            or (length(sound_of(typed.word)) >= 3 and starts_with(sound_of(own.word), sound_of(typed.word))))
        or (length($1) >= 4 and word_similarity(fold($1), fold(c.name)) >= 0.5))
      and exists (select from listings l where l.scope = c.id)
    order by nearness desc, c.name, c.id limit 3
  )
  select json_build_object(
    'products', (select coalesce(json_agg(json_build_object('id', id, 'slug', slug, 'title', title)), '[]')
      from products_found),
    'categories', (select coalesce(json_agg(json_build_object('id', id, 'slug', slug, 'name', name)
      order by nearness desc, name), '[]') from categories_found))
$$;
