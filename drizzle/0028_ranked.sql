-- Bitmaps are made anew with it, by whatever seals the site next: until then rows answer.
TRUNCATE "sealed_block", "sealed_segment", "sealed_bitmap";--> statement-breakpoint
UPDATE "seal" SET "bitmaps" = null, "mapping" = null;--> statement-breakpoint
ALTER TABLE "sealed_bitmap" ADD COLUMN "visitors" integer;--> statement-breakpoint
ALTER TABLE "sealed_segment" ADD COLUMN "visitors" bigint[] NOT NULL;--> statement-breakpoint
ALTER TABLE "sealed_segment" ADD COLUMN "places" integer[] NOT NULL;--> statement-breakpoint
DROP FUNCTION "bitmap_visitors";--> statement-breakpoint
-- A bit for each visitor of a segment of so many planes: those at his place in each, put together.
CREATE FUNCTION "bitmap_folded"("bits" bit varying, "planes" integer)
RETURNS bit varying LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	half integer := length(bits);
BEGIN
	WHILE planes > 1 LOOP
		half := half / 2;
		bits := substring(bits FROM 1 FOR half) | substring(bits FROM half + 1);
		planes := planes / 2;
	END LOOP;
	RETURN bits;
END $$;
