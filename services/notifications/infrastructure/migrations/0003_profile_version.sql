-- Name and language follow the profile that users keeps; this is the version of it that is known here.
alter table recipients add column profile_version integer not null default 0;
