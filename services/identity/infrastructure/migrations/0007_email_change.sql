-- A new address is proven by a code that goes there, and the old one by another.
alter table challenges add column address text check (length(address) <= 254);
-- Which purposes there are is said by the code that composes their mails.
alter table challenges drop constraint challenges_purpose_check;
alter table challenges add constraint challenges_purpose_check check (purpose ~ '^[a-z_]{3,40}$');
