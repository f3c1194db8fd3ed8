CREATE TABLE "seal" (
	"site_id" integer PRIMARY KEY NOT NULL,
	"upto" timestamp with time zone,
	"sealing" timestamp with time zone,
	"changes" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed_sum" (
	"site_id" integer NOT NULL,
	"day" date NOT NULL,
	"dimension" smallint NOT NULL,
	"values" integer[] NOT NULL,
	"visits" integer[],
	"bounces" integer[],
	"microseconds" bigint[],
	"brought" integer[],
	"views" integer[] NOT NULL,
	"events" integer[] NOT NULL,
	CONSTRAINT "sealed_sum_site_id_dimension_day_pk" PRIMARY KEY("site_id","dimension","day")
);
--> statement-breakpoint
CREATE TABLE "sealed_visitor" (
	"site_id" integer NOT NULL,
	"day" date NOT NULL,
	"dimension" smallint NOT NULL,
	"gap" smallint NOT NULL,
	"gaps" smallint[] NOT NULL,
	"values" integer[] NOT NULL,
	"counts" integer[] NOT NULL,
	CONSTRAINT "sealed_visitor_site_id_dimension_day_gap_pk" PRIMARY KEY("site_id","dimension","day","gap")
);
--> statement-breakpoint
ALTER TABLE "seal" ADD CONSTRAINT "seal_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."site"("id") ON DELETE cascade ON UPDATE no action;