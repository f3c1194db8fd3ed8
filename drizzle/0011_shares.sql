CREATE TABLE "replay_share" (
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "replay_share_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"session_id" bigint NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked" timestamp with time zone,
	"site_id" integer NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "replay_share_site_id_id_pk" PRIMARY KEY("site_id","id"),
	CONSTRAINT "replay_share_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "replay_watch" ADD COLUMN "share_id" integer;--> statement-breakpoint
ALTER TABLE "replay_share" ADD CONSTRAINT "replay_share_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "replay_share_session" ON "replay_share" USING btree ("site_id","session_id");