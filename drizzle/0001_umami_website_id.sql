ALTER TABLE "site" ADD COLUMN "umami_id" uuid;--> statement-breakpoint
ALTER TABLE "site" ADD CONSTRAINT "site_umami_id_unique" UNIQUE("umami_id");