CREATE TABLE "proposal" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "proposal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"digest" text NOT NULL,
	"content" text NOT NULL,
	"found" text NOT NULL,
	"objects" jsonb NOT NULL,
	"proposer" text COLLATE "C" NOT NULL,
	"delegate" text COLLATE "C",
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text COLLATE "C",
	"end_reason" text,
	CONSTRAINT "proposal_end" CHECK (("proposal"."state" = 'open') = ("proposal"."ended_at" is null))
);
--> statement-breakpoint
CREATE INDEX "proposal_proposer" ON "proposal" USING btree ("proposer","id");--> statement-breakpoint
CREATE INDEX "proposal_objects" ON "proposal" USING gin ("objects" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "proposal_open" ON "proposal" USING btree ("id") WHERE "proposal"."state" = 'open';--> statement-breakpoint
-- What is proposed stays as it is; servers say how it ended.
GRANT SELECT, INSERT ON "proposal" TO "postern_app";--> statement-breakpoint
GRANT UPDATE ("state", "ended_at", "ended_by", "end_reason") ON "proposal" TO "postern_app";
