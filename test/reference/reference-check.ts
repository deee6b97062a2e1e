import type { Check } from '../../src/engine/check/check.ts';
import type { Leaf, Model, Relation } from '../../src/model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import type { Rewrite } from '../../src/model/rewrite.ts';
import { formatSubjectRef, subjectType } from '../../src/model/subject-ref.ts';

/**
 * A check as the semantics tell it, one relationship after the other: no sets, no batches, nothing remembered.
 *
 * It walks every path, and a relation that it comes back to on its own path adds nothing there. That is exact unless the
 * way back led through `but not`: then the relation may be anything, and the answer is only known to lie between two.
 * So the reference gives the least and the most that a check can come to; mostly both are the same.
 */
export interface Verdict {
  readonly least: Level;
  readonly most: Level;
}

/** Denied below undecided below allowed. */
export type Level = 0 | 1 | 2;

const denied: Verdict = { least: 0, most: 0 };
const undecided: Verdict = { least: 1, most: 1 };
const allowed: Verdict = { least: 2, most: 2 };
const anything: Verdict = { least: 0, most: 2 };

export interface ReferenceWorld {
  readonly model: Model;
  readonly stored: readonly Relationship[];
  readonly contextual: readonly Relationship[];
  readonly now: Date;
}

export function referenceCheck(world: ReferenceWorld, check: Check): Verdict {
  const { model, now } = world;
  const isLive = ({ startsAt, expiresAt }: Relationship) =>
    (startsAt === undefined || startsAt.getTime() <= now.getTime()) &&
    (expiresAt === undefined || expiresAt.getTime() > now.getTime());
  const stored = world.stored.filter(isLive);
  const contextual = world.contextual.filter(isLive);
  const isSent = ([name]: readonly [string, unknown]) => !model.runtimeParameters.has(name);
  const clock = ['current_time', now.toISOString()] as const;
  const context = new Map<string, unknown>([...[...check.context].filter(isSent), clock, ...(check.facts ?? [])]);
  const subjectText = formatSubjectRef(check.subject);
  return hold(check.object, check.relation, [], 0);

  /** `path` has the relations that are being decided, and how many `but not` stand before each of them. */
  function hold(object: ObjectRef, name: string, path: Path, exclusions: number): Verdict {
    const relation = findRelation(object.type, name);
    if (relation === undefined || !canEverHold(relation, new Set())) return denied;
    const text = `${formatObjectRef(object)}#${name}`;
    const before = path.find((step) => step.text === text);
    if (before !== undefined) return before.exclusions < exclusions ? anything : denied;
    if (text === subjectText) return allowed;
    return rewritten(object, relation, relation.rewrite, [...path, { text, exclusions }], exclusions);
  }

  function rewritten(
    object: ObjectRef,
    relation: Relation,
    rewrite: Rewrite<Leaf>,
    path: Path,
    exclusions: number,
  ): Verdict {
    switch (rewrite.kind) {
      case 'direct':
        return any(withoutReplaced(written(object, relation)), (one) => direct(one, path, exclusions));
      case 'computed':
        return hold(object, rewrite.relation.name, path, exclusions);
      case 'from': {
        const through = findRelation(object.type, rewrite.through.name);
        const parents = through === undefined ? [] : written(object, through);
        return any(parents, (one) => {
          const parent = one.subject.kind === 'object' ? one.subject.object : undefined;
          if (parent === undefined || !leadsAnywhere(parent.type, rewrite.name)) return denied;
          return guarded(one, () => hold(parent, rewrite.name, path, exclusions));
        });
      }
      case 'union':
        return any(rewrite.operands, (operand) => rewritten(object, relation, operand, path, exclusions));
      case 'intersection':
        return all(rewrite.operands.map((operand) => rewritten(object, relation, operand, path, exclusions)));
      case 'exclusion': {
        const base = rewritten(object, relation, rewrite.base, path, exclusions);
        return all([base, not(rewritten(object, relation, rewrite.subtracted, path, exclusions + 1))]);
      }
    }
  }

  /** What one relationship gives the subject. */
  function direct(one: Relationship, path: Path, exclusions: number): Verdict {
    const { subject } = one;
    switch (subject.kind) {
      case 'object':
        return formatSubjectRef(subject) === subjectText ? guarded(one, () => allowed) : denied;
      case 'wildcard':
        if (check.subject.kind === 'set' || subjectType(check.subject) !== subject.type) return denied;
        return guarded(one, () => allowed);
      case 'set':
        if (!leadsAnywhere(subject.object.type, subject.relation)) return denied;
        return guarded(one, () => hold(subject.object, subject.relation, path, exclusions));
    }
  }

  function guarded({ condition: named }: Relationship, then: () => Verdict): Verdict {
    if (named === undefined) return then();
    const holds = model.conditions
      .get(named.name)
      ?.evaluate(new Map([...context, ...[...named.context].filter(isSent)]));
    if (holds?.ok) return holds.value ? then() : denied;
    // Whether it counts is a question only where something follows from it.
    return check.subject.kind === 'wildcard' ? undecided : all([undecided, then()]);
  }

  /** The relationships of an object that the model admits to the letter. */
  function written(object: ObjectRef, relation: Relation): readonly Relationship[] {
    const isHere = (one: Relationship) => formatObjectRef(one.object) === formatObjectRef(object);
    return [...contextual, ...stored].filter(
      (one) => isHere(one) && one.relation === relation.name && isAdmitted(relation, one),
    );
  }

  /** A contextual relationship to a single subject takes the place of the stored one. */
  function withoutReplaced(here: readonly Relationship[]): readonly Relationship[] {
    const isGiven = (text: string) => here.some((one) => contextual.includes(one) && text === formatRelationship(one));
    return here.filter(
      (one) => contextual.includes(one) || one.subject.kind !== 'object' || !isGiven(formatRelationship(one)),
    );
  }

  function leadsAnywhere(type: string, name: string): boolean {
    const relation = findRelation(type, name);
    return relation !== undefined && canEverHold(relation, new Set());
  }

  /** Whether some relationships could make the subject hold the relation; nothing else is ever looked at. */
  function canEverHold(relation: Relation, seen: Set<Relation>): boolean {
    const { subject: by } = check;
    if (by.kind === 'set' && by.object.type === relation.type && by.relation === relation.name) return true;
    if (seen.has(relation)) return false;
    seen.add(relation);
    const other = (type: string, name: string) => {
      const found = findRelation(type, name);
      return found !== undefined && canEverHold(found, seen);
    };
    const reaches = (rewrite: Rewrite<Leaf>): boolean => {
      switch (rewrite.kind) {
        case 'direct':
          return relation.restrictions.some((entry) =>
            entry.kind === 'set'
              ? other(entry.type, entry.relation)
              : by.kind !== 'set' && entry.type === subjectType(by),
          );
        case 'computed':
          return other(relation.type, rewrite.relation.name);
        case 'from': {
          const parents = findRelation(relation.type, rewrite.through.name)?.restrictions ?? [];
          return parents.some(({ type }) => other(type, rewrite.name));
        }
        case 'union':
        case 'intersection':
          return rewrite.operands.some(reaches);
        case 'exclusion':
          return reaches(rewrite.base);
      }
    };
    return reaches(relation.rewrite);
  }

  function findRelation(type: string, name: string): Relation | undefined {
    return model.types.get(type)?.relations.get(name);
  }
}

interface Step {
  readonly text: string;
  readonly exclusions: number;
}

type Path = readonly Step[];

function isAdmitted(relation: Relation, { subject, condition }: Relationship): boolean {
  const named = subject.kind === 'set' ? subject.relation : undefined;
  return relation.restrictions.some(
    (entry) =>
      entry.kind === subject.kind &&
      entry.type === subjectType(subject) &&
      (entry.kind === 'set' ? entry.relation : undefined) === named &&
      entry.condition === condition?.name,
  );
}

/** One that allows is enough; whether one is undecided matters only if none does. */
function any<One>(list: readonly One[], verdictOf: (one: One) => Verdict): Verdict {
  let best = denied;
  for (const one of list) {
    const { least, most } = verdictOf(one);
    best = { least: least > best.least ? least : best.least, most: most > best.most ? most : best.most };
    if (best.least === 2) return best;
  }
  return best;
}

/** One that denies is enough; whether one is undecided matters only if none does. */
function all(verdicts: readonly Verdict[]): Verdict {
  const lowest = (levels: readonly Level[]) => levels.reduce((one, other) => (one < other ? one : other), 2);
  return { least: lowest(verdicts.map(({ least }) => least)), most: lowest(verdicts.map(({ most }) => most)) };
}

function not({ least, most }: Verdict): Verdict {
  const opposite = (level: Level): Level => (level === 0 ? 2 : level === 2 ? 0 : 1);
  return { least: opposite(most), most: opposite(least) };
}
