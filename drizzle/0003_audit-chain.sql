CREATE TABLE "audit_mention" (
	"kind" text NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"event" bigint NOT NULL,
	CONSTRAINT "audit_mention_kind_name_event_pk" PRIMARY KEY("kind","name","event")
);
--> statement-breakpoint
ALTER TABLE "audit_event" ALTER COLUMN "id" DROP IDENTITY;--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "delegate" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "outcome" text DEFAULT 'done' NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "hash" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "store" ADD COLUMN "audit_start" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "store" ADD COLUMN "audit_length" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "store" ADD COLUMN "audit_head" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_event_actor" ON "audit_event" USING btree ("actor","id");--> statement-breakpoint
CREATE INDEX "audit_event_action" ON "audit_event" USING btree ("action","id");--> statement-breakpoint
CREATE INDEX "audit_event_at" ON "audit_event" USING btree ("at","id");