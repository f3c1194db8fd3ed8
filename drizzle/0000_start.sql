CREATE TABLE "api_key" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_key_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scope" text NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used" timestamp with time zone,
	"revoked" timestamp with time zone,
	CONSTRAINT "api_key_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"subject" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"until" timestamp with time zone DEFAULT now() NOT NULL,
	"after" timestamp with time zone DEFAULT '-infinity' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "auth_user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"founder" boolean,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_user_email_unique" UNIQUE("email"),
	CONSTRAINT "auth_user_founder_unique" UNIQUE("founder")
);
--> statement-breakpoint
CREATE TABLE "auth_verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event" (
	"session_id" bigint NOT NULL,
	"visitor" bigint NOT NULL,
	"time" timestamp with time zone NOT NULL,
	"seq" bigint NOT NULL,
	"site_id" integer NOT NULL,
	"name" integer NOT NULL,
	"page" integer NOT NULL,
	"hostname" integer NOT NULL,
	"engaged" integer DEFAULT 0 NOT NULL,
	"currency" integer,
	"scroll" smallint,
	"flags" smallint NOT NULL,
	"amount" numeric(18, 4),
	"props" jsonb
) PARTITION BY RANGE ("time");
--> statement-breakpoint
CREATE TABLE "goal" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "goal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"name" text NOT NULL,
	"event" text,
	"path" text,
	"props" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "goal_site_id_name_unique" UNIQUE("site_id","name")
);
--> statement-breakpoint
CREATE TABLE "ingest_batch" (
	"collector" bigint NOT NULL,
	"site_id" integer NOT NULL,
	"batch" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ingest_batch_site_id_collector_pk" PRIMARY KEY("site_id","collector")
);
--> statement-breakpoint
CREATE TABLE "member" (
	"site_id" integer NOT NULL,
	"user_id" text NOT NULL,
	"role" text DEFAULT 'owner' NOT NULL,
	CONSTRAINT "member_site_id_user_id_pk" PRIMARY KEY("site_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "quarantine_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text NOT NULL,
	"event" text NOT NULL,
	CONSTRAINT "quarantine_site_id_id_pk" PRIMARY KEY("site_id","id")
);
--> statement-breakpoint
CREATE TABLE "rejudging" (
	"site_id" integer PRIMARY KEY NOT NULL,
	"done" bigint DEFAULT 0 NOT NULL,
	"last" bigint NOT NULL,
	"judged" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"started" timestamp with time zone DEFAULT now() NOT NULL,
	"finished" timestamp with time zone,
	"settings" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replay" (
	"session_id" bigint NOT NULL,
	"visitor" bigint NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"last" timestamp with time zone NOT NULL,
	"site_id" integer NOT NULL,
	"chunks" integer NOT NULL,
	"bytes" integer NOT NULL,
	"clicks" integer NOT NULL,
	"errors" integer NOT NULL,
	"rage_clicks" integer NOT NULL,
	"dead_clicks" integer NOT NULL,
	CONSTRAINT "replay_site_id_session_id_pk" PRIMARY KEY("site_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "replay_chunk" (
	"session_id" bigint NOT NULL,
	"from" timestamp with time zone NOT NULL,
	"to" timestamp with time zone NOT NULL,
	"site_id" integer NOT NULL,
	"stream" integer NOT NULL,
	"n" integer NOT NULL,
	"skew" bigint NOT NULL,
	"events" integer NOT NULL,
	"bytes" integer NOT NULL,
	"keyframe" boolean NOT NULL,
	"url" text NOT NULL,
	"signals" jsonb,
	"body" "bytea",
	CONSTRAINT "replay_chunk_site_id_session_id_stream_n_pk" PRIMARY KEY("site_id","session_id","stream","n")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" bigint NOT NULL,
	"visitor" bigint NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"last" timestamp with time zone NOT NULL,
	"site_id" integer NOT NULL,
	"views" integer NOT NULL,
	"events" integer NOT NULL,
	"engaged" integer NOT NULL,
	"entry" integer,
	"exit" integer,
	"hostname" integer,
	"referrer" integer,
	"source" integer,
	"channel" integer,
	"utm_source" integer,
	"utm_medium" integer,
	"utm_campaign" integer,
	"utm_content" integer,
	"utm_term" integer,
	"country" integer,
	"region" integer,
	"city" integer,
	"browser" integer,
	"browser_version" integer,
	"os" integer,
	"os_version" integer,
	"device" integer,
	"screen" integer,
	"language" integer,
	"flags" smallint NOT NULL,
	"bounce" boolean NOT NULL,
	"bot_rules" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "session_site_id_id_pk" PRIMARY KEY("site_id","id")
);
--> statement-breakpoint
CREATE TABLE "site" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "site_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"domain" text NOT NULL,
	"timezone" text DEFAULT 'UTC' NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"mode" text DEFAULT 'persistent' NOT NULL,
	"record" real DEFAULT 1 NOT NULL,
	"mask_text" boolean DEFAULT false NOT NULL,
	"hash" boolean DEFAULT false NOT NULL,
	"gpc" boolean DEFAULT true NOT NULL,
	"consent" boolean DEFAULT false NOT NULL,
	"hash_identify" boolean DEFAULT true NOT NULL,
	"track" jsonb DEFAULT '{"outbound":true,"downloads":true,"forms":true,"tagged":true,"vitals":false,"errors":false}'::jsonb NOT NULL,
	"umami_id" uuid,
	"dnt" boolean DEFAULT false NOT NULL,
	"bot_threshold" smallint DEFAULT 60 NOT NULL,
	"bot_rules" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"exclude" jsonb DEFAULT '{"addresses":[],"paths":[],"hostnames":[],"countries":[]}'::jsonb NOT NULL,
	CONSTRAINT "site_domain_unique" UNIQUE("domain"),
	CONSTRAINT "site_umami_id_unique" UNIQUE("umami_id")
);
--> statement-breakpoint
CREATE TABLE "term" (
	"site_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "term_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" smallint NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "term_site_id_id_pk" PRIMARY KEY("site_id","id")
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_account" ADD CONSTRAINT "auth_account_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goal" ADD CONSTRAINT "goal_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rejudging" ADD CONSTRAINT "rejudging_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "auth_account_user" ON "auth_account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_session_user" ON "auth_session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "event_time" ON "event" USING btree ("site_id","time");--> statement-breakpoint
CREATE INDEX "event_session" ON "event" USING btree ("site_id","session_id");--> statement-breakpoint
CREATE INDEX "member_user" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "replay_start" ON "replay" USING btree ("site_id","start");--> statement-breakpoint
CREATE INDEX "session_start" ON "session" USING btree ("site_id","start");--> statement-breakpoint
CREATE UNIQUE INDEX "term_value" ON "term" USING btree ("site_id","kind","value");--> statement-breakpoint
-- Partitions of `event`, one a month in UTC, from the month of `first` to that of `last`; those that exist are left alone.
-- Two collectors may need the same month at the same moment: one waits for the other, instead of failing and trying again.
CREATE FUNCTION "make_event_partitions"("first" timestamptz, "last" timestamptz) RETURNS void LANGUAGE plpgsql AS $$
declare
  month timestamp := date_trunc('month', "first" at time zone 'UTC');
begin
  perform pg_advisory_xact_lock(hashtext('make_event_partitions'));
  while month <= "last" at time zone 'UTC' loop
    if to_regclass(format('%I', 'event_' || to_char(month, 'YYYYMM'))) is null then
      execute format(
        'create table if not exists %I partition of event for values from (%L) to (%L)',
        'event_' || to_char(month, 'YYYYMM'), to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00',
        to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
    end if;
    month := month + interval '1 month';
  end loop;
end $$;--> statement-breakpoint
-- Recordings are gzipped already: store them out of line without trying to compress them again.
ALTER TABLE "replay_chunk" ALTER COLUMN "body" SET STORAGE EXTERNAL;
