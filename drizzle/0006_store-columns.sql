-- Servers count revisions and events and say which model is active. Where the chain of the audit log begins, what signs cursors
-- and which database this is are not theirs to change.
REVOKE UPDATE ON "store" FROM "postern_app";--> statement-breakpoint
GRANT UPDATE ("revision", "active_model", "audit_length", "audit_head") ON "store" TO "postern_app";
