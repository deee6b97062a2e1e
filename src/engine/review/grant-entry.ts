import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { GrantFilter, NodeId } from '../ports.ts';
import type { GrantEffect } from './grant-effect.ts';

/** Who holds which role on this object, and on everything that belongs to it if that is asked? */
export interface ReviewQuestion extends GrantFilter {
  readonly object: ObjectRef;
  readonly includeContained: boolean;
  /** Only this role. */
  readonly role: string | undefined;
  /** Only subjects that do not hold this relation on this object, or of whom that cannot be decided. */
  readonly notHolding: { readonly object: ObjectRef; readonly relation: string } | undefined;
  /** Only subjects of this type. */
  readonly subjectType?: string | undefined;
  /** Only grants of one relationship; or only those of several. */
  readonly isDirect?: boolean | undefined;
  /** Only grants with an effect; or only the others. */
  readonly isEffective?: boolean | undefined;
}

/** A role on an object, a subject that it is given to, and the relationships over which it is. */
export interface GrantEntry extends FoundGrant {
  /** Whether the subject holds the role now, in whatever way. */
  readonly decision: Decision;
  /** What it would mean to take the relationship away that names the subject. */
  readonly effect: GrantEffect;
}

export interface FoundGrant {
  readonly object: ObjectRef;
  readonly role: Relation;
  readonly subject: SubjectRef;
  /** From the one on the object, or on what it gets the role from, to the one that names the subject. */
  readonly via: readonly ReviewedRelationship[];
  readonly place: GrantPlace;
}

/** A stored relationship, who wrote it and when. */
export interface ReviewedRelationship extends Relationship {
  readonly createdAt: Date;
  readonly createdBy: SubjectRef | undefined;
}

/** A place in the order of entries; without a source, behind everything of the object. Valid whatever is written. */
export interface GrantPlace {
  readonly object: ObjectRef;
  readonly source: (GrantSource & { readonly role: string; readonly subject: number }) | undefined;
}

/** A relation of an object that subjects are written for. */
export interface GrantSource {
  readonly node: NodeId;
  readonly relation: string;
}

export interface GrantPage {
  readonly entries: readonly GrantEntry[];
  /** The last place that was looked at; undefined when nothing was. */
  readonly last: GrantPlace | undefined;
  readonly hasMore: boolean;
  /** Whether the page ends before it is full, because too much was looked at for it. */
  readonly isCutShort: boolean;
  /** Whether everything that belongs to the object is reviewed, by all pages together. */
  readonly isComplete: boolean;
  /** Where else permissions on the reviewed object come from: see `findGivingObjects`. */
  readonly givingObjects: readonly ObjectRef[];
}
