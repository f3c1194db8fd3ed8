ALTER TABLE "seal" ADD COLUMN "reached" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "session_visitor" ON "session" USING btree ("visitor");--> statement-breakpoint
CREATE INDEX "session_long" ON "session" USING btree ("site_id",minute(start)) WHERE last - start > '01:00:00'::interval;