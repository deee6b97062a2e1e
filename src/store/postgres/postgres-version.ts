/** The oldest PostgreSQL that has everything that the statements use. */
const oldestMajor = 15;

/** Why a database of this `server_version_num` cannot be used, as a sentence; undefined when it can. */
export function versionProblem(version: number): string | undefined {
  const major = Math.floor(version / 10_000);
  if (major >= oldestMajor) return undefined;
  return `The database is PostgreSQL ${major}.${version % 10_000}, and Postern needs ${oldestMajor} or newer; upgrade it, or point DATABASE_URL at a newer one.`;
}
