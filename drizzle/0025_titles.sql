CREATE TABLE "page_title" (
	"site_id" integer NOT NULL,
	"page" integer NOT NULL,
	"title" integer NOT NULL,
	CONSTRAINT "page_title_site_id_page_pk" PRIMARY KEY("site_id","page")
);
--> statement-breakpoint
ALTER TABLE "site" ALTER COLUMN "track" SET DEFAULT '{"titles":true,"outbound":true,"downloads":true,"forms":true,"tagged":true,"vitals":false,"errors":false}'::jsonb;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "title" integer;--> statement-breakpoint
-- A site that has all text masked in its recordings isn't asked to send titles all of a sudden.
UPDATE "site" SET "track" = jsonb_build_object('titles', "masking" ->> 'text' <> 'all') || "track";
