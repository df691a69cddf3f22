-- Models and datasets, which lie in files, that somebody has deleted: out of sight at once, removed when
-- nobody wants them back. Written in the SQL that H2 and PostgreSQL share.

create table deletion (
  kind varchar(20) not null,
  id varchar(400) not null,
  -- for people
  name varchar(400) not null,
  -- below the data folder, with slashes
  place varchar(1000) not null,
  -- of weights: tells them from others of their name
  fingerprint varchar(100),
  deleted_at timestamp with time zone not null,
  deleted_by varchar(200),
  -- gone for good; kept where machines have copies that would bring it back
  removed boolean default false not null,
  primary key (kind, id)
);
