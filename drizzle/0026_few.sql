-- Which events bear properties, and which visits a program may have made: of most sites the few. What divides by a property, and what tells of
-- bots, reads these alone.
CREATE INDEX "event_props" ON "event" USING btree ("site_id",minute(time)) WHERE props is not null;--> statement-breakpoint
CREATE INDEX "session_bots" ON "session" USING btree ("site_id",minute(start)) WHERE bot_rules <> 0;