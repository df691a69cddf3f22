-- Photographs that somebody has deleted: out of sight at once, removed when nobody wants them back.
-- Written in the SQL that H2 and PostgreSQL share.

alter table image add column deleted_at timestamp with time zone;
alter table image add column deleted_by varchar(200);
