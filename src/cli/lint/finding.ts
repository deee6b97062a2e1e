import type { ASTNode } from 'graphql';
import { type FindingCode, findingCodes, type Severity } from './finding-codes.ts';

/** Where something is written; line and column count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A mistake: what is wrong and what to write instead, in one sentence. */
export interface Finding extends Location {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
}

export function finding(code: FindingCode, location: Location, message: string): Finding {
  const { severity } = findingCodes[code];
  // A schema may quote line breaks and escape sequences; one finding stays one line that nobody can dress up.
  return { code, severity, message: message.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' '), ...location };
}

/** Where a node begins; the beginning of the file for one without a place. */
export function locationOf(file: string, node: ASTNode | undefined): Location {
  const { line = 1, column = 1 } = node?.loc?.startToken ?? {};
  return { file, line: Math.max(line, 1), column: Math.max(column, 1) };
}

/** By file, then from top to bottom; equal findings once. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const unique = [...new Map(findings.map((found) => [JSON.stringify(found), found])).values()];
  return unique.toSorted(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code),
  );
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
