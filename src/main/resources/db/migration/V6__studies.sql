-- Which jobs belong to a study, and which wait for others. Written in the SQL that H2 and PostgreSQL
-- share.

-- a study may contain jobs that an earlier one has started; job.study_id says who started it
create table study_job (
  study_id bigint not null references study (id) on delete cascade,
  position integer not null,
  job_id bigint not null references job (id) on delete cascade,
  primary key (study_id, position)
);
create index study_job_job on study_job (job_id);
insert into study_job (study_id, position, job_id)
  select study_id, row_number() over (partition by study_id order by id) - 1, id
  from job where study_id is not null;

-- a job is given to a worker when all that it needs has succeeded
create table job_dependency (
  job_id bigint not null references job (id) on delete cascade,
  needs_id bigint not null references job (id) on delete cascade,
  primary key (job_id, needs_id)
);
create index job_dependency_needs on job_dependency (needs_id, job_id);
