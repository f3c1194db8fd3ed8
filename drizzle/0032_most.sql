-- What bounds a list, the visitors of each value, is read of the index alone.
ALTER TABLE "sealed_bitmap" DROP CONSTRAINT "sealed_bitmap_site_id_block_segment_dimension_value_pk";--> statement-breakpoint
ALTER TABLE "sealed_bitmap" ADD CONSTRAINT "sealed_bitmap_site_id_block_segment_dimension_value_pk" PRIMARY KEY ("site_id", "block", "segment", "dimension", "value") INCLUDE ("visitors");
