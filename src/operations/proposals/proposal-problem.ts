import { quote } from '../../base/text-problem.ts';
import { limits } from '../../model/limits.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { maxPreconditions } from '../relationships/write-relationships.ts';
import type { ProposeChangeInput } from './propose-change-input.ts';

const { proposedChanges, evidence: lines, reasonCharacters } = limits;

/** Why an input is no proposal, whoever makes it. */
export function proposalProblem(input: ProposeChangeInput): Refusal | undefined {
  const { writes, deletes, model, preconditions, reason, evidence } = input;
  const all = [...deletes, ...writes];
  if (model !== undefined && all.length > 0) return wrong('A proposal is about relationships or about a model.', []);
  if (model === undefined && all.length === 0) return wrong('There is nothing to write or delete, and no model.', []);
  if (all.length > proposedChanges.most) {
    return wrong(`At most ${proposedChanges.most} changes go into one proposal.`, []);
  }
  if (preconditions.length > maxPreconditions) {
    return wrong(`At most ${maxPreconditions} preconditions go into one proposal.`, ['preconditions']);
  }
  if (reason.trim() === '') return wrong('A proposal needs a reason: whoever decides on it reads it.', ['reason']);
  if (evidence.length > lines.most) return wrong(`At most ${lines.most} lines of evidence are read.`, ['evidence']);
  if (evidence.some((line) => line.length > reasonCharacters.most)) {
    return wrong(`A line of evidence has more than ${reasonCharacters.most} characters.`, ['evidence']);
  }
  return repeated(all.map(formatRelationship));
}

function repeated(texts: readonly string[]): Refusal | undefined {
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice === undefined) return undefined;
  return invalid('DUPLICATE_RELATIONSHIP', `${quote(twice)} is named twice.`, ['input']);
}

function wrong(message: string, field: readonly string[]): Refusal {
  return invalid('INVALID_INPUT', message, ['input', ...field]);
}
