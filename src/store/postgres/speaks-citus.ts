/** Whether the server that is asked speaks Citus, as one value of a statement. */
export const speaksCitus = `exists (select from pg_catalog.pg_extension where extname = 'citus')`;
