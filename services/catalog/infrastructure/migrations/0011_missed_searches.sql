-- What was searched in the whole shop and found nothing: how often each day of the shop. Nobody's: who
-- searched is not kept, and text that may name a person never comes here.
create table missed_searches (
  day date not null,
  term text not null check (char_length(term) between 2 and 60),
  count integer not null check (count > 0),
  primary key (day, term)
);
