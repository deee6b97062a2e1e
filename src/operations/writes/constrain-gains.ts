import { ok } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { findGain, type Gain } from '../../engine/findings/find-gain.ts';
import { orTooComplex } from '../../engine/meter.ts';
import type { Relation } from '../../model/model.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { type StatesAround, statesAround, type WrittenChange } from '../../store/trial/states-around.ts';
import type { WriteConstraint } from '../../store/write-constraint.ts';
import type { WriteState } from '../../store/write-transaction.ts';
import { agentOf, type Viewer } from '../actor.ts';
import { notByAgent } from '../delegate-problems.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { isSameRelationship } from '../relationship-record.ts';
import { findConcerning } from './concerning-changes.ts';
import type { FieldOf } from './field-of.ts';
import { type Keeping, keepingOf, mayConcern } from './keeping.ts';
import { selvesOf } from './self-grant.ts';

/** Relations of objects that one write is followed to, for each time that is looked at. */
const maxReached = 2_000;
/** Times at which what is written, or what it meets, begins or ends. */
const maxInstants = 32;

/**
 * Whether the actor comes to hold a protected role by what is written anywhere, as by ending what kept it from the role on another object:
 * what it holds on the state that the write leaves is compared with what it held before, now and whenever something begins or ends
 * that has a part in it. It costs nothing where what is written has no part in a protected role, or is about somebody else alone.
 *
 * What `constrainSelfGrants` refuses is not asked again. Of an object that is `retired`, nothing is left to be held.
 */
export function constrainGains(
  state: WriteState,
  actor: Viewer,
  fieldOf: FieldOf,
  retired: ObjectRef | undefined,
): WriteConstraint<Refusal> {
  const seen = new Map<string, Omit<WrittenChange, 'after'>>();
  return {
    see: async (_kind, relationships) => {
      const keeping = keepingOf(await state.loadPresentModel(), actor);
      const others = relationships.filter(
        (one) => !seen.has(formatRelationship(one)) && mayConcern(keeping, actor, one),
      );
      if (others.length === 0) return;
      const stored = await state.relationships.find(others);
      const before = new Map(stored.map((one) => [formatRelationship(one), one]));
      for (const relationship of others) {
        const text = formatRelationship(relationship);
        seen.set(text, { relationship, before: before.get(text) });
      }
    },
    findProblem: async () => {
      const changes = await changesOf(state, [...seen.values()]);
      if (changes.length === 0) return undefined;
      const field = fieldOfChanges(fieldOf, changes);
      const gain = await orTooComplex(async () => ok(await gainBy(state, actor, changes, retired)));
      return gain.ok ? refusalOf(actor, gain.value, field) : { kind: 'undecided', problem: gain.problem };
    },
  };
}

/** What is other than before, once everything is written. */
async function changesOf(
  state: WriteState,
  seen: readonly Omit<WrittenChange, 'after'>[],
): Promise<readonly WrittenChange[]> {
  if (seen.length === 0) return [];
  const stored = await state.relationships.find(seen.map(({ relationship }) => relationship));
  const now = new Map(stored.map((one) => [formatRelationship(one), one]));
  return seen.flatMap(({ relationship, before }) => {
    const after = now.get(formatRelationship(relationship));
    const isSame = before === undefined || after === undefined ? before === after : isSameRelationship(before, after);
    return isSame ? [] : [{ relationship, before, after }];
  });
}

async function gainBy(
  state: WriteState,
  actor: Viewer,
  changes: readonly WrittenChange[],
  retired: ObjectRef | undefined,
): Promise<Gain> {
  const named = changes.flatMap(({ relationship: { object, subject } }) =>
    subject.kind === 'wildcard' ? [object] : [object, subject.object],
  );
  const snapshot = await state.openSnapshot(named);
  const keeping = keepingOf(snapshot.prepared.model, actor);
  const isKept = (relation: Relation, object: ObjectRef) =>
    keeping.isKept(relation) && (retired === undefined || !isSameObject(object, retired));
  let open: Gain = { kind: 'none' };
  let instants = 0;
  for await (const states of statesAround(snapshot, changes)) {
    instants += 1;
    if (instants > maxInstants) return { kind: 'too far' };
    const gain = await gainBetween(states, { actor, changes, keeping, isKept });
    if (gain.kind === 'gained') return gain;
    if (open.kind === 'none') open = gain;
  }
  return open;
}

interface Gaining {
  readonly actor: Viewer;
  readonly changes: readonly WrittenChange[];
  readonly keeping: Keeping;
  readonly isKept: (relation: Relation, object: ObjectRef) => boolean;
}

async function gainBetween(states: StatesAround, { actor, changes, keeping, isKept }: Gaining): Promise<Gain> {
  const asked = selvesOf(states.after.prepared.model, actor);
  const starts = await findConcerning(states, changes, { asked, keeping });
  return findGain(states, { starts, asked, towards: keeping.decides, isKept }, maxReached);
}

/** Of several changes, none alone may have given it. */
function fieldOfChanges(fieldOf: FieldOf, changes: readonly WrittenChange[]): readonly string[] {
  const [first, ...others] = changes;
  if (first === undefined || others.length > 0) return ['input'];
  return fieldOf(first.relationship.object, first.after === undefined ? undefined : first.relationship);
}

function refusalOf(actor: Viewer, gain: Gain, field: readonly string[]): Refusal | undefined {
  switch (gain.kind) {
    case 'none':
      return undefined;
    case 'undecided':
      return gain;
    case 'too far':
      return invalid('TOO_FAR_REACHING', tooFar, field);
    case 'gained':
      return gainedRefusal(actor, gain, field);
  }
}

const tooFar = `What this would give to whoever writes it reaches further than ${maxReached} roles, or changes at more than ${maxInstants} times to come, and was not found out. Next: write it in smaller parts, or let somebody do it whom it is not about.`;

function gainedRefusal(
  actor: Viewer,
  { relation, object }: Extract<Gain, { readonly kind: 'gained' }>,
  field: readonly string[],
): Refusal {
  const role = `${quote(relation.name)} on ${quote(formatObjectRef(object))}`;
  const agent = agentOf(actor);
  if (agent !== undefined) {
    return invalid(
      'DELEGATE_NOT_ALLOWED',
      `This would give one of the two ${role}. ${notByAgent(actor, agent)}`,
      field,
    );
  }
  const message = `Nobody gives the role ${quote(relation.name)} to themselves, and this would give it to whoever writes it on ${quote(formatObjectRef(object))}.`;
  return invalid('SELF_GRANT', message, field);
}
