/** Counts statements as the driver sends them. */
export interface StatementCounter {
  readonly onStatement: (text: string) => void;
  /** What was counted since the last call. */
  take(): StatementCount;
}

export interface StatementCount {
  readonly statements: number;
  /** BEGIN and COMMIT: a round trip each, and no work. */
  readonly transactionStatements: number;
}

export function createStatementCounter(): StatementCounter {
  let statements = 0;
  let transactionStatements = 0;
  return {
    onStatement: (text) => {
      if (/^\s*(?:begin|commit|rollback)\b/i.test(text)) transactionStatements += 1;
      else statements += 1;
    },
    take: () => {
      const count = { statements, transactionStatements };
      statements = 0;
      transactionStatements = 0;
      return count;
    },
  };
}

/** Means over all requests, and the most that any of them needed. */
export function summarizeCounts(counts: readonly StatementCount[]) {
  return {
    statements: meanOf(counts.map(({ statements }) => statements)),
    mostStatements: Math.max(...counts.map(({ statements }) => statements)),
    transactionStatements: meanOf(counts.map(({ transactionStatements }) => transactionStatements)),
  };
}

export function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0) / numbers.length;
}
