ALTER TABLE "idempotency" ADD COLUMN "event" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotency" ADD COLUMN "hash" text DEFAULT '' NOT NULL;