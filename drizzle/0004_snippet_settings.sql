ALTER TABLE "site" ADD COLUMN "consent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "site" ADD COLUMN "hash_identify" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "site" ADD COLUMN "track" jsonb DEFAULT '{"outbound":true,"downloads":true,"forms":true,"tagged":true,"vitals":false,"errors":false}'::jsonb NOT NULL;