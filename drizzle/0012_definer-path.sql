-- Both functions run as the owner of the tables, so what their words mean is for nobody else to say: where somebody may make functions
-- and operators beside the tables, as everybody may in databases from before PostgreSQL 15, one that fits better would be taken.
-- Now only the database's own are looked for, and the tables are named with where they are.
DO $do$
BEGIN
  EXECUTE pg_catalog.format($function$
CREATE OR REPLACE FUNCTION %1$I."refuse_audit_removal"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  "last" bigint;
BEGIN
  EXECUTE format('SELECT max(%%I) FROM "gone"', TG_ARGV[0]) INTO "last";
  IF "last" > (SELECT "event" FROM %1$I."audit_anchor") THEN
    RAISE EXCEPTION 'The audit log is append-only.';
  END IF;
  RETURN NULL;
END
$$;
  $function$, current_schema());
  EXECUTE pg_catalog.format($function$
CREATE OR REPLACE FUNCTION %1$I."remove_audit_events"("most" integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  "anchor" %1$I."audit_anchor"%%ROWTYPE;
  "named" bigint;
  "named_hash" text;
  "named_by" bigint;
  "last" bigint;
  "removed" integer;
BEGIN
  SELECT * INTO "anchor" FROM %1$I."audit_anchor" FOR UPDATE;
  SELECT CASE WHEN "said" -> 'events' ->> 'to' ~ '^[0-9]{1,15}$' THEN ("said" -> 'events' ->> 'to')::bigint END, "said" ->> 'hash', "saying"
    INTO "named", "named_hash", "named_by"
    FROM (
      SELECT "id" AS "saying", "before" -> 0 AS "said" FROM %1$I."audit_event"
      WHERE "action" = 'removeAuditEvents' AND "outcome" = 'done' ORDER BY "id" DESC LIMIT 1
    ) AS "newest";
  IF NOT EXISTS (SELECT FROM %1$I."audit_event" WHERE "id" = "named" AND "id" < "named_by" AND "hash" = "named_hash") THEN
    RETURN 0;
  END IF;
  SELECT max("id") INTO "last" FROM (
    SELECT "id", bool_and("at" < clock_timestamp() - "anchor"."keep_ms" * interval '1 ms') OVER (ORDER BY "id") AS "is_old"
    FROM (
      SELECT "id", "at" FROM %1$I."audit_event" WHERE "id" > "anchor"."event" AND "id" <= "named" ORDER BY "id" LIMIT least("most", 10000)
    ) AS "piece"
  ) AS "looked_at" WHERE "is_old";
  IF "last" IS NULL THEN
    RETURN 0;
  END IF;
  UPDATE %1$I."audit_anchor" SET "event" = "last", "hash" = (SELECT "hash" FROM %1$I."audit_event" WHERE "id" = "last");
  DELETE FROM %1$I."audit_mention" WHERE "event" > "anchor"."event" AND "event" <= "last";
  DELETE FROM %1$I."audit_event" WHERE "id" > "anchor"."event" AND "id" <= "last";
  GET DIAGNOSTICS "removed" = ROW_COUNT;
  RETURN "removed";
END
$$;
  $function$, current_schema());
END
$do$;
