import { isRecord } from '../../../base/canonical-json.ts';
import { parseExactJson } from '../../../base/exact-number.ts';
import { failed, ok, type Result } from '../../../base/result.ts';
import { quote } from '../../../base/text-problem.ts';
import { parseSourceRelationship } from './parse-relationship.ts';
import type { SourceRelationship } from './source-relationship.ts';

export interface ParsedAssertion {
  readonly asked: SourceRelationship;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Reads `document:1#view@user:ann with {"level": 2}`. */
export function parseAssertion(text: string, line: number): Result<ParsedAssertion, string> {
  const [, question = '', json] = /^(\S+)(?:\s+with\s+(.+))?$/s.exec(text.trim()) ?? [];
  const asked = parseSourceRelationship(question, line);
  if (!asked.ok) return asked;
  const context = json === undefined ? {} : objectIn(json);
  if (context === undefined) return failed(`${quote(json ?? '')} is no object in JSON.`);
  return ok({ asked: asked.value, context });
}

function objectIn(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseExactJson(json);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
