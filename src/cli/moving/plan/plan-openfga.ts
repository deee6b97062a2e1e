import { quote } from '../../../base/text-problem.ts';
import { definitionsIn } from '../../../model/find-place.ts';
import type { Model } from '../../../model/model.ts';
import { formatModelProblem } from '../../../model/model-source.ts';
import { maxObjectIdBytes } from '../../../model/names.ts';
import { type ParsedModel, parseModel } from '../../../model/parse-model.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Relationship } from '../../../model/relationship.ts';
import { currentTimeParameter } from '../../../model/runtime-parameters.ts';
import { validateRelationship } from '../../../model/validate-relationship.ts';
import { parseRawRelationship, type RawRelationship } from '../../store-file/raw-relationship.ts';
import type { OpenfgaSource } from '../openfga/openfga-source.ts';
import { parseTuple } from '../openfga/parse-tuple.ts';
import type { Construct, RefusedPart } from '../translate/construct.ts';
import { Gathered, type SourceName } from '../translate/gathered.ts';
import { noNames } from '../translate/given-names.ts';
import { meaningOfCondition, meaningOfName } from '../translate/meaning-of-name.ts';
import type { MovingPlan } from './moving-plan.ts';

/** What moving in from OpenFGA means: its models are Postern's, and relationships that they no longer admit stay behind. */
export function planOpenfga(from: string, source: OpenfgaSource): MovingPlan {
  const parsed = parseModel(source.model);
  const gathered = new Gathered();
  if (parsed.ok) gatherAll(from, source, parsed.value.model, gathered);
  return {
    source: { kind: 'openfga', from, follow: source.follow },
    dsl: parsed.ok ? parsed.value.dsl : '',
    model: parsed.ok ? parsed.value.model : undefined,
    relationships: gathered.relationships(),
    constructs: parsed.ok
      ? constructsIn(parsed.value, source.modelBefore)
      : parsed.problem.map((problem) => refusedModel(formatModelProblem(problem), problem.line, source)),
    counts: gathered.counts([]),
    refused: gathered.refused(),
    names: noNames,
    assertions: source.assertions,
    warnings: source.warnings,
  };
}

function refusedModel(why: string, line: number | undefined, { modelBefore }: OpenfgaSource): Construct {
  const place = line === undefined ? undefined : line + modelBefore;
  return { line: place, construct: 'model', kind: 'refused', as: undefined, note: why, refusal: 'model' };
}

/** Of each definition its line in the model that is read; modules are one text by then. */
export function constructsIn({ dsl, model }: ParsedModel, modelBefore: number): readonly Construct[] {
  return definitionsIn(dsl).flatMap(({ spot, line }): readonly Construct[] => {
    const at = line + modelBefore;
    if (spot.kind === 'type') return [constructOf(at, `type ${spot.type}`, undefined)];
    if (spot.kind === 'relation') {
      return [constructOf(at, `relation ${spot.type}#${spot.relation}`, meaningOfName(spot.relation))];
    }
    if (spot.kind !== 'condition') return [];
    return [constructOf(at, `condition ${spot.condition}`, changeOfCondition(model, spot.condition))];
  });
}

function constructOf(line: number, construct: string, note: string | undefined): Construct {
  return { line, construct, kind: note === undefined ? 'exact' : 'changed', as: construct, note };
}

function changeOfCondition({ conditions }: Model, name: string): string | undefined {
  if (conditions.get(name)?.parameters.has(currentTimeParameter)) {
    return `The clock fills ${quote(currentTimeParameter)} in Postern; a request or a relationship does not.`;
  }
  return meaningOfCondition(name);
}

function gatherAll(from: string, { tuples }: OpenfgaSource, model: Model, gathered: Gathered): void {
  const broken: string[] = [];
  for (const tuple of tuples) {
    const raw = parseTuple(tuple, from);
    if (!raw.ok) {
      broken.push(raw.problem);
      continue;
    }
    const name = nameOf(raw.value, tuple.line);
    const made = relationshipOf(model, raw.value);
    if (made.ok) gathered.take(name, made.value);
    else gathered.refuse(name, made.problem.kind, made.problem.why);
  }
  if (broken.length === 0) return;
  throw new Error([`Relationships of ${quote(from)} cannot be read.`, ...broken.slice(0, 10)].join('\n'));
}

function nameOf({ user, relation, object }: RawRelationship, line: number | undefined): SourceName {
  const [type = ''] = object.split(':');
  return { line, type, relation, text: `${object}#${relation}@${user}`, as: `${type}#${relation}` };
}

type Made = { readonly ok: true; readonly value: Relationship } | { readonly ok: false; readonly problem: RefusedPart };

/** The relationship, if the model admits it. */
export function relationshipOf(model: Model, raw: RawRelationship): Made {
  const parsed = parseRawRelationship(raw);
  if (!parsed.ok) {
    const isLong = [raw.user, raw.object].some((one) => Buffer.byteLength(one.split(':')[1] ?? '') > maxObjectIdBytes);
    return { ok: false, problem: { kind: isLong ? 'long-id' : 'id', why: parsed.problem } };
  }
  const valid = validateRelationship(model, parsed.value);
  return valid.ok ? { ok: true, value: parsed.value } : { ok: false, problem: refusedFor(valid.problem) };
}

function refusedFor({ code, message }: Problem): RefusedPart {
  return { kind: code === 'INVALID_CONTEXT' ? 'context' : 'unknown', why: message };
}
