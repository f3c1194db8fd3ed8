CREATE TABLE "replay_part" (
	"session_id" bigint NOT NULL,
	"site_id" integer NOT NULL,
	"part" integer NOT NULL,
	"bytes" integer NOT NULL,
	"body" "bytea",
	CONSTRAINT "replay_part_site_id_session_id_part_pk" PRIMARY KEY("site_id","session_id","part")
);
--> statement-breakpoint
ALTER TABLE "replay_chunk" ADD COLUMN "part" integer DEFAULT 0;--> statement-breakpoint
ALTER TABLE "replay_chunk" ADD COLUMN "at" integer;