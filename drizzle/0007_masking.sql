ALTER TABLE "site" ADD COLUMN "masking" jsonb DEFAULT '{"text":"inputs","mask":"","unmask":"","block":"","ignore":""}'::jsonb NOT NULL;--> statement-breakpoint
UPDATE "site" SET "masking" = jsonb_set("masking", '{text}', '"all"') WHERE "mask_text";--> statement-breakpoint
ALTER TABLE "site" DROP COLUMN "mask_text";
