import { ok } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { zip } from '../../base/zip.ts';
import type { Check } from '../../engine/check/check.ts';
import { checkTogetherInSnapshot, watchingNone } from '../../engine/check/check-together.ts';
import { findReach } from '../../engine/findings/find-reach.ts';
import { orTooComplex } from '../../engine/meter.ts';
import { followedBeyond } from '../../model/followed-beyond.ts';
import type { Model, Relation } from '../../model/model.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { findDecidingRelations } from '../../model/protected-relations.ts';
import { emptyContext, type Relationship } from '../../model/relationship.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import { type StatesAround, statesAround, type WrittenChange } from '../../store/trial/states-around.ts';
import type { WriteConstraint } from '../../store/write-constraint.ts';
import type { WriteState } from '../../store/write-transaction.ts';
import type { Agent, Viewer } from '../actor.ts';
import { notByAgent } from '../delegate-problems.ts';
import { invalid, type Refusal } from '../refusal.ts';
import type { FieldOf } from './field-of.ts';
import { fieldOfChanges, maxInstants, SeenChanges } from './seen-changes.ts';

/** Relations of objects that one write is followed to. */
const maxReached = 2_000;

/**
 * Whether what an agent writes on other objects changes for whom it may act, as by adding somebody to a team that it may act for. Of a plain
 * subject, the decisions before and after are compared, now and later; a set, a wildcard or a link is refused where the agent's bounds
 * are computed from it, whoever is in it. It costs nothing where the model computes them from nothing that is written.
 */
export function constrainActingFor(
  state: WriteState,
  actor: Viewer,
  agent: Agent,
  fieldOf: FieldOf,
): WriteConstraint<Refusal> {
  const seen = new SeenChanges(state);
  return {
    see: async (_kind, relationships) => {
      const deciding = decidingOf(await state.loadPresentModel(), agent);
      await seen.note(relationships.filter((one) => deciding.isWritten(one)));
    },
    findProblem: async () => {
      const changes = await seen.find();
      if (changes.length === 0) return undefined;
      const found = await orTooComplex(async () => ok(await findChanged(state, agent, changes)));
      const changed = found.ok ? found.value : found.problem;
      return refusalOf(actor, agent, changed, fieldOfChanges(fieldOf, changes));
    },
  };
}

type Changed = 'nothing' | 'its bounds' | 'too far' | Problem;

interface Deciding {
  readonly has: (relation: Relation) => boolean;
  readonly relationOf: (one: Relationship) => Relation | undefined;
  readonly isWritten: (one: Relationship) => boolean;
  /** The agent's own, which everything leads to. */
  readonly permission: Relation | undefined;
}

/** The relations that decide for whom the agent may act. */
function decidingOf(model: Model, { object, permission: name }: Agent): Deciding {
  const permission = model.types.get(object.type)?.relations.get(name);
  const relations = findDecidingRelations(model, permission === undefined ? [] : [permission]);
  const relationOf = (one: Relationship) => model.types.get(one.object.type)?.relations.get(one.relation);
  const has = (relation: Relation | undefined) => relation !== undefined && relations.has(relation);
  return { has, relationOf, isWritten: (one) => has(relationOf(one)), permission };
}

async function findChanged(state: WriteState, agent: Agent, changes: readonly WrittenChange[]): Promise<Changed> {
  const named = changes.flatMap(({ relationship: { object, subject } }) =>
    subject.kind === 'wildcard' ? [object] : [object, subject.object],
  );
  const snapshot = await state.openSnapshot([agent.object, ...named]);
  const { model } = snapshot.prepared;
  const plain = changes.filter(({ relationship }) => isOfOne(model, relationship));
  const wide = changes.filter(({ relationship }) => !isOfOne(model, relationship));
  const byWide = await followWide(snapshot, agent, wide);
  return byWide === 'nothing' ? compareEach(snapshot, agent, changes, plain) : byWide;
}

/** Whether it decides over its subject alone. */
function isOfOne(model: Model, { object, relation, subject }: Relationship): boolean {
  const written = model.types.get(object.type)?.relations.get(relation);
  return subject.kind === 'object' && written !== undefined && !followedBeyond(model).has(written);
}

async function followWide(
  snapshot: DecidingSnapshot,
  agent: Agent,
  changes: readonly WrittenChange[],
): Promise<'nothing' | 'its bounds' | 'too far'> {
  const deciding = decidingOf(snapshot.prepared.model, agent);
  const relationships = changes.map(({ relationship }) => relationship);
  const [own, ...nodes] = await snapshot.resolve([agent.object, ...relationships.map(({ object }) => object)]);
  const starts = zip(relationships, nodes).flatMap(([one, node]) => {
    const relation = deciding.relationOf(one);
    return node === undefined || relation === undefined ? [] : [{ node, relation }];
  });
  if (own === undefined || starts.length === 0) return 'nothing';
  // What begins later leads on as well.
  const reached = await findReach([snapshot.asIfBegun()], starts, maxReached, deciding.has);
  if (reached === undefined) return 'too far';
  return reached.some(({ node, relation }) => node === own && relation === deciding.permission)
    ? 'its bounds'
    : 'nothing';
}

/** Whether the agent may act for one of the subjects of these changes otherwise than before all of the changes of the write. */
async function compareEach(
  snapshot: DecidingSnapshot,
  { object, permission }: Agent,
  changes: readonly WrittenChange[],
  plain: readonly WrittenChange[],
): Promise<Changed> {
  const checks = plain.map(({ relationship: { subject } }): Check => {
    return { subject, relation: permission, object, context: emptyContext };
  });
  if (checks.length === 0) return 'nothing';
  let instants = 0;
  for await (const states of statesAround(snapshot, changes)) {
    instants += 1;
    if (instants > maxInstants) return 'too far';
    const changed = await compareNow(states, checks);
    if (changed !== 'nothing') return changed;
  }
  return 'nothing';
}

async function compareNow({ before, after }: StatesAround, checks: readonly Check[]): Promise<Changed> {
  const request = { checks, contextual: [] };
  const old = await checkTogetherInSnapshot(before, request, watchingNone);
  const present = await checkTogetherInSnapshot(after, request, watchingNone);
  for (const [was, is] of zip(old.decisions, present.decisions)) {
    // What is undecided twice may be so for two reasons.
    if (was.kind === 'undecided') return was.problem;
    if (is.kind === 'undecided') return is.problem;
    if (was.kind !== is.kind) return 'its bounds';
  }
  return 'nothing';
}

function refusalOf(actor: Viewer, agent: Agent, changed: Changed, field: readonly string[]): Refusal | undefined {
  const bounds = `for whom ${quote(formatObjectRef(agent.object))} may act`;
  if (changed === 'nothing') return undefined;
  if (changed === 'its bounds') {
    return invalid('DELEGATE_NOT_ALLOWED', `This would change ${bounds}. ${notByAgent(actor, agent)}`, field);
  }
  if (changed === 'too far') {
    const message = `This reaches further than ${maxReached} roles, or changes at more than ${maxInstants} times to come, so that nobody found out whether it changes ${bounds}. Next: write it in smaller parts.`;
    return invalid('TOO_FAR_REACHING', message, field);
  }
  return { kind: 'undecided', problem: changed };
}
