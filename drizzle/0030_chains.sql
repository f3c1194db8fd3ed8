-- Bitmaps are made anew with visits' parts one behind the other, by whatever seals the site next: until then rows answer.
TRUNCATE "sealed_block", "sealed_segment", "sealed_bitmap";--> statement-breakpoint
UPDATE "seal" SET "bitmaps" = null, "mapping" = null;--> statement-breakpoint
-- Parts of a visit of which an earlier part has a bit. A part that "joined" another is of the same visit as the one a plane before.
CREATE FUNCTION "bitmap_after"("bits" bit varying, "joined" bit varying, "planes" integer)
RETURNS bit varying LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	width integer := length(bits) / planes;
	found bit varying := bits & ~ bits;
	more bit varying := joined & (bits >> width);
BEGIN
	WHILE more <> found LOOP
		found := more;
		more := joined & ((bits | found) >> width);
	END LOOP;
	RETURN found;
END $$;--> statement-breakpoint
-- Parts of a visit of which this or a later part has a bit.
CREATE FUNCTION "bitmap_until"("bits" bit varying, "joined" bit varying, "planes" integer)
RETURNS bit varying LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	width integer := length(bits) / planes;
	found bit varying := bits;
	more bit varying := bits | ((bits & joined) << width);
BEGIN
	WHILE more <> found LOOP
		found := more;
		more := bits | ((found & joined) << width);
	END LOOP;
	RETURN found;
END $$;
