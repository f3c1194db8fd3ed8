ALTER TABLE "attempt" ADD COLUMN "after" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "auth_user" ADD COLUMN "founder" boolean;--> statement-breakpoint
ALTER TABLE "auth_user" ADD CONSTRAINT "auth_user_founder_unique" UNIQUE("founder");