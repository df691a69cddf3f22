-- Masks of whole models and of classes, and masks that come from files instead of jobs. Written in
-- the SQL that H2 and PostgreSQL share.

-- what V1 knew were the masks of single images
alter table mask add column kind varchar(20) default 'IMAGE_MASK' not null;
alter table mask alter column kind drop default;

-- made by no job
alter table mask alter column job_id drop not null;

-- of no single image
alter table mask alter column image_id drop not null;
alter table mask alter column label drop not null;
alter table mask alter column label_name drop not null;
alter table mask alter column prediction drop not null;
alter table mask alter column prediction_name drop not null;
alter table mask alter column probability drop not null;
alter table mask alter column clean_probability drop not null;
alter table mask alter column invariance drop not null;
alter table mask alter column masked drop not null;

-- of many images
alter table mask add column unmasked_accuracy double precision;
alter table mask add column masked_accuracy double precision;
alter table mask add column epochs integer;
alter table mask add column kept_epoch integer;

-- how the study that a file belongs to shows the image to the network
alter table mask add column variant varchar(20);

-- fingerprint of the file that a mask comes from, so that it is taken in once
alter table mask add column source varchar(64);
create unique index mask_source on mask (source);

create index mask_kind on mask (kind, id);
