import type { ExplanationStep } from '../../engine/explain/explanation-step.ts';
import type { Edge, EdgeOrigin, NodeId } from '../../engine/ports.ts';
import type { Decision } from '../../model/decision.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { RelationshipRecord } from '../relationship-record.ts';

/** A step of an explanation with names instead of numbers, as data and in words. */
export interface NamedStep {
  readonly depth: number;
  /** `hidden` for a step that the asker may not see. */
  readonly kind: ExplanationStep['kind'] | 'hidden';
  readonly object: string | null;
  readonly relation: string | null;
  readonly relationship: RelationshipRecord | null;
  readonly createdAt: Date | null;
  readonly createdBy: string | null;
  readonly text: string;
}

/** What an asker who may not see a step gets in its place: that there is one. */
export function hideStep({ depth }: NamedStep): NamedStep {
  const nothing = { object: null, relation: null, relationship: null, createdAt: null, createdBy: null };
  return { ...nothing, depth, kind: 'hidden', text: 'something that is not yours to see' };
}

/** What steps need to be named. */
export interface Naming {
  readonly subject: SubjectRef;
  readonly nameOf: (node: NodeId) => ObjectRef;
  readonly originOf: (edge: Edge) => EdgeOrigin | undefined;
}

export function edgesOf(steps: readonly ExplanationStep[]): readonly Edge[] {
  return steps.flatMap((step) => ('edge' in step && step.edge !== undefined ? [step.edge] : []));
}

export function nodesOf(steps: readonly ExplanationStep[]): readonly NodeId[] {
  const ofEdges = edgesOf(steps).flatMap(({ object, subject }) =>
    subject.kind === 'wildcard' ? [object] : [object, subject.node],
  );
  return [...ofEdges, ...steps.flatMap((step) => ('node' in step ? [step.node] : []))];
}

export function nameStep(step: ExplanationStep, naming: Naming): NamedStep {
  const edge = 'edge' in step ? step.edge : undefined;
  const origin = edge && naming.originOf(edge);
  const relationship = edge === undefined ? null : recordOfEdge(edge, origin, naming);
  const node = 'node' in step ? step.node : edge?.object;
  const relation = 'relation' in step ? step.relation.name : edge?.relation;
  return {
    depth: step.depth,
    kind: step.kind,
    object: node === undefined ? null : formatObjectRef(naming.nameOf(node)),
    relation: relation ?? null,
    relationship,
    createdAt: origin?.createdAt ?? null,
    createdBy: origin?.createdBy === undefined ? null : formatSubjectRef(origin.createdBy),
    text: wordsOf(step, relationship, origin, naming),
  };
}

/**
 * The whole explanation as text: the decision, its reasons indented below, and the roles that would change it.
 *
 * To an asker from whom something may be hidden, a denial without shown reasons reads the same whether there are any.
 */
export function explanationText(
  question: { readonly subject: SubjectRef; readonly permission: string; readonly object: ObjectRef },
  decision: Decision,
  { steps, isWhole }: { readonly steps: readonly NamedStep[]; readonly isWhole: boolean },
  roles: readonly { readonly object: string; readonly role: string }[],
): string {
  const { subject, permission, object } = question;
  const who = formatSubjectRef(subject);
  const what = `${permission} on ${formatObjectRef(object)}`;
  const lines = steps.map(({ depth, text }) => `${'  '.repeat(depth + 1)}${text}`);
  const suggestions = roles.map(({ object: on, role }) => `  ${role} on ${on}`);
  const notYours = isWhole || steps.length > 0 ? [] : ['What this rests on is not yours to see.'];
  switch (decision.kind) {
    case 'allowed':
      return [`${who} has ${what}:`, ...lines, ...notYours].join('\n');
    case 'denied':
      return [
        `${who} does not have ${what}.`,
        ...(lines.length > 0
          ? ['In its way stands:', ...lines]
          : isWhole
            ? ['Nothing that is written leads to it.']
            : notYours),
        ...(suggestions.length > 0 ? ['One of these roles would be enough:', ...suggestions] : []),
      ].join('\n');
    case 'undecided':
      return [`Whether ${who} has ${what} cannot be decided. ${decision.problem.message}`, ...lines, ...notYours].join(
        '\n',
      );
  }
}

function recordOfEdge(edge: Edge, origin: EdgeOrigin | undefined, { nameOf }: Naming): RelationshipRecord {
  const { condition } = edge;
  return {
    object: formatObjectRef(nameOf(edge.object)),
    relation: edge.relation,
    subject: subjectText(edge, nameOf),
    ...(condition && { condition: { name: condition.name, context: Object.fromEntries(condition.context) } }),
    ...(origin?.startsAt && { startsAt: origin.startsAt.toISOString() }),
    ...(origin?.expiresAt && { expiresAt: origin.expiresAt.toISOString() }),
  };
}

function subjectText({ subject }: Edge, nameOf: Naming['nameOf']): string {
  if (subject.kind === 'wildcard') return `${subject.type}:*`;
  const object = formatObjectRef(nameOf(subject.node));
  return subject.kind === 'set' ? `${object}#${subject.relation}` : object;
}

function wordsOf(
  step: ExplanationStep,
  record: RelationshipRecord | null,
  origin: EdgeOrigin | undefined,
  { subject, nameOf }: Naming,
): string {
  switch (step.kind) {
    case 'holds':
      return `${formatSubjectRef(subject)} has ${step.relation.name} on ${formatObjectRef(nameOf(step.node))}`;
    case 'self':
      return 'because it is that subject set itself';
    case 'relationship':
      return `because ${factOf(record)}${originOfFact(record, origin)}`;
    case 'notExcluded':
      return 'and nothing takes it away';
    case 'excluded':
      return `it would have ${step.relation.name} on ${formatObjectRef(nameOf(step.node))}, but this takes it away:`;
    case 'unmet':
      return `${factOf(record)}, but its condition ${conditionOf(record)} does not hold`;
    case 'undecided':
      return record === null ? step.problem.message : `${factOf(record)}, but: ${step.problem.message}`;
  }
}

function factOf(record: RelationshipRecord | null): string {
  return record === null ? 'a relationship' : `${record.subject} is ${record.relation} of ${record.object}`;
}

function conditionOf(record: RelationshipRecord | null): string {
  return record?.condition === undefined ? '' : `${record.condition.name} ${JSON.stringify(record.condition.context)}`;
}

function originOfFact(record: RelationshipRecord | null, origin: EdgeOrigin | undefined): string {
  const parts = [
    ...(record?.condition === undefined ? [] : [`while ${conditionOf(record)}`]),
    ...(origin?.createdBy === undefined ? [] : [`given by ${formatSubjectRef(origin.createdBy)}`]),
    ...(origin === undefined ? [] : [`since ${origin.createdAt.toISOString()}`]),
    ...(origin?.startsAt === undefined ? [] : [`from ${origin.startsAt.toISOString()}`]),
    ...(origin?.expiresAt === undefined ? [] : [`until ${origin.expiresAt.toISOString()}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
