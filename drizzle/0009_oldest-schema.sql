ALTER TABLE "store" ADD COLUMN "oldest_schema" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
-- From PostgreSQL 16 on, whoever makes a role is a member of it who may not work as it. The owner of the tables may.
DO $$
BEGIN
  IF current_setting('server_version_num')::int4 >= 160000 THEN
    IF NOT pg_has_role(current_user, 'postern_app', 'SET') THEN
      GRANT "postern_app" TO CURRENT_USER;
    END IF;
  END IF;
EXCEPTION
  -- Then an administrator has to, and servers say so when they start.
  WHEN insufficient_privilege THEN NULL;
END
$$;
