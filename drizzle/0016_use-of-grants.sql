CREATE TABLE "grant_use" (
	"object" bigint NOT NULL,
	"relation" text COLLATE "C" NOT NULL,
	"subject" bigint NOT NULL,
	"subject_type" text COLLATE "C" NOT NULL,
	"subject_relation" text COLLATE "C" NOT NULL,
	"day" date NOT NULL,
	"uses" bigint NOT NULL,
	CONSTRAINT "grant_use_pk" PRIMARY KEY("object","relation","subject","subject_type","subject_relation","day")
);
--> statement-breakpoint
CREATE TABLE "subject_use" (
	"subject" bigint NOT NULL,
	"day" date NOT NULL,
	"uses" bigint NOT NULL,
	CONSTRAINT "subject_use_subject_day_pk" PRIMARY KEY("subject","day")
);
--> statement-breakpoint
CREATE TABLE "use_server" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "use_server_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"is_counting" boolean NOT NULL,
	"started_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"told_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"lost_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "grant_use_day" ON "grant_use" USING btree ("day");--> statement-breakpoint
CREATE INDEX "subject_use_day" ON "subject_use" USING btree ("day");--> statement-breakpoint
-- Servers add to what is counted, and remove what is old. Which server counted, and since when, stays as it was said but for what follows.
GRANT SELECT, INSERT, DELETE ON "use_server", "grant_use", "subject_use" TO "postern_app";--> statement-breakpoint
GRANT UPDATE ("told_at", "lost_at", "ended_at") ON "use_server" TO "postern_app";--> statement-breakpoint
GRANT UPDATE ("uses") ON "grant_use", "subject_use" TO "postern_app";
