ALTER TABLE "store" ADD COLUMN "changes_removed_to" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Servers remove what is not needed any more: docs/running.md, "What grows".
GRANT UPDATE ("changes_removed_to") ON "store" TO "postern_app";--> statement-breakpoint
GRANT DELETE ON "change", "idempotency" TO "postern_app";
