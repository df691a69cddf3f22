-- Several processes work on the same jobs. Written in the SQL that H2 and PostgreSQL share.

-- which entry of scheduled_tasks stands for the job: who is given another one is too late
alter table job add column entry varchar(100);
-- how often it was begun; who writes with a smaller number has lost the job to another
alter table job add column lease bigint default 0 not null;
-- the process that works on it, or did last
alter table job add column worker varchar(200);
-- the state that a user wants a running job to get; its worker makes the change
alter table job add column wanted varchar(10);

-- the processes of the lab, each with what it does now; they say so every second
create table worker (
  name varchar(200) primary key,
  host varchar(200) not null,
  device varchar(100),
  version varchar(50) not null,
  is_working boolean not null,
  started_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  job_id bigint,
  progress varchar(4000)
);
