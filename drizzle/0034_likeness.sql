-- Bitmaps are made anew, their slices of visitors who are alike, by whatever seals the site next: until then rows answer.
TRUNCATE "sealed_block", "sealed_segment", "sealed_place", "sealed_bitmap";--> statement-breakpoint
UPDATE "seal" SET "bitmaps" = null, "mapping" = null;--> statement-breakpoint
ALTER TABLE "sealed_block" ADD COLUMN "cuts" integer[][] DEFAULT '{}' NOT NULL;
