-- What the table of jobs sorts, searches and shows. Written in the SQL that H2 and PostgreSQL share.
-- JobTableBackfill fills what V1 to V3 did not keep, in the background.

-- names of the model, the study, the pictures or the dataset, in lower case; null in old rows
alter table job add column names varchar(4000);

-- from the first work to the end; null before
alter table job add column seconds double precision;
update job set seconds = extract(epoch from (finished_at - started_at))
  where finished_at is not null and started_at is not null;
create index job_seconds on job (seconds, id);

-- the range of each value of a job's points, kept while they are written
create table job_metric (
  job_id bigint not null references job (id),
  metric varchar(50) not null,
  low double precision not null,
  high double precision not null,
  newest double precision not null,
  newest_step integer not null,
  primary key (job_id, metric)
);
create index job_metric_low on job_metric (metric, low, job_id);
create index job_metric_high on job_metric (metric desc, high desc, job_id desc);
create index job_metric_newest on job_metric (metric, newest, job_id);
