-- What earned money: of most sites' events the few. Goals under filters, and revenue, read these alone.
CREATE INDEX "event_amount" ON "event" USING btree ("site_id",minute(time)) WHERE amount is not null;
