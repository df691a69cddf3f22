-- Models and datasets, which lie in files, that somebody has deleted: out of sight at once, removed when
-- nobody wants them back. Written in the SQL that H2 and PostgreSQL share.

create table deletion (
  kind varchar(20) not null,
  id varchar(400) not null,
  -- for people
  name varchar(400) not null,
  -- below the data folder, with slashes
  place varchar(1000) not null,
  deleted_at timestamp with time zone not null,
  deleted_by varchar(200),
  -- its files are gone, or go wherever a machine has some
  removed boolean default false not null,
  primary key (kind, id)
);
