-- Umami's tables with their indexes (https://github.com/umami-software/umami, prisma/schema.prisma, v2.19), without what
-- a page view leaves empty anyway, and its website.
create table usual.website (
  website_id uuid primary key,
  name varchar(100) not null, domain varchar(500), share_id varchar(50) unique,
  reset_at timestamptz(6), user_id uuid, team_id uuid, created_by uuid,
  created_at timestamptz(6) default now(), updated_at timestamptz(6), deleted_at timestamptz(6)
);
insert into usual.website (website_id, name, domain)
values ('6e2f0c0e-32b5-4d5f-9d3f-1c1f4b0d7a11', 'Shop', 'shop.example');

create table usual.session (
  session_id uuid primary key,
  website_id uuid not null,
  browser varchar(20), os varchar(20), device varchar(20), screen varchar(11), language varchar(35),
  country char(2), region varchar(20), city varchar(50), distinct_id varchar(50),
  created_at timestamptz(6) default now()
);
create index on usual.session (created_at);
create index on usual.session (website_id);
create index on usual.session (website_id, created_at);
create index on usual.session (website_id, created_at, browser);
create index on usual.session (website_id, created_at, os);
create index on usual.session (website_id, created_at, device);
create index on usual.session (website_id, created_at, screen);
create index on usual.session (website_id, created_at, language);
create index on usual.session (website_id, created_at, country);
create index on usual.session (website_id, created_at, region);
create index on usual.session (website_id, created_at, city);

create table usual.website_event (
  event_id uuid primary key,
  website_id uuid not null, session_id uuid not null, visit_id uuid not null,
  created_at timestamptz(6) default now(),
  url_path varchar(500) not null, url_query varchar(500),
  utm_source varchar(255), utm_medium varchar(255), utm_campaign varchar(255), utm_content varchar(255), utm_term varchar(255),
  referrer_path varchar(500), referrer_query varchar(500), referrer_domain varchar(500),
  page_title varchar(500),
  gclid varchar(255), fbclid varchar(255), msclkid varchar(255), ttclid varchar(255), li_fat_id varchar(255), twclid varchar(255),
  event_type int not null default 1, event_name varchar(50), tag varchar(50), hostname varchar(100)
);
create index on usual.website_event (created_at);
create index on usual.website_event (session_id);
create index on usual.website_event (visit_id);
create index on usual.website_event (website_id);
create index on usual.website_event (website_id, created_at);
create index on usual.website_event (website_id, created_at, url_path);
create index on usual.website_event (website_id, created_at, referrer_domain);
create index on usual.website_event (website_id, created_at, page_title);
create index on usual.website_event (website_id, created_at, event_name);
create index on usual.website_event (website_id, created_at, hostname);
create index on usual.website_event (website_id, session_id, created_at);
create index on usual.website_event (website_id, visit_id, created_at);
