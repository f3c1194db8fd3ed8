ALTER TABLE "replay" ADD COLUMN "quick_backs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "replay" ADD COLUMN "abandoned_forms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "replay" ADD COLUMN "slow_interactions" integer DEFAULT 0 NOT NULL;