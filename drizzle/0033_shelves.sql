-- Bitmaps are made anew with their visitors on shelves, and in finer segments, by whatever seals the site next: until then rows answer.
TRUNCATE "sealed_block", "sealed_segment", "sealed_bitmap";--> statement-breakpoint
UPDATE "seal" SET "bitmaps" = null, "mapping" = null;--> statement-breakpoint
CREATE TABLE "sealed_place" (
	"site_id" integer NOT NULL,
	"block" smallint NOT NULL,
	"shelf" integer NOT NULL,
	"visitors" bigint[] NOT NULL,
	"places" integer[] NOT NULL,
	CONSTRAINT "sealed_place_site_id_block_shelf_pk" PRIMARY KEY("site_id","block","shelf")
);--> statement-breakpoint
ALTER TABLE "sealed_segment" DROP COLUMN "visitors";--> statement-breakpoint
ALTER TABLE "sealed_segment" DROP COLUMN "places";
