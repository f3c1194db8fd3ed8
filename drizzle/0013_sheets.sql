CREATE TABLE "replay_sheet" (
	"site_id" integer NOT NULL,
	"bytes" integer NOT NULL,
	"used" date NOT NULL,
	"hash" text NOT NULL,
	"body" "bytea",
	CONSTRAINT "replay_sheet_site_id_hash_pk" PRIMARY KEY("site_id","hash")
);
