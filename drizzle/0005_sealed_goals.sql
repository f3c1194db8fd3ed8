CREATE TABLE "sealed_goal" (
	"site_id" integer NOT NULL,
	"goal_id" integer NOT NULL,
	"day" date NOT NULL,
	"events" integer NOT NULL,
	"gaps" smallint[] NOT NULL,
	"counts" integer[] NOT NULL,
	"currencies" integer[],
	"totals" numeric[],
	"sales" integer[],
	CONSTRAINT "sealed_goal_site_id_goal_id_day_pk" PRIMARY KEY("site_id","goal_id","day")
);
--> statement-breakpoint
ALTER TABLE "goal" ADD COLUMN "sealed" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sealed_goal" ADD CONSTRAINT "sealed_goal_goal_id_goal_id_fk" FOREIGN KEY ("goal_id") REFERENCES "public"."goal"("id") ON DELETE cascade ON UPDATE no action;