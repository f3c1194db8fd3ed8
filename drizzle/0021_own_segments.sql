ALTER TABLE "segment" DROP CONSTRAINT "segment_site_id_name_unique";--> statement-breakpoint
ALTER TABLE "segment" ADD COLUMN "owner" text;--> statement-breakpoint
ALTER TABLE "segment" ADD CONSTRAINT "segment_site_id_owner_member_site_id_user_id_fk" FOREIGN KEY ("site_id","owner") REFERENCES "public"."member"("site_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "segment_shared" ON "segment" USING btree ("site_id","name") WHERE owner is null;--> statement-breakpoint
ALTER TABLE "segment" ADD CONSTRAINT "segment_site_id_owner_name_unique" UNIQUE("site_id","owner","name");