CREATE TABLE "replay_page" (
	"session_id" bigint NOT NULL,
	"site_id" integer NOT NULL,
	"page" integer NOT NULL,
	"stream" integer NOT NULL,
	"n" integer NOT NULL,
	"width" smallint NOT NULL,
	"height" smallint NOT NULL,
	"points" bigint[] NOT NULL,
	CONSTRAINT "replay_page_site_id_session_id_page_pk" PRIMARY KEY("site_id","session_id","page")
);
