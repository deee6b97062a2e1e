CREATE TABLE "audit_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"revision" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text COLLATE "C" NOT NULL,
	"action" text NOT NULL,
	"model" integer,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"reason" text,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "change" (
	"revision" bigint NOT NULL,
	"ordinal" integer NOT NULL,
	"operation" text NOT NULL,
	"object" bigint,
	"relation" smallint,
	"subject" bigint,
	"subject_type" smallint,
	"condition" smallint,
	"context" jsonb,
	"expires_at" timestamp with time zone,
	"model" integer,
	CONSTRAINT "change_revision_ordinal_pk" PRIMARY KEY("revision","ordinal")
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"actor" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"request_hash" text NOT NULL,
	"revision" bigint NOT NULL,
	"outcome" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "model" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "model_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"dsl" text NOT NULL,
	"modules" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "object" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "object_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 8192 CACHE 1),
	"type" smallint NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	CONSTRAINT "object_name" UNIQUE("type","name"),
	CONSTRAINT "object_id" CHECK ("object"."id" >= 8192 AND "object"."id" < 137438953472)
);
--> statement-breakpoint
CREATE TABLE "relationship" (
	"object" bigint NOT NULL,
	"relation" smallint NOT NULL,
	"subject" bigint NOT NULL,
	"subject_type" smallint NOT NULL,
	"condition" smallint,
	"context" jsonb,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text COLLATE "C",
	"revision" bigint NOT NULL,
	CONSTRAINT "relationship_object_relation_subject_pk" PRIMARY KEY("object","relation","subject")
);
--> statement-breakpoint
CREATE TABLE "store" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"identity" uuid DEFAULT gen_random_uuid() NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"active_model" integer,
	CONSTRAINT "store_is_one_row" CHECK ("store"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "term" (
	"kind" text NOT NULL,
	"number" smallint NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	CONSTRAINT "term_kind_number_pk" PRIMARY KEY("kind","number"),
	CONSTRAINT "term_name" UNIQUE("kind","name"),
	CONSTRAINT "term_number" CHECK ("term"."number" > 0 AND ("term"."kind" <> 'type' OR "term"."number" < 8192))
);
--> statement-breakpoint
ALTER TABLE "store" ADD CONSTRAINT "store_active_model_model_id_fk" FOREIGN KEY ("active_model") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_event_revision" ON "audit_event" USING btree ("revision");--> statement-breakpoint
CREATE INDEX "relationship_reverse" ON "relationship" USING btree ("subject","relation","object");