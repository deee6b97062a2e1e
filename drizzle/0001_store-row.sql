-- The one row of this database, with room on its page for the new versions that every write makes of it.
ALTER TABLE "store" SET (fillfactor = 10);--> statement-breakpoint
INSERT INTO "store" DEFAULT VALUES;--> statement-breakpoint
-- Index-only scans need a fresh visibility map, also where rows are only ever inserted.
ALTER TABLE "relationship" SET (autovacuum_vacuum_insert_scale_factor = 0.02);--> statement-breakpoint
ALTER TABLE "object" SET (autovacuum_vacuum_insert_scale_factor = 0.02);
