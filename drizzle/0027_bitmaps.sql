CREATE TABLE "sealed_bitmap" (
	"site_id" integer NOT NULL,
	"block" smallint NOT NULL,
	"segment" integer NOT NULL,
	"dimension" smallint NOT NULL,
	"value" integer NOT NULL,
	"bits" bit varying NOT NULL,
	CONSTRAINT "sealed_bitmap_site_id_block_segment_dimension_value_pk" PRIMARY KEY("site_id","block","segment","dimension","value")
);
--> statement-breakpoint
CREATE TABLE "sealed_block" (
	"site_id" integer NOT NULL,
	"block" smallint NOT NULL,
	"known" date NOT NULL,
	"own" date NOT NULL,
	"until" date NOT NULL,
	"slices" smallint NOT NULL,
	"made" smallint DEFAULT 0 NOT NULL,
	"lacks" smallint[] DEFAULT '{}' NOT NULL,
	"goals" jsonb NOT NULL,
	CONSTRAINT "sealed_block_site_id_block_pk" PRIMARY KEY("site_id","block")
);
--> statement-breakpoint
CREATE TABLE "sealed_segment" (
	"site_id" integer NOT NULL,
	"block" smallint NOT NULL,
	"segment" integer NOT NULL,
	"planes" integer NOT NULL,
	"first" smallint NOT NULL,
	"last" smallint NOT NULL,
	"blank" bit varying NOT NULL,
	CONSTRAINT "sealed_segment_site_id_block_segment_pk" PRIMARY KEY("site_id","block","segment")
);
--> statement-breakpoint
ALTER TABLE "seal" ADD COLUMN "bitmaps" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "seal" ADD COLUMN "mapping" timestamp with time zone;
--> statement-breakpoint
-- How many visitors have a bit in "own" and none in "earlier", of a segment of so many planes: a visitor's bits are those at its place in each.
CREATE FUNCTION "bitmap_visitors"("own" bit varying, "earlier" bit varying, "planes" integer)
RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	half integer := length(own);
BEGIN
	WHILE planes > 1 LOOP
		half := half / 2;
		own := substring(own FROM 1 FOR half) | substring(own FROM half + 1);
		earlier := substring(earlier FROM 1 FOR half) | substring(earlier FROM half + 1);
		planes := planes / 2;
	END LOOP;
	RETURN bit_count(CASE WHEN earlier IS NULL THEN own ELSE own & ~ earlier END);
END $$;
