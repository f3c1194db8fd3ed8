-- The minute that a moment is in: what visits and events are found by. Inlined wherever it stands, as `date_bin`.
CREATE FUNCTION "minute"(timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN date_bin('1 minute', $1, timestamptz '2000-01-01 00:00:00+00');--> statement-breakpoint
-- A table's partition key can't be changed: its rows move into one whose partitions go by the minute, without the number of
-- a hit, and in the order in which no column is padded.
ALTER TABLE "event" RENAME TO "event_before";--> statement-breakpoint
DO $$
declare
  partition regclass;
begin
  for partition in select inhrelid::regclass from pg_inherits where inhparent = 'event_before'::regclass loop
    execute format('alter table %s rename to %I', partition, 'before_' || partition::text);
  end loop;
end $$;--> statement-breakpoint
DROP INDEX "event_time";--> statement-breakpoint
DROP INDEX "event_session";--> statement-breakpoint
CREATE TABLE "event" (
	"session_id" bigint NOT NULL,
	"visitor" bigint NOT NULL,
	"time" timestamp with time zone NOT NULL,
	"site_id" integer NOT NULL,
	"name" integer NOT NULL,
	"page" integer NOT NULL,
	"hostname" integer NOT NULL,
	"engaged" integer DEFAULT 0 NOT NULL,
	"flags" smallint NOT NULL,
	"scroll" smallint,
	"currency" integer,
	"amount" numeric(18, 4),
	"props" jsonb
) PARTITION BY RANGE (minute("time"));--> statement-breakpoint
SELECT make_event_partitions(min("time"), max("time")) FROM "event_before" HAVING count(*) > 0;--> statement-breakpoint
-- What a visit did in one millisecond is told apart by its microseconds from now on: so is what lies here already.
INSERT INTO "event" ("session_id", "visitor", "time", "site_id", "name", "page", "hostname", "engaged", "flags", "scroll", "currency", "amount", "props")
SELECT "session_id", "visitor",
  "time" + (row_number() OVER (PARTITION BY "site_id", "session_id", "time" ORDER BY "seq") - 1) * interval '1 microsecond',
  "site_id", "name", "page", "hostname", "engaged", "flags", "scroll", "currency", "amount", "props"
FROM "event_before" ORDER BY "time";--> statement-breakpoint
DROP TABLE "event_before";--> statement-breakpoint
CREATE INDEX "event_minute" ON "event" USING btree ("site_id",minute(time));--> statement-breakpoint
-- Visits likewise, in another order: `flags`, which every question reads, stands before what may be null.
ALTER TABLE "session" RENAME TO "session_before";--> statement-breakpoint
CREATE TABLE "session" (
	"id" bigint NOT NULL,
	"visitor" bigint NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"last" timestamp with time zone NOT NULL,
	"site_id" integer NOT NULL,
	"views" integer NOT NULL,
	"events" integer NOT NULL,
	"engaged" integer NOT NULL,
	"flags" smallint NOT NULL,
	"bot_rules" smallint DEFAULT 0 NOT NULL,
	"bounce" boolean NOT NULL,
	"entry" integer,
	"exit" integer,
	"channel" integer,
	"country" integer,
	"browser" integer,
	"os" integer,
	"device" integer,
	"hostname" integer,
	"source" integer,
	"region" integer,
	"city" integer,
	"language" integer,
	"screen" integer,
	"referrer" integer,
	"browser_version" integer,
	"os_version" integer,
	"utm_source" integer,
	"utm_medium" integer,
	"utm_campaign" integer,
	"utm_content" integer,
	"utm_term" integer
);--> statement-breakpoint
INSERT INTO "session" ("id", "visitor", "start", "last", "site_id", "views", "events", "engaged", "flags", "bot_rules", "bounce", "entry", "exit", "channel", "country", "browser", "os", "device", "hostname", "source", "region", "city", "language", "screen", "referrer", "browser_version", "os_version", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
SELECT "id", "visitor", "start", "last", "site_id", "views", "events", "engaged", "flags", "bot_rules", "bounce", "entry", "exit", "channel", "country", "browser", "os", "device", "hostname", "source", "region", "city", "language", "screen", "referrer", "browser_version", "os_version", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term" FROM "session_before" ORDER BY "start";--> statement-breakpoint
DROP TABLE "session_before";--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_site_id_id_pk" PRIMARY KEY("site_id","id");--> statement-breakpoint
CREATE INDEX "session_minute" ON "session" USING btree ("site_id",minute(start));
