import type { Check } from '../../engine/check/check.ts';
import type { Model } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { findProtectedRoles, type Paths } from '../../model/protected-role.ts';
import { emptyContext, type Relationship } from '../../model/relationship.ts';
import { formatSubjectRef, parseSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { ChangeKind } from '../../store/write-constraint.ts';
import type { Viewer } from '../actor.ts';

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
      return [name, type === undefined ? [] : findProtectedRoles(model, type)];
    }),
  );
  return relationships.flatMap((relationship) =>
    (roles.get(relationship.object.type) ?? []).flatMap(({ role, gives, takes }) => {
      const paths = [...(kind === 'delete' ? [] : [gives]), ...(kind === 'write' ? [] : [takes])];
      return paths.flatMap((path) => changesAlong(path, model, actor, relationship).map((one) => ({ ...one, role })));
    }),
  );
}

function changesAlong(
  { relations, links }: Paths,
  model: Model,
  actor: Viewer,
  relationship: Relationship,
): readonly Omit<ProtectedChange, 'role'>[] {
  const { relation, subject } = relationship;
  const ask = { context: emptyContext, facts: actor.context };
  const asks = (object: ObjectRef, held: string) =>
    selvesOf(model, actor).map((self): Check => ({ ...ask, subject: self, relation: held, object }));
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

/** The same as both sides are told: the subject that acts, whoever acts for it, and every subject of its type. */
function isSelf({ subject: self, delegate }: Viewer, subject: SubjectRef): boolean {
  if (subject.kind === 'wildcard') return self.kind !== 'wildcard' && self.object.type === subject.type;
  const text = formatSubjectRef(subject);
  if (text === formatSubjectRef(self) || text === delegate) return true;
  // The claim `act` names whoever acts without a type: every subject of that name may be the same person.
  return subject.kind === 'object' && subject.object.id === delegate;
}

/** Who can be asked about: the claim `act` is the name of a subject, or just a name, of which nothing more is known. */
function selvesOf(model: Model, { subject, delegate }: Viewer): readonly SubjectRef[] {
  const acting = delegate === undefined ? undefined : parseSubjectRef(delegate);
  if (acting?.ok !== true || acting.value.kind !== 'object') return [subject];
  return model.types.has(acting.value.object.type) ? [subject, acting.value] : [subject];
}

/** Equal for two checks that are one. */
export function checkKey({ subject, relation, object }: Check): string {
  return JSON.stringify([formatSubjectRef(subject), relation, formatObjectRef(object)]);
}
