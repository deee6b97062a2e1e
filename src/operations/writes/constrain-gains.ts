import { ok } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { findGain, type Gain } from '../../engine/findings/find-gain.ts';
import { orTooComplex } from '../../engine/meter.ts';
import type { Relation } from '../../model/model.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import { type StatesAround, statesAround, type WrittenChange } from '../../store/trial/states-around.ts';
import type { WriteConstraint } from '../../store/write-constraint.ts';
import type { WriteState } from '../../store/write-transaction.ts';
import { agentOf, type Viewer } from '../actor.ts';
import { notByAgent } from '../delegate-problems.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { findConcerning } from './concerning-changes.ts';
import type { FieldOf } from './field-of.ts';
import { type Keeping, keepingOf, mayConcern } from './keeping.ts';
import { fieldOfChanges, maxInstants, SeenChanges } from './seen-changes.ts';
import { selvesOf } from './self-grant.ts';

/** Relations of objects that one write is followed to, for each time that is looked at. */
const maxReached = 2_000;

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
  const seen = new SeenChanges(state);
  return {
    see: async (_kind, relationships) => {
      const keeping = keepingOf(await state.loadPresentModel(), actor);
      await seen.note(relationships.filter((one) => mayConcern(keeping, actor, one)));
    },
    findProblem: async () => {
      const changes = await seen.find();
      if (changes.length === 0) return undefined;
      const field = fieldOfChanges(fieldOf, changes);
      const gain = await orTooComplex(async () => ok(await gainBy(state, actor, changes, retired)));
      return gain.ok ? refusalOf(actor, gain.value, field) : { kind: 'undecided', problem: gain.problem };
    },
  };
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
