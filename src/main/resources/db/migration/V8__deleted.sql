-- Jobs that somebody has deleted, and what they made: out of sight at once, removed when nobody wants
-- them back. Written in the SQL that H2 and PostgreSQL share.

alter table job add column deleted_at timestamp with time zone;
alter table job add column deleted_by varchar(200);
-- no index: nearly all jobs have none, and H2 would take it instead of that of an order

-- as that of their job, so that lists of them need not look there
alter table mask add column deleted_at timestamp with time zone;
alter table heat_map add column deleted_at timestamp with time zone;
