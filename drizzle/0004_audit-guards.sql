-- What was logged before the log was a chain: found by its names like the rest, and known to be before the chain.
UPDATE "store" SET "audit_start" = coalesce((SELECT max("id") FROM "audit_event"), 0), "audit_length" = coalesce((SELECT max("id") FROM "audit_event"), 0);--> statement-breakpoint
INSERT INTO "audit_mention" ("kind", "name", "event")
SELECT DISTINCT part."kind", part."record" ->> part."kind", "audit_event"."id"
FROM "audit_event"
CROSS JOIN LATERAL jsonb_array_elements("before" || "after") AS entry ("record")
CROSS JOIN LATERAL (VALUES ('object', entry."record"), ('subject', entry."record")) AS part ("kind", "record")
WHERE jsonb_typeof(part."record") = 'object' AND part."record" ->> part."kind" IS NOT NULL;--> statement-breakpoint
-- Append-only, also for the owner of the tables.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only.';
END
$$;--> statement-breakpoint
CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();--> statement-breakpoint
CREATE TRIGGER "audit_mention_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_mention" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();--> statement-breakpoint
-- The role that servers run as. Roles belong to the whole cluster: another database of it may have made this one.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'postern_app') THEN
    CREATE ROLE "postern_app" NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'The role "postern_app" is missing, and this user may not create it.'
      USING HINT = 'As an administrator: CREATE ROLE postern_app NOLOGIN; GRANT postern_app TO this user;';
END
$$;--> statement-breakpoint
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'postern_app', 'MEMBER') THEN
    GRANT "postern_app" TO CURRENT_USER;
  END IF;
END
$$;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO "postern_app";--> statement-breakpoint
GRANT SELECT, UPDATE ON "store" TO "postern_app";--> statement-breakpoint
GRANT SELECT, INSERT ON "model", "term", "object", "change", "idempotency", "audit_event", "audit_mention" TO "postern_app";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "relationship" TO "postern_app";--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "postern_app";--> statement-breakpoint
GRANT USAGE ON SCHEMA drizzle TO "postern_app";--> statement-breakpoint
GRANT SELECT ON drizzle."__drizzle_migrations" TO "postern_app";
