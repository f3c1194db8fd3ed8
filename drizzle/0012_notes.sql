CREATE TABLE "replay_note" (
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "replay_note_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"session_id" bigint NOT NULL,
	"time" timestamp with time zone NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"site_id" integer NOT NULL,
	"user_id" text,
	"text" text NOT NULL,
	CONSTRAINT "replay_note_site_id_session_id_id_pk" PRIMARY KEY("site_id","session_id","id")
);
--> statement-breakpoint
ALTER TABLE "replay_note" ADD CONSTRAINT "replay_note_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_note" ADD CONSTRAINT "replay_note_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE set null ON UPDATE no action;