import type { Check } from '../../engine/check/check.ts';
import type { Model, TypeDefinition } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { findProtectedRoles, type Paths, type ProtectedRole } from '../../model/protected-role.ts';
import { emptyContext, type Relationship } from '../../model/relationship.ts';
import { formatSubjectRef, parseSubjectRef, type SubjectRef, subjectOf, subjectType } from '../../model/subject-ref.ts';
import type { ChangeKind } from '../../store/write-constraint.ts';
import { agentOf, type Viewer } from '../actor.ts';

/** A change of a relationship that decides over a protected role for everybody whom the relationship reaches. */
export interface ProtectedChange {
  readonly relationship: Relationship;
  readonly role: string;
  /** The actor is reached for sure: it is named. */
  readonly isNamed: boolean;
  /** The actor is reached if one of these is not denied. */
  readonly reaches: readonly Check[];
}

/**
 * What changes mean for protected roles of their objects: to write what gives one, or to take away or change what keeps one
 * from somebody. The model is read once for each type. Whether the actor has the role already does not matter, nor for how long the change is good.
 *
 * An agent that acts for somebody gives neither of the two anything: to it, whatever the model has is protected.
 */
export function protectedChangesOf(
  model: Model,
  actor: Viewer,
  kind: ChangeKind,
  relationships: readonly Relationship[],
): readonly ProtectedChange[] {
  const ofType = Map.groupBy(relationships, ({ object }) => object.type);
  const roles = new Map(
    [...ofType.keys()].map((name) => {
      const type = model.types.get(name);
      return [name, type === undefined ? [] : rolesKeptFrom(actor, model, type)];
    }),
  );
  return relationships.flatMap((relationship) =>
    (roles.get(relationship.object.type) ?? []).flatMap(({ role, gives, takes }) => {
      const paths = [...(kind === 'delete' ? [] : [gives]), ...(kind === 'write' ? [] : [takes])];
      return paths.flatMap((path) => changesAlong(path, model, actor, relationship).map((one) => ({ ...one, role })));
    }),
  );
}

function rolesKeptFrom(actor: Viewer, model: Model, type: TypeDefinition): readonly ProtectedRole[] {
  return agentOf(actor) === undefined
    ? findProtectedRoles(model, type)
    : findProtectedRoles(model, type, type.relations.keys());
}

function changesAlong(
  { relations, links }: Paths,
  model: Model,
  actor: Viewer,
  relationship: Relationship,
): readonly Omit<ProtectedChange, 'role'>[] {
  const { relation, subject } = relationship;
  const asks = (object: ObjectRef, held: string) =>
    selvesOf(model, actor).map((self): Check => ({ ...self, context: emptyContext, relation: held, object }));
  const inSet = relations.has(relation) && subject.kind === 'set' ? asks(subject.object, subject.relation) : [];
  const linked = links.flatMap((link) =>
    link.through === relation &&
    subject.kind === 'object' &&
    model.types.get(subject.object.type)?.relations.has(link.relation)
      ? asks(subject.object, link.relation)
      : [],
  );
  const isNamed = relations.has(relation) && isSelf(actor, subject);
  const reaches = [...inSet, ...linked];
  return isNamed || reaches.length > 0 ? [{ relationship, isNamed, reaches }] : [];
}

/** The same as both sides are told: the subject that acts, whoever acts for it, and every subject of their types. */
export function isSelf({ subject: self, delegate }: Viewer, subject: SubjectRef): boolean {
  const selves = delegate?.kind === 'agent' ? [self, subjectOf(delegate.object)] : [self];
  if (subject.kind === 'wildcard')
    return selves.some((one) => one.kind !== 'wildcard' && subjectType(one) === subject.type);
  const text = formatSubjectRef(subject);
  if (selves.some((one) => formatSubjectRef(one) === text)) return true;
  if (delegate?.kind !== 'recorded') return false;
  // The claim `act` names whoever acts without a type: every subject of that name may be the same person.
  return text === delegate.name || (subject.kind === 'object' && subject.object.id === delegate.name);
}

export type Self = Pick<Check, 'subject' | 'facts'>;

/** Who can be asked about: a recorded claim `act` is the name of a subject, or just a name, of which nothing more is known. */
export function selvesOf(model: Model, { subject, context, delegate }: Viewer): readonly Self[] {
  const own: Self = { subject, facts: context };
  if (delegate === undefined) return [own];
  if (delegate.kind === 'agent') return [own, { subject: subjectOf(delegate.object), facts: delegate.context }];
  const acting = parseSubjectRef(delegate.name);
  if (!acting.ok || acting.value.kind !== 'object') return [own];
  return model.types.has(acting.value.object.type) ? [own, { subject: acting.value, facts: context }] : [own];
}

/** Equal for two checks that are one. */
export function checkKey({ subject, relation, object }: Check): string {
  return JSON.stringify([formatSubjectRef(subject), relation, formatObjectRef(object)]);
}
