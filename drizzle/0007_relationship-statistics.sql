-- How many relationships an object or a subject has is not to be guessed from those that there are. Analyzed when it was all about
-- one group with many members, the planner takes every object for all of the store, and reads the whole index for each check.
ALTER TABLE "relationship" ALTER COLUMN "object" SET (n_distinct = -0.1), ALTER COLUMN "subject" SET (n_distinct = -0.1);--> statement-breakpoint
-- It counts from the next analysis on. An empty table is better left without one: it would then be taken for one that stays empty.
DO $$
BEGIN
  IF EXISTS (SELECT FROM "relationship") THEN
    ANALYZE "relationship";
  END IF;
END
$$;
