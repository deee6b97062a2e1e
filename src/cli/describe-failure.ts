import { databaseProblem } from '../store/postgres/database-problem.ts';

/** What a command that failed says of it: a sentence, never a statement, a stack or an address with a password. */
export function describeFailure(error: unknown): string {
  return databaseProblem(error) ?? (error instanceof Error ? error.message : String(error));
}
