CREATE TABLE "replay_watch" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "replay_watch_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"session_id" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"site_id" integer NOT NULL,
	"how" text NOT NULL,
	"user_id" text,
	CONSTRAINT "replay_watch_site_id_id_pk" PRIMARY KEY("site_id","id")
);
--> statement-breakpoint
ALTER TABLE "replay_watch" ADD CONSTRAINT "replay_watch_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_watch" ADD CONSTRAINT "replay_watch_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "replay_watch_session" ON "replay_watch" USING btree ("site_id","session_id");