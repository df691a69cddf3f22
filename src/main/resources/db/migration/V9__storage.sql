-- Whose the bytes are that the lab keeps. Written in the SQL that H2 and PostgreSQL share.

-- of the files of a picture, and of those that a job made; 0 in rows of before: what was there
-- already counts for nobody
alter table image add column bytes bigint default 0 not null;
alter table job add column bytes bigint default 0 not null;
create index image_bytes on image (created_by, bytes);
create index job_bytes on job (created_by, bytes);

-- models and uploaded datasets, of which no other row says who brought them or had them trained
create table belonging (
  kind varchar(20) not null,
  id varchar(400) not null,
  created_by varchar(200) not null,
  bytes bigint not null,
  primary key (kind, id)
);
create index belonging_bytes on belonging (created_by, bytes);
