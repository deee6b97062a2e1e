import { connectAsOwner } from './owner-sql.ts';
import { stepsIn } from './query-plan.ts';

/**
 * Has the database remark with each statement of later sessions how many rows each step of its plan has gone through; so that
 * what grows with the square inside of one statement is seen on any machine.
 */
export async function remarkPlans(url: string): Promise<void> {
  const sql = connectAsOwner(url, 1);
  try {
    const database = sql(new URL(url).pathname.slice(1));
    for (const [name, value] of settings) await sql`alter database ${database} set ${sql(name)} = ${sql.unsafe(value)}`;
  } finally {
    await sql.end();
  }
}

const settings = [
  ['session_preload_libraries', "'auto_explain'"],
  ['auto_explain.log_min_duration', '0'],
  ['auto_explain.log_analyze', 'on'],
  ['auto_explain.log_timing', 'off'],
  ['auto_explain.log_nested_statements', 'on'],
  ['auto_explain.log_format', "'json'"],
  ['auto_explain.log_level', "'notice'"],
] as const;

/** The rows that a remark is about; 0 for one that is about something else. */
export function rowsIn(remark: string): number {
  const [, plan] = /^duration: .*?plan:\n(.*)$/s.exec(remark) ?? [];
  if (plan === undefined) return 0;
  return stepsIn(JSON.parse(plan)).reduce((total, { examined }) => total + examined, 0);
}
