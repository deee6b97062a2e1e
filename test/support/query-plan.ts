import { isRecord } from '../../src/base/canonical-json.ts';
import type { Sql, TransactionSql } from '../../src/store/postgres/sql.ts';

/** A statement as `onStatement` sees it. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** A node of the plan that a statement ran with. */
export interface PlanStep {
  readonly kind: string;
  /** The table or the index that it reads. */
  readonly reads: string | undefined;
  /** Rows that it looked at, in all its loops: those that it gave on, and those that it left out. */
  readonly examined: number;
  /** Pages that it and the steps below it read. */
  readonly pages: number;
  readonly loops: number;
}

/** Has statements explained on a connection of its own, where each is planned once, as on those of a server. */
export class QueryPlans {
  readonly #sql: Sql | TransactionSql;
  readonly #prepared = new Map<string, string>();

  /** `sql` has one connection, made by `connect`: its settings are a part of what decides on a plan. */
  constructor(sql: Sql | TransactionSql) {
    this.#sql = sql;
  }

  /** Runs a statement and returns the steps of its plan. What it writes is undone. */
  async of(statement: Statement): Promise<readonly PlanStep[]> {
    const name = await this.#prepare(statement);
    const literals = statement.parameters.map(literal).join(', ');
    await this.#sql.unsafe('begin');
    try {
      const execute = literals === '' ? `execute ${name}` : `execute ${name}(${literals})`;
      const [row] = await this.#sql.unsafe<{ 'QUERY PLAN': unknown }[]>(
        `explain (analyze, buffers, format json) ${execute}`,
      );
      return stepsIn(row?.['QUERY PLAN']);
    } finally {
      await this.#sql.unsafe('rollback');
    }
  }

  /** Lets the planner think again, with what it knows by now. */
  async forget(): Promise<void> {
    this.#prepared.clear();
    await this.#sql.unsafe('deallocate all');
  }

  async #prepare({ text }: Statement): Promise<string> {
    const known = this.#prepared.get(text);
    if (known !== undefined) return known;
    const name = `statement_${this.#prepared.size}`;
    await this.#sql.unsafe(`prepare ${name} as ${text}`);
    this.#prepared.set(text, name);
    return name;
  }
}

/** The steps of a plan, as `explain (format json)` gives it. */
export function stepsIn(plan: unknown): readonly PlanStep[] {
  if (Array.isArray(plan)) return plan.flatMap(stepsIn);
  if (!isRecord(plan)) return [];
  return [...stepOf(plan), ...Object.values(plan).flatMap(stepsIn)];
}

function stepOf(node: Readonly<Record<string, unknown>>): readonly PlanStep[] {
  const { 'Node Type': kind, 'Index Name': index, 'Relation Name': table } = node;
  if (typeof kind !== 'string') return [];
  const reads = [index, table].find((name) => typeof name === 'string');
  const count = (name: string) => Number(node[name] ?? 0);
  const removed = ['Rows Removed by Filter', 'Rows Removed by Join Filter', 'Rows Removed by Index Recheck'].map(count);
  const loops = count('Actual Loops');
  const examined = removed.reduce((sum, rows) => sum + rows, count('Actual Rows')) * loops;
  const pages = count('Shared Hit Blocks') + count('Shared Read Blocks');
  return [{ kind, reads, examined, pages, loops }];
}

/** A parameter as the text that the driver would send. */
function literal(value: unknown): string {
  if (value === null) return 'null';
  const text = Array.isArray(value) ? `{${value.map(element).join(',')}}` : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

function element(value: unknown): string {
  return value === null ? 'null' : `"${String(value).replaceAll(/["\\]/g, '\\$&')}"`;
}
