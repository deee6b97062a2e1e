-- Relationships may begin later. Empty in all that there are, so that nothing is rewritten.
ALTER TABLE "relationship" ADD COLUMN "starts_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "change" ADD COLUMN "starts_at" timestamp with time zone;--> statement-breakpoint
-- What begins next, for whoever has to be told. Nothing has a beginning yet: the index is empty, and made by looking at each row once.
CREATE INDEX "relationship_starts" ON "relationship" USING btree ("starts_at") WHERE "relationship"."starts_at" is not null;--> statement-breakpoint
-- Where the model is that decides as soon as there are beginnings: servers of before do not look there. Either here or there, never both.
ALTER TABLE "store" ADD COLUMN "guarded_model" integer
  CONSTRAINT "store_guarded_model_model_id_fk" REFERENCES "model"("id") ON DELETE no action ON UPDATE no action
  CONSTRAINT "store_model_is_guarded" CHECK ("guarded_model" is null or "active_model" is null);--> statement-breakpoint
ALTER TABLE "store" ADD COLUMN "deciding_model" integer GENERATED ALWAYS AS (coalesce("guarded_model", "active_model")) STORED;--> statement-breakpoint
GRANT UPDATE ("guarded_model", "oldest_schema") ON "store" TO "postern_app";
