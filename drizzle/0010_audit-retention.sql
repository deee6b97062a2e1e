CREATE TABLE "audit_anchor" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"event" bigint DEFAULT 0 NOT NULL,
	"hash" text DEFAULT '' NOT NULL,
	"keep_ms" bigint,
	CONSTRAINT "audit_anchor_is_one_row" CHECK ("audit_anchor"."id" = 1),
	CONSTRAINT "audit_anchor_keeps" CHECK ("audit_anchor"."keep_ms" > 0)
);
--> statement-breakpoint
INSERT INTO "audit_anchor" DEFAULT VALUES;--> statement-breakpoint
-- Where the log begins is for everybody to see, and for nobody to move but the function below.
GRANT SELECT ON "audit_anchor" TO "postern_app";--> statement-breakpoint
-- Append-only as before, but for what is behind the anchor.
CREATE FUNCTION "refuse_audit_removal"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "last" bigint;
BEGIN
  EXECUTE format('SELECT max(%I) FROM "gone"', TG_ARGV[0]) INTO "last";
  IF "last" > (SELECT "event" FROM "audit_anchor") THEN
    RAISE EXCEPTION 'The audit log is append-only.';
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
DROP TRIGGER "audit_event_append_only" ON "audit_event";--> statement-breakpoint
DROP TRIGGER "audit_mention_append_only" ON "audit_mention";--> statement-breakpoint
CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();--> statement-breakpoint
CREATE TRIGGER "audit_mention_append_only" BEFORE UPDATE OR TRUNCATE ON "audit_mention" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();--> statement-breakpoint
CREATE TRIGGER "audit_event_removal" AFTER DELETE ON "audit_event" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_removal"('id');--> statement-breakpoint
CREATE TRIGGER "audit_mention_removal" AFTER DELETE ON "audit_mention" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_removal"('event');--> statement-breakpoint
-- The one way in which events are removed: the oldest of those that the last event "removeAuditEvents" names by number and hash, if they
-- are older than the owner of the tables lets them be kept. Whoever has the role of servers can ask for no more than that.
CREATE FUNCTION "remove_audit_events"("most" integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  "anchor" "audit_anchor"%ROWTYPE;
  "named" bigint;
  "named_hash" text;
  "named_by" bigint;
  "last" bigint;
  "removed" integer;
BEGIN
  SELECT * INTO "anchor" FROM "audit_anchor" FOR UPDATE;
  SELECT CASE WHEN "said" -> 'events' ->> 'to' ~ '^[0-9]{1,15}$' THEN ("said" -> 'events' ->> 'to')::bigint END, "said" ->> 'hash', "saying"
    INTO "named", "named_hash", "named_by"
    FROM (
      SELECT "id" AS "saying", "before" -> 0 AS "said" FROM "audit_event"
      WHERE "action" = 'removeAuditEvents' AND "outcome" = 'done' ORDER BY "id" DESC LIMIT 1
    ) AS "newest";
  IF NOT EXISTS (SELECT FROM "audit_event" WHERE "id" = "named" AND "id" < "named_by" AND "hash" = "named_hash") THEN
    RETURN 0;
  END IF;
  SELECT max("id") INTO "last" FROM (
    SELECT "id", bool_and("at" < clock_timestamp() - "anchor"."keep_ms" * interval '1 ms') OVER (ORDER BY "id") AS "is_old"
    FROM (
      SELECT "id", "at" FROM "audit_event" WHERE "id" > "anchor"."event" AND "id" <= "named" ORDER BY "id" LIMIT least("most", 10000)
    ) AS "piece"
  ) AS "looked_at" WHERE "is_old";
  IF "last" IS NULL THEN
    RETURN 0;
  END IF;
  UPDATE "audit_anchor" SET "event" = "last", "hash" = (SELECT "hash" FROM "audit_event" WHERE "id" = "last");
  DELETE FROM "audit_mention" WHERE "event" > "anchor"."event" AND "event" <= "last";
  DELETE FROM "audit_event" WHERE "id" > "anchor"."event" AND "id" <= "last";
  GET DIAGNOSTICS "removed" = ROW_COUNT;
  RETURN "removed";
END
$$;--> statement-breakpoint
-- Both look for the tables where they are now, and nowhere else: a temporary table of a session is not taken for one of them.
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION "remove_audit_events"(integer) SET search_path = %I, pg_temp', current_schema());
  EXECUTE format('ALTER FUNCTION "refuse_audit_removal"() SET search_path = %I, pg_temp', current_schema());
END
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION "remove_audit_events"(integer) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "remove_audit_events"(integer) TO "postern_app";
