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
ALTER TABLE "session" ADD COLUMN "bot_rules" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "site" ADD COLUMN "dnt" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "site" ADD COLUMN "bot_threshold" smallint DEFAULT 60 NOT NULL;--> statement-breakpoint
ALTER TABLE "site" ADD COLUMN "bot_rules" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "site" ADD COLUMN "exclude" jsonb DEFAULT '{"addresses":[],"paths":[],"hostnames":[],"countries":[]}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "rejudging" ADD CONSTRAINT "rejudging_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- What was taken for a bot until now, was so by its user agent or by `navigator.webdriver`.
UPDATE "session" SET "bot_rules" = 1 WHERE "flags" & 1 <> 0;
