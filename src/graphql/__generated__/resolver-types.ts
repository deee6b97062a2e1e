import type { ConsistencyToken } from '../../model/consistency-token.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { ObjectRefOutput } from '../scalars.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { SubjectRefOutput } from '../scalars.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ViewerParent } from '../viewer-parent.ts';
import type { RelationshipParent } from '../access-relationship.ts';
import type { RelationshipRecord } from '../../operations/relationship-record.ts';
import type { ObjectPermissionsParent } from '../object-permissions.ts';
import type { OffboardingParent } from '../subject-offboarding.ts';
import type { RetirementParent } from '../object-retirement.ts';
import type { ModelParent } from '../authorization-model.ts';
import type { ModelRelationParent } from '../model-relation.ts';
import type { ObjectRole } from '../../operations/roles/list-object-roles.ts';
import type { Proposal } from '../../operations/proposals/proposal.ts';
import type { AuditedEvent } from '../../operations/audit/audit-view.ts';
import type { AuditState } from '../../operations/audit/audit-state.ts';
import type { RequestContext } from '../request-context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * Proof of a write, opaque to clients. A question that carries it is answered from a state that contains that write, or not at all:
   * one whose write the database has lost (in a fail-over, or by a restore) is refused with `HISTORY_DIVERGED`.
   */
  ConsistencyToken: { input: ConsistencyToken; output: ConsistencyToken; }
  /** An instant in RFC 3339, as in `2026-03-20T00:00:00Z`. */
  DateTime: { input: Date; output: Date | string; }
  /** A JSON object: values for the parameters of conditions, by their names. Whole numbers beyond 2^53 are written as text. */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
  /**
   * An object of the company, `type:id`, as in `track:42`: a type of the authorization model and an id of at most 256 bytes
   * of NFC text without spaces, control characters, `#` and `:`.
   */
  ObjectRef: { input: ObjectRef; output: ObjectRefOutput; }
  /** Who holds a relation: an object (`user:ann`), a subject set (`team:eng#member`), or every object of a type (`user:*`). */
  SubjectRef: { input: SubjectRef; output: SubjectRefOutput; }
  /** An object as a template over the field's arguments or its parent: `track:{$args.input.id}`, `track:{$this.id}`. */
  postern__ObjectRef: { input: string; output: string; }
  /** What a denied field does: `ERROR` (the default), `NULL`, or `FILTER` on a plain list. */
  postern__OnDeny: { input: string; output: string; }
  /** A relation of the authorization model, as in `can_edit`. */
  postern__Permission: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** An entry of the audit log. Entries are never changed and never removed; `postern audit verify` proves it. */
export type AccessAuditEvent = {
  readonly __typename?: 'AccessAuditEvent';
  /** The operation, as in `grantRole`; `breakGlassRead` for permissions that somebody held by break-glass. */
  readonly action: Scalars['String']['output'];
  /** Whose right it was: a subject, as in `user:ann`, or `console …` for somebody at the server's own console. */
  readonly actor: Scalars['String']['output'];
  /** What the operation put there; for a denied one, what it would have put there or taken away. */
  readonly after: AccessAuditState;
  /** When, by the database's clock. */
  readonly at: Scalars['DateTime']['output'];
  /** What the operation took away. */
  readonly before: AccessAuditState;
  /** The first state that contains what was done. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** Who acted for the actor, by the token: an agent as a subject, or the name in the claim `act`; null when nobody did. */
  readonly delegate?: Maybe<Scalars['String']['output']>;
  /** Its number, counting up from 1 without gaps. */
  readonly id: Scalars['ID']['output'];
  /** The model that was active after it; null before there was one. */
  readonly modelId?: Maybe<Scalars['ID']['output']>;
  /** Whether it was done. */
  readonly outcome: AccessAuditOutcome;
  /** Why, as the actor said; null as well where a part of the event is hidden from the reader (`hiddenCount`). */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** The request that it was done for, as in the server's own log. */
  readonly requestId?: Maybe<Scalars['String']['output']>;
};

/** A page of audit events (Relay), newest first. */
export type AccessAuditEventConnection = {
  readonly __typename?: 'AccessAuditEventConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The events of the page. */
  readonly edges: ReadonlyArray<AccessAuditEventEdge>;
  /**
   * Whether the page ends before it is full because nothing was found for too long; `pageInfo` then says that there may be
   * more, and where to go on.
   */
  readonly isCutShort: Scalars['Boolean']['output'];
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
};

/** An audit event in its page. */
export type AccessAuditEventEdge = {
  readonly __typename?: 'AccessAuditEventEdge';
  /** Where to go on after this one. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: AccessAuditEvent;
};

/** Which audit events to list; every field that is given must match. */
export type AccessAuditEventFilter = {
  /** Only this operation, as in `grantRole`. */
  readonly action?: InputMaybe<Scalars['String']['input']>;
  /** Only these operations. */
  readonly actions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only what this actor did: a subject, or `console …` as an event names it. */
  readonly actor?: InputMaybe<Scalars['String']['input']>;
  /** Only events from this instant on. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * Only events in which this subject is involved: as the actor, as whoever acted for the actor, or in a relationship, as its subject or as
   * its object; where the filter has an object, in a relationship of that one.
   */
  readonly involving?: InputMaybe<Scalars['SubjectRef']['input']>;
  /** Only events that name this object; together with a subject, in one relationship. */
  readonly object?: InputMaybe<Scalars['ObjectRef']['input']>;
  /** Only what was done, or only what was denied. */
  readonly outcome?: InputMaybe<AccessAuditOutcome>;
  /** Only events that name this very subject in a relationship, as it was written. */
  readonly subject?: InputMaybe<Scalars['SubjectRef']['input']>;
  /** Only events before this instant. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Where the audit log ends. */
export type AccessAuditLogHead = {
  readonly __typename?: 'AccessAuditLogHead';
  /** The hash of its last event, which follows from every event before it; empty while there is none. */
  readonly hash: Scalars['String']['output'];
  /** How many events there are, which is the number of the last one: a whole number, also beyond what an `Int` holds. */
  readonly length: Scalars['Float']['output'];
};

/** What became of an operation in the audit log. */
export type AccessAuditOutcome =
  /** It was refused, because the actor had not the right, and changed nothing. */
  | 'DENIED'
  /** It was done. */
  | 'DONE';

/** A permission that was read. */
export type AccessAuditRead = {
  readonly __typename?: 'AccessAuditRead';
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The permission. */
  readonly permission: Scalars['String']['output'];
};

/** A relationship as an audit event names it; it need not exist any more. */
export type AccessAuditRelationship = {
  readonly __typename?: 'AccessAuditRelationship';
  /** The condition that it was written with. */
  readonly condition?: Maybe<AccessCondition>;
  /** Until when it counted. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The relation. */
  readonly relation: Scalars['String']['output'];
  /** From when on it counted. */
  readonly startsAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who holds it. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/** What an operation took away or put there. */
export type AccessAuditState = {
  readonly __typename?: 'AccessAuditState';
  /** How many more there are, about other objects than the reader may read about. */
  readonly hiddenCount: Scalars['Int']['output'];
  /** Models that were published or activated. */
  readonly modelIds: ReadonlyArray<Scalars['ID']['output']>;
  /** Anything else, as it was recorded. */
  readonly other: ReadonlyArray<Scalars['JSONObject']['output']>;
  /** Permissions that the actor used, or was told to have, by break-glass. */
  readonly reads: ReadonlyArray<AccessAuditRead>;
  /** Relationships. */
  readonly relationships: ReadonlyArray<AccessAuditRelationship>;
};

/** A change of relationships, as the input of `simulateChange` and of `writeRelationships` has it. */
export type AccessChange = {
  readonly __typename?: 'AccessChange';
  /** What would be deleted. */
  readonly deletes: ReadonlyArray<ChangedRelationship>;
  /** What would be written. */
  readonly writes: ReadonlyArray<ChangedRelationship>;
};

/** A condition of the model, with the values that were written for it. */
export type AccessCondition = {
  readonly __typename?: 'AccessCondition';
  /** Values for its parameters; they win over those of a question. */
  readonly context?: Maybe<Scalars['JSONObject']['output']>;
  /** The condition's name. */
  readonly name: Scalars['String']['output'];
};

/** A condition of the model, with values for its parameters. */
export type AccessConditionInput = {
  /** Values for some or all of its parameters but those that only a request fills; they win over those of a question. */
  readonly context?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The condition's name. */
  readonly name: Scalars['String']['input'];
};

/** A type of the model that is an entity of the supergraph. */
export type AccessEntityType = {
  readonly __typename?: 'AccessEntityType';
  /** The field that is its key, and the id of the object. */
  readonly key: Scalars['String']['output'];
  /** The field that people know it by, as `title`: what the configuration says (`label` in `POSTERN_ENTITIES`); null where it says nothing. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The entity's name: `Track`. */
  readonly name: Scalars['String']['output'];
  /** The permissions of its objects, as the model names them: what can be asked about each. */
  readonly permissions: ReadonlyArray<Scalars['String']['output']>;
  /** The type, as the model names it. */
  readonly type: Scalars['String']['output'];
};

/** A right to give something that a subject would gain. */
export type AccessEscalation = {
  readonly __typename?: 'AccessEscalation';
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The permission that is the right: `can_grant_…` or `can_manage_access`. */
  readonly permission: Scalars['String']['output'];
  /** The relations that it lets its holder write and delete there. */
  readonly relations: ReadonlyArray<Scalars['String']['output']>;
  /** The subject; a wildcard stands for everybody of its type whom the object does not know by name. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/** How many rights to give something would be gained. */
export type AccessEscalations = {
  readonly __typename?: 'AccessEscalations';
  /** A subject, an object and a permission each; everybody whom an object does not know by name counts as one, as the wildcard. */
  readonly count: Scalars['Int']['output'];
  /** The first of them: at most 20. */
  readonly examples: ReadonlyArray<AccessEscalation>;
};

/** Something about access that somebody should look at: a fact or a count, never a verdict. */
export type AccessFinding = {
  readonly __typename?: 'AccessFinding';
  /** What would end it, for `simulateChange`; null where nobody knows, or where it is for somebody to decide. */
  readonly change?: Maybe<AccessChange>;
  /** What was counted, where something was: outsiders of a set, peers with a grant, permissions that would be lost or gained. */
  readonly count?: Maybe<Scalars['Int']['output']>;
  /** The same for the same thing, whenever it is found. */
  readonly id: Scalars['ID']['output'];
  /** What kind of thing it is. */
  readonly kind: AccessFindingKind;
  /** What it is about; null where it is about several. */
  readonly object?: Maybe<Scalars['ObjectRef']['output']>;
  /** Of how many: those in the set, or the peers. */
  readonly of?: Maybe<Scalars['Int']['output']>;
  /** The greater, the sooner to be looked at: ten thousand for each kind that is lighter, and what is at stake. */
  readonly rank: Scalars['Int']['output'];
  /** What is stored and says so. */
  readonly relationships: ReadonlyArray<AccessRelationship>;
  /** Whom it is about; null where it is about several. */
  readonly subject?: Maybe<Scalars['SubjectRef']['output']>;
  /** The same for people, in one sentence. */
  readonly text: Scalars['String']['output'];
};

/** A page of findings, the heaviest first; of the same rank, by their ids. */
export type AccessFindingConnection = {
  readonly __typename?: 'AccessFindingConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The findings. */
  readonly edges: ReadonlyArray<AccessFindingEdge>;
  /** Whether everything was examined; if not, there may be more than all pages have. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** What was not examined, and why: one sentence each, the same on every page. A search that was cut short is never an empty one. */
  readonly notExamined: ReadonlyArray<Scalars['String']['output']>;
  /** Where the page is. */
  readonly pageInfo: PageInfo;
};

/** A finding in a page. */
export type AccessFindingEdge = {
  readonly __typename?: 'AccessFindingEdge';
  /** The cursor of the finding. */
  readonly cursor: Scalars['String']['output'];
  /** The finding. */
  readonly node: AccessFinding;
};

/** What a finding is about. */
export type AccessFindingKind =
  /** How many permissions on single objects hang on a grant, or on all grants to one set. A measure; looked for only where it is asked for. */
  | 'BLAST_RADIUS'
  /**
   * A subject with grants of its own that was allowed nothing that somebody enforces, for as long as `days` says. Looked for only where it is
   * asked for, and said only where all servers measure use: see `POSTERN_MEASURE_USE`.
   */
  | 'DORMANT_SUBJECT'
  /** A subject could give roles to itself until it can do what it cannot now. */
  | 'ESCALATION'
  /** A grant to somebody who is not inside, or to a set with such a one. */
  | 'OUTSIDER'
  /** A grant that at most one in five of a group of five or more have. */
  | 'PEER_OUTLIER'
  /** A grant without which everybody could do now what they can with it. */
  | 'REDUNDANT_GRANT'
  /**
   * Single grants that could be fewer: a group could have what each of its members has by a grant of their own, by a change that gains and loses
   * nothing; or several subjects have the same roles, and no group. Looked for only where it is asked for.
   */
  | 'ROLE_SET'
  /** A subject has two permissions together that nobody should have together, by `POSTERN_TOXIC_PAIRS`. */
  | 'TOXIC_PAIR'
  /**
   * A grant that no enforced check has rested on for as long as `days` says: without it, each would have been allowed all the same. Looked
   * for only where it is asked for, and said only where all servers measure use.
   */
  | 'UNUSED_GRANT'
  /** A grant that does not expire, by its end or by a condition about the time. */
  | 'WITHOUT_END';

/** A page of objects that relationships name (Relay). */
export type AccessKnownObjectConnection = {
  readonly __typename?: 'AccessKnownObjectConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The objects of the page. */
  readonly edges: ReadonlyArray<AccessibleObjectEdge>;
  /** Whether nothing is missing in the range of the page: too much may belong to the object, or it may be undecided what the asker may review. */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * Whether the page ends before it is full because nothing was found for too long; `pageInfo` then says that there may be
   * more, and where to go on.
   */
  readonly isCutShort: Scalars['Boolean']['output'];
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
};

/** A role of an object, for whoever may give or review something there. */
export type AccessObjectRole = {
  readonly __typename?: 'AccessObjectRole';
  /** Whether the asker may give it on the object, and take it away. It may still be refused, to oneself (`noSelfGrant`) for instance. */
  readonly canGrant: Scalars['Boolean']['output'];
  /** What the model's text says about it, in the comment lines right above it; null where there are none. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Why it could not be decided whether the asker may give it; null when it was. `canGrant` is then false. */
  readonly error?: Maybe<DecisionError>;
  /** What it gives by itself. */
  readonly gives: AccessRoleSheet;
  /** Whether an object that has a permanent holder of it must keep one (`must_keep`). */
  readonly mustKeep: Scalars['Boolean']['output'];
  /** The permission on the object that giving it needs: `can_grant_<role>`, or `can_manage_access` where the type has none. */
  readonly needs: Scalars['String']['output'];
  /** Whether nobody may give it to themselves (`no_self_grant`): it takes a second person. */
  readonly noSelfGrant: Scalars['Boolean']['output'];
  /** The role: a relation of the object's type that can be assigned. */
  readonly role: Scalars['String']['output'];
  /** Who can be given it: exactly these, each with its condition or without. */
  readonly subjects: ReadonlyArray<AccessRoleSubject>;
  /** Whether it only takes rights away, as a block does: to give it is to forbid. */
  readonly takesAway: Scalars['Boolean']['output'];
};

/** That a relationship is there, or is not, in the state before the write. */
export type AccessPreconditionInput = {
  /** Whether it must be there or must not. */
  readonly exists: Scalars['Boolean']['input'];
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** The relation. */
  readonly relation: Scalars['String']['input'];
  /** Who holds it; its condition, beginning and end do not matter. */
  readonly subject: Scalars['SubjectRef']['input'];
};

/**
 * What a write would mean on its objects and on what belongs to them: decided before and after by the check, without any context
 * but the time. It says what a review of those objects by the same asker would show, and nothing else.
 */
export type AccessPreview = {
  readonly __typename?: 'AccessPreview';
  /** Who is allowed or denied something now, and would need values for conditions to be. */
  readonly becameUndecided: AccessPreviewCount;
  /** Who would be allowed something that they are not allowed now. */
  readonly gained: AccessPreviewCount;
  /** Whether everything was compared; if not, counts are too low, and lists may lack something. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** Who would be denied something that they are not denied now. */
  readonly lost: AccessPreviewCount;
  /** Objects of the write of which nothing is said, since who has access to them is not the asker's to see. */
  readonly notShown: ReadonlyArray<Scalars['ObjectRef']['output']>;
  /** What they are allowed on those objects before the write and after it, and through what: at most 40 permissions. */
  readonly remainsThrough: ReadonlyArray<AccessPreviewWay>;
  /** Those whom the write names, on the objects that it names them for: the first 20. */
  readonly subjects: ReadonlyArray<AccessPreviewSubject>;
  /** The same for people, line by line: `user:paul gains 4 permissions on show:nightshift and 41 episodes.` */
  readonly text: Scalars['String']['output'];
};

/** On how many objects of a type, of those that belong to an object, a subject would gain or lose something. */
export type AccessPreviewBelow = {
  readonly __typename?: 'AccessPreviewBelow';
  /** On how many something would need values for conditions. */
  readonly becameUndecided: Scalars['Int']['output'];
  /** On how many it would be allowed something that it is not. */
  readonly gained: Scalars['Int']['output'];
  /** On how many it would be denied something that it is not. */
  readonly lost: Scalars['Int']['output'];
  /** The type. */
  readonly type: Scalars['String']['output'];
};

/** How many answers differ. */
export type AccessPreviewCount = {
  readonly __typename?: 'AccessPreviewCount';
  /** A subject, an object and a permission each; everybody whom an object does not know by name counts as one, as the wildcard. */
  readonly count: Scalars['Int']['output'];
  /** The first of them: at most 10. */
  readonly examples: ReadonlyArray<AccessPreviewExample>;
};

/** An answer that differs. */
export type AccessPreviewExample = {
  readonly __typename?: 'AccessPreviewExample';
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The permission. */
  readonly permission: Scalars['String']['output'];
  /** The subject; a wildcard stands for everybody of its type whom the object does not know by name. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/** What a write means for a subject that it names, on an object that it names it for. */
export type AccessPreviewSubject = {
  readonly __typename?: 'AccessPreviewSubject';
  /** Permissions on the object that would need values for conditions, and do not. */
  readonly becameUndecided: ReadonlyArray<Scalars['String']['output']>;
  /** What belongs to the object, by type, where something would be different. */
  readonly below: ReadonlyArray<AccessPreviewBelow>;
  /** Permissions on the object that it would be allowed and is not. */
  readonly gained: ReadonlyArray<Scalars['String']['output']>;
  /** Permissions on the object that the write could change, and that it is allowed before and after. */
  readonly kept: ReadonlyArray<Scalars['String']['output']>;
  /** Permissions on the object that it would be denied and is not. */
  readonly lost: ReadonlyArray<Scalars['String']['output']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The subject. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/** A way by which a subject has permissions on an object, whether the write is done or not. */
export type AccessPreviewWay = {
  readonly __typename?: 'AccessPreviewWay';
  /** Whether that is all of it. */
  readonly isWhole: Scalars['Boolean']['output'];
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The permissions. */
  readonly permissions: ReadonlyArray<Scalars['String']['output']>;
  /** The relationships of it that the asker may see, the one on the object first. */
  readonly relationships: ReadonlyArray<AccessRelationship>;
  /** The subject. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/** A change that somebody has proposed. It never changes; only how it ended is added. */
export type AccessProposal = {
  readonly __typename?: 'AccessProposal';
  /** The state that it was made on. */
  readonly basedOn: Scalars['ConsistencyToken']['output'];
  /** When it was proposed, by the database's clock. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Who acted for the proposer, by the claim `act` of the token; null when nobody did. */
  readonly delegate?: Maybe<Scalars['String']['output']>;
  /** Relationships that it would delete, before anything is written. */
  readonly deletes: ReadonlyArray<ChangedRelationship>;
  /** SHA-256 over everything in it that is approved: changes, model, preconditions, reason, evidence, state, proposer and end. */
  readonly digest: Scalars['String']['output'];
  /** Why, as they said; for a stale one, what is not as it was. */
  readonly endReason?: Maybe<Scalars['String']['output']>;
  /** When somebody ended it; null while it is open, and for one that has expired. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who ended it. */
  readonly endedBy?: Maybe<Scalars['SubjectRef']['output']>;
  /** What it rests on, as whoever proposed it said; nobody has checked it. */
  readonly evidence: ReadonlyArray<Scalars['String']['output']>;
  /** Until when it is open, by the same clock. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /**
   * What keeps the caller from approving it, as `approveProposal` would say it: `SELF_APPROVAL`, `DELEGATE_NOT_ALLOWED`, `APPROVAL_NOT_ALLOWED`
   * or `LOGIN_TOO_OLD`. Null where nothing of that does, and for one that is not open; whether it is stale is found by approving it.
   */
  readonly hindrance?: Maybe<AccessUserError>;
  /** Its number. */
  readonly id: Scalars['ID']['output'];
  /** The model that it would publish; null where it is about relationships. */
  readonly model?: Maybe<AccessProposedModel>;
  /** What its model would change now, as `simulation` says it of relationships. Null for these, and for whoever may not publish models. */
  readonly modelPreview?: Maybe<AccessProposedModelPreview>;
  /** What must be so when it is approved. */
  readonly preconditions: ReadonlyArray<AccessProposedPrecondition>;
  /** Who proposed it. */
  readonly proposer: Scalars['SubjectRef']['output'];
  /** Why, as whoever proposed it said. */
  readonly reason: Scalars['String']['output'];
  /**
   * What it would mean now, of one that is open or stale: see `simulateChange`. Null for a model, for one that has ended in another way, and for
   * whoever may not review each of its objects. There is one in a request, as of dry runs: ask it of one proposal.
   */
  readonly simulation?: Maybe<AccessSimulation>;
  /** What has become of it. */
  readonly state: AccessProposalState;
  /** Relationships that it would write. */
  readonly writes: ReadonlyArray<ChangedRelationship>;
};

/** A page of proposals. */
export type AccessProposalConnection = {
  readonly __typename?: 'AccessProposalConnection';
  /** The state that the page was read from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The proposals of this page. */
  readonly edges: ReadonlyArray<AccessProposalEdge>;
  /** Where the page is in the list. */
  readonly pageInfo: PageInfo;
};

/** A proposal in a page. */
export type AccessProposalEdge = {
  readonly __typename?: 'AccessProposalEdge';
  /** The place to go on after. */
  readonly cursor: Scalars['String']['output'];
  /** The proposal. */
  readonly node: AccessProposal;
};

/** What has become of a proposal. */
export type AccessProposalState =
  /** It was approved and applied. */
  | 'APPLIED'
  /** Nobody decided on it in time. */
  | 'EXPIRED'
  /** Somebody may decide on it. */
  | 'OPEN'
  /** Somebody who could have approved it has refused it. */
  | 'REJECTED'
  /** What it was made on had changed when somebody approved it; nothing was applied. */
  | 'STALE'
  /** Whoever made it has taken it back. */
  | 'WITHDRAWN';

/** A model that somebody has proposed. */
export type AccessProposedModel = {
  readonly __typename?: 'AccessProposedModel';
  /** Whether it is activated at once when it is approved. */
  readonly activate: Scalars['Boolean']['output'];
  /** The model as one text; null for one of modules. */
  readonly dsl?: Maybe<Scalars['String']['output']>;
  /** The model as modules; null for one text. */
  readonly modules?: Maybe<ReadonlyArray<AuthorizationModelModule>>;
  /** What it must pass, as whoever proposed it said, as the text of an OpenFGA store file; nobody has run it here. */
  readonly tests?: Maybe<Scalars['String']['output']>;
};

/** What a proposed model would change. */
export type AccessProposedModelPreview = {
  readonly __typename?: 'AccessProposedModelPreview';
  /** How it differs from the active one; null where none is active. */
  readonly diff?: Maybe<AuthorizationModelDiff>;
  /** Who would gain and lose what; null where no model is active. */
  readonly impact?: Maybe<AuthorizationModelImpact>;
};

/** What must be so when a proposal is approved. */
export type AccessProposedPrecondition = {
  readonly __typename?: 'AccessProposedPrecondition';
  /** Whether it must be there or must not. */
  readonly exists: Scalars['Boolean']['output'];
  /** The relationship; its condition, beginning and end do not matter. */
  readonly relationship: ChangedRelationship;
};

/** A stored fact: the subject holds the relation on the object. */
export type AccessRelationship = {
  readonly __typename?: 'AccessRelationship';
  /** It counts only while this condition holds; null when it always counts. */
  readonly condition?: Maybe<AccessCondition>;
  /** When it was written. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Who wrote it; null when it was written at the server's console. */
  readonly createdBy?: Maybe<Scalars['SubjectRef']['output']>;
  /** It counts only before this instant, by the database's clock; null when it does not expire. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The relation; a role when it can be assigned. */
  readonly relation: Scalars['String']['output'];
  /** It counts only from this instant on, by the database's clock; null when it has no beginning. Before, it gives nothing yet. */
  readonly startsAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who holds it. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/** A page of relationships (Relay). */
export type AccessRelationshipConnection = {
  readonly __typename?: 'AccessRelationshipConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The relationships of the page. */
  readonly edges: ReadonlyArray<AccessRelationshipEdge>;
  /**
   * Whether the page ends before it is full because nothing was found for too long; `pageInfo` then says that there may be
   * more, and where to go on.
   */
  readonly isCutShort: Scalars['Boolean']['output'];
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
};

/** A relationship in its page. */
export type AccessRelationshipEdge = {
  readonly __typename?: 'AccessRelationshipEdge';
  /** Where to go on after this one. */
  readonly cursor: Scalars['String']['output'];
  /** The relationship. */
  readonly node: AccessRelationship;
};

/** Which relationships to list; every field that is given must match. */
export type AccessRelationshipFilter = {
  /** Only what was written with this condition; with `break_glass`, who may go through in an emergency. */
  readonly condition?: InputMaybe<Scalars['String']['input']>;
  /** Only what this subject wrote. */
  readonly createdBy?: InputMaybe<Scalars['SubjectRef']['input']>;
  /** Only what ends, and before this instant. Ends that are written into conditions are not understood. */
  readonly expiresBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only this object. */
  readonly object?: InputMaybe<Scalars['ObjectRef']['input']>;
  /** Only objects of this type. */
  readonly objectType?: InputMaybe<Scalars['String']['input']>;
  /** Only this relation. */
  readonly relation?: InputMaybe<Scalars['String']['input']>;
  /** Only this very subject, as it was written. */
  readonly subject?: InputMaybe<Scalars['SubjectRef']['input']>;
};

/** A relationship to write, to delete, or to count for one question. */
export type AccessRelationshipInput = {
  /** Lets it count only while the condition holds. */
  readonly condition?: InputMaybe<AccessConditionInput>;
  /** Lets it count only before this instant, by the database's clock. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** A relation that can be assigned. */
  readonly relation: Scalars['String']['input'];
  /** Lets it count only from this instant on, by the database's clock; one in the past is as good as none. Must be before `expiresAt`. */
  readonly startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Who holds it. */
  readonly subject: Scalars['SubjectRef']['input'];
};

/** A page of a review (Relay): by objects, the reviewed one first; then by roles; then by ways, direct grants first. */
export type AccessReviewConnection = {
  readonly __typename?: 'AccessReviewConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The entries of the page. */
  readonly edges: ReadonlyArray<AccessReviewEdge>;
  /**
   * Whether all pages together show everything. False with `includeContained`, when too much belongs to the object, or when it
   * could not be decided whether something does.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * Whether the page ends before it is full because too much was looked at for it; `pageInfo` then says that there may be
   * more, and where to go on.
   */
  readonly isCutShort: Scalars['Boolean']['output'];
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
  /**
   * Objects from which permissions on the reviewed object come as well, as `can_edit from folder` says: whoever has a right there may
   * have one here without a role here, and so without an entry. Review them, too.
   */
  readonly rightsComeFrom: ReadonlyArray<Scalars['ObjectRef']['output']>;
};

/** An entry in its page. */
export type AccessReviewEdge = {
  readonly __typename?: 'AccessReviewEdge';
  /** Where to go on after this one. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: AccessReviewEntry;
};

/** A role on an object, one who has been given it, and how. */
export type AccessReviewEntry = {
  readonly __typename?: 'AccessReviewEntry';
  /** The conditions of these relationships, as they stand. */
  readonly conditions: ReadonlyArray<AccessCondition>;
  /** Why it could not be decided what would change; null when it was. `isEffective` is then false. */
  readonly error?: Maybe<DecisionError>;
  /** When the first of these relationships ends, by the database's clock; null when none of them does. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the last of these relationships was written: since then the subject has it this way. */
  readonly grantedAt: Scalars['DateTime']['output'];
  /** Who wrote the first of these relationships; null when it was written at the server's console. */
  readonly grantedBy?: Maybe<Scalars['SubjectRef']['output']>;
  /** Why nothing would change; null when something would, or when that could not be decided. */
  readonly ineffectiveReason?: Maybe<IneffectiveReason>;
  /** Whether any of these relationships has a condition. */
  readonly isConditional: Scalars['Boolean']['output'];
  /**
   * Whether it would change anything to take away the last of these relationships: a permission of the subject on the object, or on
   * what belongs to it; or a relation that other objects may name as a subject set. Without regard to what only a request says.
   */
  readonly isEffective: Scalars['Boolean']['output'];
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The role: a relation of the object's type that can be assigned. */
  readonly role: Scalars['String']['output'];
  /**
   * When the last of these relationships begins, by the database's clock; null when none of them has a beginning. What begins
   * later has no effect yet.
   */
  readonly startsAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who has it: an object or a wildcard, never a subject set. */
  readonly subject: Scalars['SubjectRef']['output'];
  /**
   * The relationships that lead from the role to the subject: one for a direct grant; more through teams, and for a role that
   * comes from another object. Of several ways over the same last relationship, one that has begun, and of those the one that ends
   * last.
   */
  readonly via: ReadonlyArray<AccessRelationship>;
};

/** Which entries of a review to list; every field that is given must match. */
export type AccessReviewFilter = {
  /**
   * Only what ends before this instant, by whatever way of several, one that is still to begin included. Ends that are written
   * into conditions are not understood.
   */
  readonly expiresBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only what is given directly, in one relationship; or, with false, only what comes through a set or another object. */
  readonly isDirect?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only what has an effect; or, with false, only what has none, or of which that could not be decided. See `AccessReviewEntry`. */
  readonly isEffective?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Only outsiders: subjects that do not hold this relation on this object, or of whom that cannot be decided. Needs the right
   * to review that object, too.
   */
  readonly notHolding?: InputMaybe<AccessReviewHoldingInput>;
  /** Only this role. */
  readonly role?: InputMaybe<Scalars['String']['input']>;
  /** Only this subject: an object or a wildcard. What a wildcard gives to a subject is listed as the wildcard's. */
  readonly subject?: InputMaybe<Scalars['SubjectRef']['input']>;
  /** Only subjects of this type, as the model names it. */
  readonly subjectType?: InputMaybe<Scalars['String']['input']>;
  /**
   * Only what has no end: no relationship of one of its ways expires, be it of one that is still to begin. Conditions that end are
   * not understood.
   */
  readonly withoutEnd?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A relation on an object that subjects hold, or do not hold. */
export type AccessReviewHoldingInput = {
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** Its relation: `member`, for instance. */
  readonly relation: Scalars['String']['input'];
};

/**
 * What a role gives by itself, to somebody who holds nothing else: as long as its condition holds, if it has one. What needs another
 * role besides is not in it, and neither is what others give to a set that its holders are in.
 */
export type AccessRoleSheet = {
  readonly __typename?: 'AccessRoleSheet';
  /** Permissions on objects that belong to that one, over any of their relations, directly or through others. */
  readonly below: ReadonlyArray<AccessRoleSheetEntry>;
  /** Permissions on the object that it is held on. */
  readonly here: ReadonlyArray<Scalars['String']['output']>;
  /** False where it gives more than is counted here. */
  readonly isComplete: Scalars['Boolean']['output'];
};

/** What a role gives on objects of one type that belong to the object it is held on. */
export type AccessRoleSheetEntry = {
  readonly __typename?: 'AccessRoleSheetEntry';
  /** The permissions. */
  readonly permissions: ReadonlyArray<Scalars['String']['output']>;
  /** The type. */
  readonly type: Scalars['String']['output'];
};

/** Whom a relation can be assigned to. */
export type AccessRoleSubject = {
  readonly __typename?: 'AccessRoleSubject';
  /** The condition that it must be written with; null for none. */
  readonly condition?: Maybe<Scalars['String']['output']>;
  /** The parameters of that condition that are written with it, without those that only a request fills. */
  readonly parameters: ReadonlyArray<AuthorizationModelParameter>;
  /** The relation of subject sets, as `member` in `team#member`; null for objects and the wildcard. */
  readonly relation?: Maybe<Scalars['String']['output']>;
  /** The type of the subject, or of the object that a subject set is of. */
  readonly type: Scalars['String']['output'];
  /** Whether it is everybody of the type, `user:*`. */
  readonly wildcard: Scalars['Boolean']['output'];
};

/** What a change would mean; counts are of the objects that it was looked at on. */
export type AccessSimulation = {
  readonly __typename?: 'AccessSimulation';
  /** Who is allowed or denied something now, and would need values for conditions to be. */
  readonly becameUndecided: AccessPreviewCount;
  /** How many relationships would be others than they are. */
  readonly changed: Scalars['Int']['output'];
  /** The state that it was worked out on. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** Who would be able to give or take roles that they cannot. */
  readonly escalations: AccessEscalations;
  /** Who would be allowed something that they are not allowed now. */
  readonly gained: AccessPreviewCount;
  /** Whether everything was examined; if not, counts are too low, and lists may lack something. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** Who would be denied something that they are not denied now. */
  readonly lost: AccessPreviewCount;
  /** What was not examined, and why: one sentence each. */
  readonly notExamined: ReadonlyArray<Scalars['String']['output']>;
  /** What would refuse the change, whoever made it; each with the code `LAST_HOLDER`. */
  readonly problems: ReadonlyArray<AccessUserError>;
  /** The same for people, line by line. */
  readonly text: Scalars['String']['output'];
  /** Who would have both permissions of a pair of `POSTERN_TOXIC_PAIRS`, and has not now. */
  readonly toxicPairs: AccessToxicPairs;
};

/** A page of subjects (Relay). The wildcard comes first; the order of the others is stable and means nothing. */
export type AccessSubjectConnection = {
  readonly __typename?: 'AccessSubjectConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The subjects of the page. */
  readonly edges: ReadonlyArray<AccessSubjectEdge>;
  /** Subjects in the range of the page whom the wildcard does not reach: everybody has the permission, but these have not. */
  readonly excluded: ReadonlyArray<Scalars['SubjectRef']['output']>;
  /**
   * Whether the page ends before it is full because nothing was found for too long; `pageInfo` then says that there may be
   * more, and where to go on.
   */
  readonly isCutShort: Scalars['Boolean']['output'];
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
  /**
   * How many milliseconds before the question that state was the last one, at most. 0 when it contains everything that was committed
   * before the question arrived; it is never more where no operator allows older answers.
   */
  readonly stateAgeMs: Scalars['Int']['output'];
  /** Subjects in the range of the page whose permission could not be decided; they are not listed. */
  readonly undecided: ReadonlyArray<UndecidedSubject>;
};

/** A subject in its page. */
export type AccessSubjectEdge = {
  readonly __typename?: 'AccessSubjectEdge';
  /** Where to go on after this one. */
  readonly cursor: Scalars['String']['output'];
  /** The subject. */
  readonly node: Scalars['SubjectRef']['output'];
};

/** Two permissions that one subject has together, and nobody should. */
export type AccessToxicPair = {
  readonly __typename?: 'AccessToxicPair';
  /** The object of the first permission. */
  readonly firstObject: Scalars['ObjectRef']['output'];
  /** The first permission. */
  readonly firstPermission: Scalars['String']['output'];
  /** The object of the second permission. */
  readonly secondObject: Scalars['ObjectRef']['output'];
  /** The second permission. */
  readonly secondPermission: Scalars['String']['output'];
  /** The subject; a wildcard stands for everybody of its type whom the objects do not know by name. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/** How often two permissions would come together that nobody should have together. */
export type AccessToxicPairs = {
  readonly __typename?: 'AccessToxicPairs';
  /** A subject and an object each, or a subject where the pair counts anywhere; everybody whom an object does not know by name counts as one. */
  readonly count: Scalars['Int']['output'];
  /** The first of them: at most 20. */
  readonly examples: ReadonlyArray<AccessToxicPair>;
};

/** Something wrong with the input of a mutation, which then changed nothing; or what would refuse a change. */
export type AccessUserError = {
  readonly __typename?: 'AccessUserError';
  /** For programs. */
  readonly code: AccessUserErrorCode;
  /** What is stored, where another state is in the way: with `ALREADY_EXISTS`, `CONFLICT` and `PRECONDITION_FAILED`. */
  readonly current?: Maybe<AccessRelationship>;
  /** The path of the input field: `["input", "role"]`. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** One sentence for people. */
  readonly message: Scalars['String']['output'];
  /** Where in the text of a model it is, with `INVALID_MODEL` and `MODEL_TOO_COSTLY`; null where it is at no place. */
  readonly place?: Maybe<AuthorizationModelPlace>;
};

/** What can be wrong with the input of a mutation. */
export type AccessUserErrorCode =
  /** The relationship exists already. */
  | 'ALREADY_EXISTS'
  /** Tokens of this class may not approve proposals. */
  | 'APPROVAL_NOT_ALLOWED'
  /** The relationship exists already, with another condition, beginning or end. */
  | 'CONFLICT'
  /** An agent that acts for somebody never does this, whatever rights both have; the one it acts for may do it. */
  | 'DELEGATE_NOT_ALLOWED'
  /** Another proposal was read than the one that is to be approved. */
  | 'DIGEST_MISMATCH'
  /** A relationship is named twice in one call. */
  | 'DUPLICATE_RELATIONSHIP'
  /** The idempotency key was used for another request. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A value for a condition's parameter is not of its type. */
  | 'INVALID_CONTEXT'
  /** The input is contradictory, too long, or out of range. */
  | 'INVALID_INPUT'
  /** The model cannot be used; the message says where and why. */
  | 'INVALID_MODEL'
  /** The model does not let this relationship be written. */
  | 'INVALID_RELATIONSHIP'
  /** The object must keep a permanent holder of the role, and this would take the last one away. */
  | 'LAST_HOLDER'
  /** Whoever approves a proposal must have logged in a short time ago. */
  | 'LOGIN_TOO_OLD'
  /** The model was not read at this time, and nobody knows whether it is right; try again. */
  | 'MODEL_NOT_READ'
  /** The model is too large, or takes too much to read or to look through; the message says what. */
  | 'MODEL_TOO_COSTLY'
  /** There is no such relationship. */
  | 'NOT_FOUND'
  /** A precondition does not hold. */
  | 'PRECONDITION_FAILED'
  /** Somebody has decided on the proposal already, or its time is over. */
  | 'PROPOSAL_NOT_OPEN'
  /** Somebody else has to approve this proposal. */
  | 'SELF_APPROVAL'
  /** Nobody may give this role to themselves. */
  | 'SELF_GRANT'
  /** What the proposal was made on is not so any more; nothing was applied. */
  | 'STALE'
  /** The write reaches so far that nobody found out whether it gives whoever writes it a role that nobody gives to themselves. */
  | 'TOO_FAR_REACHING'
  /** One subject has so many open proposals already. */
  | 'TOO_MANY_PROPOSALS'
  /** The model has no such condition. */
  | 'UNKNOWN_CONDITION'
  /** There is no such model. */
  | 'UNKNOWN_MODEL'
  /** The object's type has no such relation. */
  | 'UNKNOWN_RELATION'
  /** The model has no such type. */
  | 'UNKNOWN_TYPE';

/** A page of the objects that the viewer has a permission on (Relay). */
export type AccessViewerObjectConnection = {
  readonly __typename?: 'AccessViewerObjectConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The objects of the page. */
  readonly edges: ReadonlyArray<AccessibleObjectEdge>;
  /**
   * Whether the page ends before it is full because nothing was found for too long; `pageInfo` then says that there may be
   * more, and where to go on.
   */
  readonly isCutShort: Scalars['Boolean']['output'];
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
  /**
   * How many milliseconds before the question that state was the last one, at most. 0 when it contains everything that was committed
   * before the question arrived; it is never more where no operator allows older answers.
   */
  readonly stateAgeMs: Scalars['Int']['output'];
  /**
   * How many objects in the range of the page are not listed because the permission could not be decided. Which ones they are is
   * for those who may ask about any subject: `accessibleObjects`.
   */
  readonly undecidedCount: Scalars['Int']['output'];
};

/** A page of objects (Relay). */
export type AccessibleObjectConnection = {
  readonly __typename?: 'AccessibleObjectConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The objects of the page. */
  readonly edges: ReadonlyArray<AccessibleObjectEdge>;
  /**
   * Whether the page ends before it is full because nothing was found for too long; `pageInfo` then says that there may be
   * more, and where to go on.
   */
  readonly isCutShort: Scalars['Boolean']['output'];
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
  /**
   * How many milliseconds before the question that state was the last one, at most. 0 when it contains everything that was committed
   * before the question arrived; it is never more where no operator allows older answers.
   */
  readonly stateAgeMs: Scalars['Int']['output'];
  /**
   * Objects in the range of the page on which the permission could not be decided; they are not listed. In a long list these
   * are the ones that something leads to from the subject: the others are not looked at.
   */
  readonly undecided: ReadonlyArray<UndecidedObject>;
};

/** An object in its page. */
export type AccessibleObjectEdge = {
  readonly __typename?: 'AccessibleObjectEdge';
  /** Where to go on after this one. */
  readonly cursor: Scalars['String']['output'];
  /** The object. */
  readonly node: Scalars['ObjectRef']['output'];
};

/** A published model to activate. */
export type ActivateAuthorizationModelInput = {
  /** Whether only to say what it would change and for whom: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** The model. */
  readonly id: Scalars['ID']['input'];
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `activateAuthorizationModel`. */
export type ActivateAuthorizationModelPayload = {
  readonly __typename?: 'ActivateAuthorizationModelPayload';
  /** Carry it to questions that must see this write; null on failure. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** What changes from the model that was active before to this one; null on failure, and when no model was active. */
  readonly diff?: Maybe<AuthorizationModelDiff>;
  /** With `dryRun`: what activating it would mean for the relationships of this moment. It is worked out before, and changes nothing. */
  readonly impact?: Maybe<AuthorizationModelImpact>;
  /** The model that decides now, or that a dry run was about; null on failure. */
  readonly model?: Maybe<AuthorizationModel>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** Which proposal to approve. */
export type ApproveProposalInput = {
  /** Its `digest`, as it was read: what is approved is that and nothing else. */
  readonly digest: Scalars['String']['input'];
  /** Its number. */
  readonly id: Scalars['ID']['input'];
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `approveProposal`. */
export type ApproveProposalPayload = {
  readonly __typename?: 'ApproveProposalPayload';
  /** Reads with it see what was applied; null when there are errors besides `STALE`. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** The proposal, as it has ended: applied, or with the error `STALE` stale; null when there are other errors. */
  readonly proposal?: Maybe<AccessProposal>;
  /** Why nothing was applied; empty when it was. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** Stored relationships of one relation that a model does not admit. */
export type AuthorizationIgnoredRelationships = {
  readonly __typename?: 'AuthorizationIgnoredRelationships';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** The first five, in a stable order; null for callers without `can_read_relationships` on the platform object. */
  readonly examples?: Maybe<ReadonlyArray<AuthorizationImpactExample>>;
  /** Whether all were counted; if not, there are more. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** The relation. */
  readonly relation: Scalars['String']['output'];
  /** The type of the objects. */
  readonly type: Scalars['String']['output'];
};

/** How much is concerned. */
export type AuthorizationImpactCount = {
  readonly __typename?: 'AuthorizationImpactCount';
  /** Types of which everybody is concerned on some object, except for those whom the object knows by name. */
  readonly everybodyOf: ReadonlyArray<Scalars['String']['output']>;
  /** The first five, in a stable order; null for callers without `can_read_relationships` on the platform object. */
  readonly examples?: Maybe<ReadonlyArray<AuthorizationImpactExample>>;
  /** How many objects. */
  readonly objects: Scalars['Int']['output'];
  /** How many subjects; those whom only a wildcard covers are not counted. */
  readonly subjects: Scalars['Int']['output'];
};

/** One of those who are concerned. */
export type AuthorizationImpactExample = {
  readonly __typename?: 'AuthorizationImpactExample';
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The subject; a wildcard stands for everybody of its type whom the object does not know by name. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/** A published model. Published models never change. */
export type AuthorizationModel = {
  readonly __typename?: 'AuthorizationModel';
  /** Whether it is the one that decides now. */
  readonly active: Scalars['Boolean']['output'];
  /** Its conditions, in the order of the model. Null when the model cannot be read any more: then an error says why. */
  readonly conditions?: Maybe<ReadonlyArray<AuthorizationModelCondition>>;
  /** When it was published. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Who published it; null when it was published at the server's console. */
  readonly createdBy?: Maybe<Scalars['SubjectRef']['output']>;
  /** The model in OpenFGA's language; modules are joined to one text. */
  readonly dsl: Scalars['String']['output'];
  /** Its number, counting up. */
  readonly id: Scalars['ID']['output'];
  /** The modules as they were published, comments included; empty for a model that was published as one text. */
  readonly modules: ReadonlyArray<AuthorizationModelModule>;
  /** Its types, in the order of the model. Null when the model cannot be read any more: then an error says why. */
  readonly types?: Maybe<ReadonlyArray<AuthorizationModelType>>;
};

/** One thing that two models do not have in common. */
export type AuthorizationModelChange = {
  readonly __typename?: 'AuthorizationModelChange';
  /** Who can be assigned the relation now and could not before, as in `team#member`. */
  readonly addedSubjects: ReadonlyArray<Scalars['String']['output']>;
  /** How it is defined, in the model language; null when it is gone, and for a type. */
  readonly after?: Maybe<Scalars['String']['output']>;
  /** How it was defined, in the model language; null when it is new, and for a type. */
  readonly before?: Maybe<Scalars['String']['output']>;
  /** Whether it is new, gone, or defined in another way. */
  readonly change: AuthorizationModelChangeKind;
  /** The condition; null for a type and for a relation. */
  readonly condition?: Maybe<Scalars['String']['output']>;
  /** The relation; null for a type and for a condition. */
  readonly relation?: Maybe<Scalars['String']['output']>;
  /** Who could be assigned the relation before and cannot now. */
  readonly removedSubjects: ReadonlyArray<Scalars['String']['output']>;
  /** The change as a line. */
  readonly text: Scalars['String']['output'];
  /** The type that it is, or belongs to; null for a condition. */
  readonly type?: Maybe<Scalars['String']['output']>;
};

/** How something changes from one model to another. */
export type AuthorizationModelChangeKind =
  /** It is new. */
  | 'ADDED'
  /** It is defined in another way. */
  | 'CHANGED'
  /** It is gone. */
  | 'REMOVED';

/** A condition of a model. */
export type AuthorizationModelCondition = {
  readonly __typename?: 'AuthorizationModelCondition';
  /** The comment lines right above its definition; null where there are none. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Its expression (CEL). */
  readonly expression: Scalars['String']['output'];
  /** The module that defines it; null in a model of one text. */
  readonly module?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Its parameters, in the order of the model. */
  readonly parameters: ReadonlyArray<AuthorizationModelParameter>;
};

/** A page of models (Relay). */
export type AuthorizationModelConnection = {
  readonly __typename?: 'AuthorizationModelConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The models of the page. */
  readonly edges: ReadonlyArray<AuthorizationModelEdge>;
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
};

/** What changes from the active model to another. */
export type AuthorizationModelDiff = {
  readonly __typename?: 'AuthorizationModelDiff';
  /** Types with their relations, then conditions, each in the order of their names; empty when both say the same. */
  readonly changes: ReadonlyArray<AuthorizationModelChange>;
  /** The same for people, line by line: `~ show#can_publish: editor or owner -> owner`. */
  readonly text: Scalars['String']['output'];
};

/** A model in its page. */
export type AuthorizationModelEdge = {
  readonly __typename?: 'AuthorizationModelEdge';
  /** Where to go on after this one. */
  readonly cursor: Scalars['String']['output'];
  /** The model. */
  readonly node: AuthorizationModel;
};

/**
 * What a model would mean for the relationships of this moment: for every permission that the change can concern, decisions
 * under both models are compared, without any context but the time.
 */
export type AuthorizationModelImpact = {
  readonly __typename?: 'AuthorizationModelImpact';
  /** Stored relationships that the model does not admit: they are ignored while it is active, and back after a roll-back. */
  readonly ignoredRelationships: ReadonlyArray<AuthorizationIgnoredRelationships>;
  /** False when there was too much to compare: then some counts are too low, and `notCompared` says of what. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** Permissions that may have differences, and were not compared or only in part. */
  readonly notCompared: ReadonlyArray<AuthorizationPermissionName>;
  /** The permissions with a difference, by type and name. */
  readonly permissions: ReadonlyArray<AuthorizationPermissionImpact>;
  /** The impact for people, line by line: `412 subjects lose can_publish on 97 shows.` */
  readonly text: Scalars['String']['output'];
};

/** A module of a published model. */
export type AuthorizationModelModule = {
  readonly __typename?: 'AuthorizationModelModule';
  /** Its text. */
  readonly dsl: Scalars['String']['output'];
  /** Its file name, as `fga.mod` lists it. */
  readonly name: Scalars['String']['output'];
};

/** One module of a model. */
export type AuthorizationModelModuleInput = {
  /** Its text, starting with `module`. */
  readonly dsl: Scalars['String']['input'];
  /** Its file name, as `fga.mod` lists it; problems name it. */
  readonly name: Scalars['String']['input'];
};

/** A parameter of a condition. */
export type AuthorizationModelParameter = {
  readonly __typename?: 'AuthorizationModelParameter';
  /** Whether only a request fills it: it is never written with a relationship nor sent with a question. */
  readonly isRuntime: Scalars['Boolean']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Its type in the model language: `timestamp`, `list<string>`. */
  readonly type: Scalars['String']['output'];
};

/** A place in the text of a model; lines and columns count from 1. */
export type AuthorizationModelPlace = {
  readonly __typename?: 'AuthorizationModelPlace';
  /** The column; null where the whole line is meant. */
  readonly column?: Maybe<Scalars['Int']['output']>;
  /** The line; null where the whole module is meant. */
  readonly line?: Maybe<Scalars['Int']['output']>;
  /** The module; null in a model of one text. */
  readonly module?: Maybe<Scalars['String']['output']>;
};

/** A relation of a type. */
export type AuthorizationModelRelation = {
  readonly __typename?: 'AuthorizationModelRelation';
  /** Its definition in the model language: `[user, team#member] or editor from show`. */
  readonly definition: Scalars['String']['output'];
  /** The comment lines right above its definition; null where there are none. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** What it gives by itself, for a role; null for what is none. */
  readonly gives?: Maybe<AccessRoleSheet>;
  /** What it is for. */
  readonly kind: AuthorizationModelRelationKind;
  /** The module that defines it, which may be another one than its type's; null in a model of one text. */
  readonly module?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Whom it can be assigned to; empty for a relation that is only computed. */
  readonly subjects: ReadonlyArray<AccessRoleSubject>;
};

/** What a relation is for. */
export type AuthorizationModelRelationKind =
  /** Computed, and used by other relations. */
  | 'COMPUTED'
  /** A declaration about the type: `must_keep` or `no_self_grant`. */
  | 'DECLARATION'
  /** A permission: it is named `can_…`. */
  | 'PERMISSION'
  /** A role: it can be assigned, and says who may do something. */
  | 'ROLE'
  /** Structure: it is assigned and leads to other objects, which rights come from. */
  | 'STRUCTURE';

/** A type of a model. */
export type AuthorizationModelType = {
  readonly __typename?: 'AuthorizationModelType';
  /** The comment lines right above its definition; null where there are none. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** The module that defines it; null in a model of one text. */
  readonly module?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Its relations, in the order of the model. */
  readonly relations: ReadonlyArray<AuthorizationModelRelation>;
};

/** What a model would change about one permission. */
export type AuthorizationPermissionImpact = {
  readonly __typename?: 'AuthorizationPermissionImpact';
  /** Who is allowed or denied now, and would need values for conditions to be. */
  readonly becameUndecided: AuthorizationImpactCount;
  /** Who has not got it now and would. */
  readonly gained: AuthorizationImpactCount;
  /** Whether everything was compared; if not, all counts are too low. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** Who has it now and would not. */
  readonly lost: AuthorizationImpactCount;
  /** The permission. */
  readonly permission: Scalars['String']['output'];
  /** The type of the objects. */
  readonly type: Scalars['String']['output'];
  /** Whose permission depends on values for conditions now, so that nobody can say what would change. */
  readonly wasUndecided: AuthorizationImpactCount;
};

/** A permission of a type. */
export type AuthorizationPermissionName = {
  readonly __typename?: 'AuthorizationPermissionName';
  /** The permission. */
  readonly permission: Scalars['String']['output'];
  /** The type. */
  readonly type: Scalars['String']['output'];
};

/** A relationship as a write left it. */
export type ChangedRelationship = {
  readonly __typename?: 'ChangedRelationship';
  /** It counts only while this condition holds; null when it always counts, and when it was deleted. */
  readonly condition?: Maybe<AccessCondition>;
  /** It counts only before this instant, by the database's clock; null when it does not expire, and when it was deleted. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The relation; a role when it can be assigned. */
  readonly relation: Scalars['String']['output'];
  /** It counts only from this instant on, by the database's clock; null when it has no beginning, and when it was deleted. */
  readonly startsAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who holds it, or held it. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/**
 * How fresh the state must be that a question is answered from. Without any field, and where it is left out: it contains everything
 * that was committed before the question arrived.
 */
export type CheckConsistencyInput = {
  /**
   * It contains at least the write that returned this token. Until the server has such a state, it answers
   * `AUTHORIZATION_UNAVAILABLE`; a token of another database is refused, and one of a history that this database has lost
   * (`HISTORY_DIVERGED`): what it stands for may be undone.
   */
  readonly atLeastAsFresh?: InputMaybe<Scalars['ConsistencyToken']['input']>;
  /** It contains everything that was committed before the question arrived, also where an operator allows older answers. */
  readonly fullyConsistent?: InputMaybe<Scalars['Boolean']['input']>;
  /** It may be an older one that the server has at hand, as old as an operator allows; where none is allowed, it makes no difference. */
  readonly minimizeLatency?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Questions about any subjects, and what they are to be asked of. */
export type CheckPermissionsInput = {
  /** The questions: 1 to 1,000. */
  readonly checks: ReadonlyArray<PermissionCheckInput>;
  /** How fresh the answers must be. */
  readonly consistency?: InputMaybe<CheckConsistencyInput>;
  /** Relationships that count as if they were stored, for these questions only: at most 100. */
  readonly contextualRelationships?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  /** A published model to ask instead of the active one. */
  readonly modelId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answers to `checkPermissions`. */
export type CheckPermissionsPayload = {
  readonly __typename?: 'CheckPermissionsPayload';
  /** The state that all answers come from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** One for each question, in their order. */
  readonly decisions: ReadonlyArray<PermissionDecision>;
  /**
   * How many milliseconds before the question that state was the last one, at most. 0 when it contains everything that was committed
   * before the question arrived; it is never more where no operator allows older answers.
   */
  readonly stateAgeMs: Scalars['Int']['output'];
};

/** Why a question could not be decided. It is not a denial: the answer may be yes. */
export type DecisionError = {
  readonly __typename?: 'DecisionError';
  /**
   * `UNKNOWN_TYPE`, `UNKNOWN_RELATION`, `UNKNOWN_CONDITION`, `INVALID_SUBJECT`, `MISSING_CONTEXT`, `INVALID_CONTEXT`,
   * `CONDITION_FAILED`, `RESOLUTION_TOO_COMPLEX`, `TOO_MANY_REQUESTS`, `OVERLOADED`, `AUTHORIZATION_UNAVAILABLE`, or, for a
   * consistency token, `BAD_USER_INPUT` (it is of another database) or `HISTORY_DIVERGED` (its write is lost).
   */
  readonly code: Scalars['String']['output'];
  /** One sentence for people. */
  readonly message: Scalars['String']['output'];
};

/** Which proposal to refuse or to take back. */
export type EndProposalInput = {
  /** Its number. */
  readonly id: Scalars['ID']['input'];
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why, for whoever made it and for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `rejectProposal` and `withdrawProposal`. */
export type EndProposalPayload = {
  readonly __typename?: 'EndProposalPayload';
  /** The state in which it has; null when there are errors. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** The proposal, as it has ended; null when there are errors. */
  readonly proposal?: Maybe<AccessProposal>;
  /** What is wrong with the input; empty when it has ended. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** One of three answers that an agent's permission is made of. */
export type ExplanationPart = {
  readonly __typename?: 'ExplanationPart';
  /** The decision on this part alone. */
  readonly decision: PermissionDecision;
  /** Whether the whole is not allowed because of this part. */
  readonly isDeciding: Scalars['Boolean']['output'];
  /** Which of the three it is. */
  readonly kind: ExplanationPartKind;
  /** The object of it; the agent itself in the part that says for whom it may act. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The permission that is asked for in this part. */
  readonly permission: Scalars['String']['output'];
  /** The same as data, as in the whole explanation. */
  readonly steps: ReadonlyArray<ExplanationStep>;
  /** Who is asked about in this part. */
  readonly subject: Scalars['SubjectRef']['output'];
  /** For a denial: roles of the subject of this part each of which would be enough for it; those that the asker may see. */
  readonly sufficientRoles: ReadonlyArray<SufficientRole>;
  /** This part in words, line by line. */
  readonly text: Scalars['String']['output'];
};

/** What an agent's permission is made of. */
export type ExplanationPartKind =
  /** The agent may act for that one. */
  | 'ACTING'
  /** The agent has the permission. */
  | 'DELEGATE'
  /** Whoever the agent acts for has the permission. */
  | 'SUBJECT';

/** One step of an explanation. */
export type ExplanationStep = {
  readonly __typename?: 'ExplanationStep';
  /** The condition of the relationship, if it has one. */
  readonly condition?: Maybe<AccessCondition>;
  /** When the relationship was written. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who wrote the relationship; null when it was written at the server's console. */
  readonly createdBy?: Maybe<Scalars['SubjectRef']['output']>;
  /** How deep it stands below what it explains; from 0. */
  readonly depth: Scalars['Int']['output'];
  /** Until when the relationship counts, if it expires. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it says. */
  readonly kind: ExplanationStepKind;
  /** The object it is about. */
  readonly object?: Maybe<Scalars['ObjectRef']['output']>;
  /** The relation it is about. */
  readonly relation?: Maybe<Scalars['String']['output']>;
  /** From when on the relationship counts, if it has a beginning. */
  readonly startsAt?: Maybe<Scalars['DateTime']['output']>;
  /** The subject of the relationship, if it is about one. */
  readonly subject?: Maybe<Scalars['SubjectRef']['output']>;
  /** The step in words. */
  readonly text: Scalars['String']['output'];
};

/** What a step of an explanation says. */
export type ExplanationStepKind =
  /** The subject would hold the relation, but for the steps below. */
  | 'EXCLUDED'
  /** A step that the asker may not see. */
  | 'HIDDEN'
  /** The subject holds the relation on the object, because of the steps below. */
  | 'HOLDS'
  /** Nothing takes away what the steps above give. */
  | 'NOT_EXCLUDED'
  /** A relationship that leads on. */
  | 'RELATIONSHIP'
  /** It holds it because it is that subject set itself. */
  | 'SELF'
  /** A relationship whose condition cannot be evaluated. */
  | 'UNDECIDED'
  /** A relationship whose condition does not hold. */
  | 'UNMET_CONDITION';

/** A grant to change. */
export type ExtendGrantInput = {
  /** The new condition; null for a grant without one; it stays as it is when this is left out. */
  readonly condition?: InputMaybe<AccessConditionInput>;
  /** Whether to try it only, say what it would mean for whom, and change nothing: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** The new end, which must be in the future; null for a grant without an end; it stays as it is when this is left out. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The role. */
  readonly role: Scalars['String']['input'];
  /** The new beginning; null for a grant that counts at once; it stays as it is when this is left out. */
  readonly startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Who holds it. */
  readonly subject: Scalars['SubjectRef']['input'];
};

/** The outcome of `extendGrant`. */
export type ExtendGrantPayload = {
  readonly __typename?: 'ExtendGrantPayload';
  /** Carry it to questions that must see this write; null when nothing was written. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** With `dryRun`: what it would mean, and for whom; null otherwise, and on failure. */
  readonly preview?: Maybe<AccessPreview>;
  /** The grant as it is now; null when it was not changed. */
  readonly relationship?: Maybe<AccessRelationship>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** A role to assign. */
export type GrantRoleInput = {
  /** Lets the role count only while the condition holds. */
  readonly condition?: InputMaybe<AccessConditionInput>;
  /** Whether to try it only, say what it would mean for whom, and change nothing: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Lets the role count only before this instant, by the database's clock. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** A relation of the object's type that can be assigned. */
  readonly role: Scalars['String']['input'];
  /**
   * Lets the role count only from this instant on, by the database's clock; one in the past is as good as none. Must be before
   * `expiresAt`.
   */
  readonly startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Who gets it. */
  readonly subject: Scalars['SubjectRef']['input'];
};

/** The outcome of `grantRole`. */
export type GrantRolePayload = {
  readonly __typename?: 'GrantRolePayload';
  /** Carry it to questions that must see this write; null when nothing was written. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** With `dryRun`: what it would mean, and for whom; null otherwise, and on failure. */
  readonly preview?: Maybe<AccessPreview>;
  /** What was written; null when nothing was. */
  readonly relationship?: Maybe<AccessRelationship>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** Why it would change nothing to take a grant away. */
export type IneffectiveReason =
  /** What the model subtracts, or asks for besides, keeps the subject from what the role gives. */
  | 'BLOCKED'
  /** Another condition does not hold. */
  | 'CONDITION'
  /** The subject has everything that it gives by another grant, too. */
  | 'COVERED'
  /** A condition about the time does not hold: not yet, or no longer. */
  | 'EXPIRED'
  /** The model does not take this relationship any more: it counts for nothing. */
  | 'IGNORED'
  /** In every way, one of the relationships that it comes from begins later: see `startsAt`. */
  | 'NOT_BEGUN'
  /** No permission is computed from the role. */
  | 'NO_PERMISSION';

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Makes a published model the one that decides, at once: forward, or back to an earlier one. Published models and stored
   * relationships never change with it, so the way back is always open. Preview with `dryRun`, then activate.
   *
   * For subjects with the permission `can_publish_model` on the platform object, and never for an agent that acts for one.
   * Errors: as for `grantRole`.
   */
  readonly activateAuthorizationModel: ActivateAuthorizationModelPayload;
  /**
   * Applies a proposal, all of it or nothing, with the rights of the caller, asked in the transaction that writes: each role by the right that
   * gives it, a model by `can_publish_model`.
   *
   * Not for whoever made it, has acted for whoever made it, or is given something by it (`SELF_APPROVAL`), nor for tokens with a claim `act`
   * (`DELEGATE_NOT_ALLOWED`) or of a class that may not approve (`APPROVAL_NOT_ALLOWED`, `LOGIN_TOO_OLD`). Where anything on its objects, the
   * model, or a precondition is not as it was when it was proposed, it is `STALE` from then on and nothing is applied: its `simulation` says
   * what it would mean now. Nothing but this ever applies a proposal.
   * Errors: as for `grantRole`, `FORBIDDEN` also for a proposal that there is not; `DIGEST_MISMATCH`, `PROPOSAL_NOT_OPEN`.
   */
  readonly approveProposal: ApproveProposalPayload;
  /**
   * Gives an existing grant another beginning, end or condition, in one step: longer or shorter, by the same right that
   * assigns it. When and by whom it was written is then this extension.
   * Errors: as for `grantRole`; `NOT_FOUND`, `ALREADY_EXISTS` when it is so already, `INVALID_INPUT` when it would have
   * expired already.
   */
  readonly extendGrant: ExtendGrantPayload;
  /**
   * Assigns a role on an object to a subject.
   *
   * For subjects with `can_grant_<role>` on the object, or `can_manage_access` where its type has no such permission.
   * The right is checked in the transaction that writes. Errors: `UNAUTHENTICATED`, `FORBIDDEN`,
   * `AUTHORIZATION_UNAVAILABLE`; what is wrong with the input is in `userErrors`: among them `ALREADY_EXISTS` for the same
   * grant, `CONFLICT` for one with another condition, beginning or end, and what the model declares, `SELF_GRANT` (`TOO_FAR_REACHING`) and `LAST_HOLDER`.
   * An agent needs the right as well as the one it acts for, and gives neither of the two anything (`DELEGATE_NOT_ALLOWED`).
   *
   * Where the outcome is not known (`AUTHORIZATION_UNAVAILABLE`, or no answer at all), repeat the request with the same
   * `idempotencyKey`: the first success answers again, and nothing happens twice, for three days or what the operator says. That is
   * so for all mutations with a key.
   *
   * With `dryRun` it is tried with everything that may refuse it, changes nothing, and says in `preview` what it would mean and
   * for whom. That is so for `revokeRole`, `transferRole`, `extendGrant` and `writeRelationships` as well.
   */
  readonly grantRole: GrantRolePayload;
  /**
   * Takes from a subject everything that it holds directly, in one step, or says what that would be.
   *
   * Subjects with the permission `can_write_relationships` on the platform object take everything; what is on the platform
   * object itself needs the right to grant it there besides. Everybody else takes what they may revoke, and sees and counts
   * nothing else. A relationship that only takes rights away, such as a block, stays.
   * Never by an agent that acts for somebody (`DELEGATE_NOT_ALLOWED`).
   * Errors: as for `grantRole`, `FORBIDDEN` when there is nothing that one may revoke; `LAST_HOLDER` for every object that
   * would lose the last permanent holder of a role that it must keep: then nothing is changed; `INVALID_INPUT` for a
   * subject with more than 10,000 relationships; `NOT_FOUND` for one that no relationship names, and `UNKNOWN_TYPE`.
   */
  readonly offboardSubject: OffboardSubjectPayload;
  /**
   * Proposes a change for others to decide on: relationships to write and delete, or a model. It gives nobody anything, and is never
   * changed; a correction is another proposal.
   *
   * For whoever may see who has access to each object that it is about, or could make the change: `can_review_access`, `can_manage_access`
   * or `can_grant_<role>` there, or `can_read_relationships` on the platform object; for a model `can_read_model`. For oneself it is enough
   * to have any permission on the object: this is how people ask for access. There are at most 50 open proposals of one subject.
   * Errors: as for `grantRole`; `TOO_MANY_PROPOSALS`, `DUPLICATE_RELATIONSHIP`.
   */
  readonly proposeChange: ProposeChangePayload;
  /**
   * Publishes an authorization model; it decides nothing before it is activated. With `dryRun` it is only checked and
   * compared with the active one: preview with `dryRun`, then publish and activate. Where neither `diff` nor `impact` is selected, it is
   * only checked, which takes far less.
   *
   * For subjects with the permission `can_publish_model` on the platform object, and never for an agent that acts for one. Errors: as for `grantRole`; every place
   * that is wrong in the model is a `userError` with module, line and column.
   */
  readonly publishAuthorizationModel: PublishAuthorizationModelPayload;
  /**
   * Refuses a proposal for good. For whoever could make the change; not for tokens with a claim `act`.
   * Errors: as for `approveProposal`.
   */
  readonly rejectProposal: EndProposalPayload;
  /**
   * Removes everything that names an object, in one step, or says what that would be: what is written on it, and what is written on
   * others for it or for a subject set that is rooted in it. The counterpart of `offboardSubject`, for a thing that is gone.
   *
   * Subjects with the permission `can_write_relationships` on the platform object remove everything; what the rights on the platform
   * come from needs the right to grant it besides. Everybody else needs the right to give every role of the object; of what is written on
   * others they remove what they may revoke, and see and count nothing else. What the object itself must keep goes with it.
   * Never by an agent that acts for somebody (`DELEGATE_NOT_ALLOWED`).
   * Errors: as for `grantRole`, `FORBIDDEN` without these rights; `LAST_HOLDER` for every other object that would lose the last
   * permanent holder of a role that it must keep: then nothing is changed; `INVALID_INPUT` for an object that more than 10,000
   * relationships name on either side, and for the platform object; `NOT_FOUND` for one that no relationship names, and `UNKNOWN_TYPE`.
   */
  readonly retireObject: RetireObjectPayload;
  /** Takes a role away again, by the same right that assigns it. Errors: as for `grantRole`; `NOT_FOUND`, `LAST_HOLDER`. */
  readonly revokeRole: RevokeRolePayload;
  /**
   * Hands a role over to another subject in one step, with its condition, beginning and end, by the same right that assigns it.
   * Errors: as for `grantRole`; `NOT_FOUND` when `from` does not hold it, `ALREADY_EXISTS` or `CONFLICT` when `to` does.
   */
  readonly transferRole: TransferRolePayload;
  /** Takes a proposal back that the caller has made. Errors: as for `approveProposal`. */
  readonly withdrawProposal: EndProposalPayload;
  /**
   * Writes and deletes up to 1,000 relationships, all or nothing; deletes come first.
   *
   * For subjects with the permission `can_write_relationships` on the platform object. Preconditions, and a dry run, tell what is there,
   * so they need `can_read_relationships` there as well, or the right to grant each role that they name. Errors: as for `grantRole`;
   * `PRECONDITION_FAILED`, `NOT_FOUND`, `DUPLICATE_RELATIONSHIP`.
   */
  readonly writeRelationships: WriteRelationshipsPayload;
};


export type MutationActivateAuthorizationModelArgs = {
  input: ActivateAuthorizationModelInput;
};


export type MutationApproveProposalArgs = {
  input: ApproveProposalInput;
};


export type MutationExtendGrantArgs = {
  input: ExtendGrantInput;
};


export type MutationGrantRoleArgs = {
  input: GrantRoleInput;
};


export type MutationOffboardSubjectArgs = {
  input: OffboardSubjectInput;
};


export type MutationProposeChangeArgs = {
  input: ProposeChangeInput;
};


export type MutationPublishAuthorizationModelArgs = {
  input: PublishAuthorizationModelInput;
};


export type MutationRejectProposalArgs = {
  input: EndProposalInput;
};


export type MutationRetireObjectArgs = {
  input: RetireObjectInput;
};


export type MutationRevokeRoleArgs = {
  input: RevokeRoleInput;
};


export type MutationTransferRoleArgs = {
  input: TransferRoleInput;
};


export type MutationWithdrawProposalArgs = {
  input: EndProposalInput;
};


export type MutationWriteRelationshipsArgs = {
  input: WriteRelationshipsInput;
};

/** What the viewer may do with one object. */
export type ObjectPermissions = {
  readonly __typename?: 'ObjectPermissions';
  /** The permissions that the viewer has for certain, in the order of the model. */
  readonly granted: ReadonlyArray<Scalars['String']['output']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The permissions that could not be decided; everything that is in neither list is denied. */
  readonly undecided: ReadonlyArray<UndecidedPermission>;
};

/** What was removed with an object, or would be. The counts are exact, and the lists complete, for what the asker may remove. */
export type ObjectRetirement = {
  readonly __typename?: 'ObjectRetirement';
  /** Whether this is a preview, and nothing was changed. */
  readonly dryRun: Scalars['Boolean']['output'];
  /** What is written on other objects for this one, or for subject sets that are rooted in it. */
  readonly elsewhere: AccessRelationshipConnection;
  /** How many relationships on other objects were deleted, or would be. */
  readonly elsewhereCount: Scalars['Int']['output'];
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** Those objects; each of them makes the execution fail with `LAST_HOLDER`. */
  readonly orphaned: OrphanedRoleConnection;
  /** How many other objects would lose the last permanent holder of a role that they must keep; 0 after the execution. */
  readonly orphanedCount: Scalars['Int']['output'];
  /** How many relationships on the object were deleted, or would be. */
  readonly relationshipCount: Scalars['Int']['output'];
  /** What is written on the object. */
  readonly relationships: AccessRelationshipConnection;
};


/** What was removed with an object, or would be. The counts are exact, and the lists complete, for what the asker may remove. */
export type ObjectRetirementElsewhereArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What was removed with an object, or would be. The counts are exact, and the lists complete, for what the asker may remove. */
export type ObjectRetirementOrphanedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What was removed with an object, or would be. The counts are exact, and the lists complete, for what the asker may remove. */
export type ObjectRetirementRelationshipsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A subject to off-board. */
export type OffboardSubjectInput = {
  /** Whether to say only what would happen: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** A single subject, as in `user:ann`; subject sets that are rooted in it go with it. */
  readonly subject: Scalars['SubjectRef']['input'];
};

/** The outcome of `offboardSubject`. */
export type OffboardSubjectPayload = {
  readonly __typename?: 'OffboardSubjectPayload';
  /** The state that it left, or that the preview comes from; null on failure. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** What was taken, or would be; null on failure. */
  readonly offboarding?: Maybe<SubjectOffboarding>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** What to do about a relationship that exists already. */
export type OnDuplicate =
  /** Refuse the whole call. */
  | 'ERROR'
  /** Leave it as it is, if it has the same condition, beginning and end; otherwise refuse the whole call. */
  | 'IGNORE';

/** What to do about a relationship that does not exist. */
export type OnMissing =
  /** Refuse the whole call. */
  | 'ERROR'
  /** Do nothing about it. */
  | 'IGNORE';

/** A role on an object whose last permanent holder is to be off-boarded or retired. */
export type OrphanedRole = {
  readonly __typename?: 'OrphanedRole';
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The role. */
  readonly role: Scalars['String']['output'];
};

/** A page of roles that would be orphaned (Relay). */
export type OrphanedRoleConnection = {
  readonly __typename?: 'OrphanedRoleConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The roles of the page. */
  readonly edges: ReadonlyArray<OrphanedRoleEdge>;
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
};

/** A role that would be orphaned, in its page. */
export type OrphanedRoleEdge = {
  readonly __typename?: 'OrphanedRoleEdge';
  /** Where to go on after this one. */
  readonly cursor: Scalars['String']['output'];
  /** The role. */
  readonly node: OrphanedRole;
};

/** Where a page stands in its list (Relay). */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** The cursor of the last edge; null on an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there are more after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are more before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge; null on an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** Does this subject have this permission on this object? */
export type PermissionCheckInput = {
  /**
   * Values for the parameters of conditions. Those that only a request fills are refused: the clock is the database's, and
   * claims are the token's.
   */
  readonly context?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** A permission, or any relation, of the object's type. */
  readonly permission: Scalars['String']['input'];
  /** Who. */
  readonly subject: Scalars['SubjectRef']['input'];
};

/** The answer to one question. */
export type PermissionDecision = {
  readonly __typename?: 'PermissionDecision';
  /** True only when the permission is certain; false when it is denied, and also when there is an error. */
  readonly allowed: Scalars['Boolean']['output'];
  /** Why the question could not be decided; null when it was. */
  readonly error?: Maybe<DecisionError>;
};

/** Why a permission is there, or is not. */
export type PermissionExplanation = {
  readonly __typename?: 'PermissionExplanation';
  /** The state that it comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The decision. */
  readonly decision: PermissionDecision;
  /**
   * What all has to be so, where an agent asks about the one it acts for: that one has the permission, the agent has it too, and it
   * may act for that one. Where it may not, that is the only part; of the others it is told nothing. Empty for everybody else.
   */
  readonly parts: ReadonlyArray<ExplanationPart>;
  /** The same as data, in the order of the text: each step explains the last one before it that is less deep. */
  readonly steps: ReadonlyArray<ExplanationStep>;
  /**
   * For a denial: roles each of which would be enough by itself, found by asking the check; those that the asker may see. None
   * where there are `parts`: each of those has its own.
   */
  readonly sufficientRoles: ReadonlyArray<SufficientRole>;
  /** The whole explanation in words, line by line, for admins. */
  readonly text: Scalars['String']['output'];
};

/**
 * What the answers to some questions come to. It tells nobody what the answers are, and is made with a secret of the database: it can be
 * neither made up nor compared with that of another Postern.
 */
export type PermissionFingerprint = {
  readonly __typename?: 'PermissionFingerprint';
  /** The state that the questions were decided on: whatever is read with it is no older. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** The value, 43 characters. Only ever take it from an answer to your own question, never from what a client sends. */
  readonly value: Scalars['String']['output'];
};

/** A change to propose: relationships, or a model. */
export type ProposeChangeInput = {
  /** Relationships to delete, before anything is written; condition, beginning and end do not matter. */
  readonly deletes?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  /** What it rests on, line by line, for whoever decides on it: at most 20 lines of 1,000 characters. Nobody checks it. */
  readonly evidence?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Until when it is open, by the database's clock: at most 7 days from now, and so long if it is left out. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** A model to publish, instead of both. */
  readonly model?: InputMaybe<ProposedModelInput>;
  /**
   * What must be so when it is approved, besides that nothing has changed on its objects: at most 100. They tell what is there, so they need
   * the right to see who has access to each object that they name.
   */
  readonly preconditions?: InputMaybe<ReadonlyArray<AccessPreconditionInput>>;
  /** Why, for whoever decides on it and for the audit log: at most 1,000 characters. */
  readonly reason: Scalars['String']['input'];
  /** Relationships to write. With the deletes, at most 100. */
  readonly writes?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
};

/** The outcome of `proposeChange`. */
export type ProposeChangePayload = {
  readonly __typename?: 'ProposeChangePayload';
  /** The state that it is about; null when there are errors. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** What was proposed; null when there are errors. */
  readonly proposal?: Maybe<AccessProposal>;
  /** What is wrong with the input; empty when it was proposed. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** A model to publish. */
export type ProposedModelInput = {
  /** Whether to activate it at once when it is approved: no, if it is left out. */
  readonly activate?: InputMaybe<Scalars['Boolean']['input']>;
  /** The model as one text in OpenFGA's language, schema 1.1. */
  readonly dsl?: InputMaybe<Scalars['String']['input']>;
  /** The model as modules. */
  readonly modules?: InputMaybe<ReadonlyArray<AuthorizationModelModuleInput>>;
  /** What it must pass, as the text of an OpenFGA store file, for whoever decides on it: at most 100,000 characters. Nobody runs it here. */
  readonly tests?: InputMaybe<Scalars['String']['input']>;
};

/** A model to publish: either `dsl` or `modules`. */
export type PublishAuthorizationModelInput = {
  /** Whether to activate it at once: no, if it is left out. */
  readonly activate?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether to check it only, say what it would change and for whom, and store nothing: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** The model as one text in OpenFGA's language, schema 1.1. */
  readonly dsl?: InputMaybe<Scalars['String']['input']>;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The model as modules. */
  readonly modules?: InputMaybe<ReadonlyArray<AuthorizationModelModuleInput>>;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `publishAuthorizationModel`. */
export type PublishAuthorizationModelPayload = {
  readonly __typename?: 'PublishAuthorizationModelPayload';
  /** Carry it to questions that must see this write; null on failure. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** What changes from the active model to this one; null on failure, and when no model was active. */
  readonly diff?: Maybe<AuthorizationModelDiff>;
  /** With `dryRun`: what activating it would mean for the relationships of this moment. It is worked out before, and changes nothing. */
  readonly impact?: Maybe<AuthorizationModelImpact>;
  /** The published model; null on failure, and after a dry run. */
  readonly model?: Maybe<AuthorizationModel>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type Query = {
  readonly __typename?: 'Query';
  /**
   * One event of the audit log, as `accessAuditEvents` shows it to the same asker; null when there is none with this number, or none that
   * the asker may see.
   *
   * For subjects with the permission `can_read_audit_log` on the platform object; with an object also for those who have it on that object, and
   * then only an event that names it. A refusal is recorded as well.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly accessAuditEvent?: Maybe<AccessAuditEvent>;
  /**
   * The audit log, newest first: every change, every attempt at one that was denied, and what somebody was allowed by break-glass.
   *
   * For subjects with the permission `can_read_audit_log` on the platform object; with an object in the filter also for those
   * who have `can_read_audit_log` on that object, who see of its events what is about it. Where the type defines
   * `can_read_own_audit_log`, subjects without it see no event that records themselves. A refusal is recorded as well.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly accessAuditEvents: AccessAuditEventConnection;
  /**
   * The types of the model that are entities of the supergraph, and what they are called there: for clients that select what
   * `accessEntities` answers. For everybody with a token. Errors: `UNAUTHENTICATED`.
   */
  readonly accessEntityTypes: ReadonlyArray<AccessEntityType>;
  /**
   * The relationships that are stored, those that begin later as well, without those that have expired; in a stable order, which depends on the filter.
   *
   * For subjects with the permission `can_read_relationships` on the platform object.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly accessRelationships: AccessRelationshipConnection;
  /**
   * Who has which role on an object: since when, by whom, until when, and through which relationships. Every way to a role is
   * an entry of its own, whether it has an effect at the moment or not; subject sets are resolved to the subjects in them.
   *
   * For subjects with the permission `can_review_access` on the object, or `can_manage_access` where its type has no such
   * permission, or `can_read_relationships` on the platform object. Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`,
   * `UNKNOWN_TYPE`, `RESOLUTION_TOO_COMPLEX`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly accessReview: AccessReviewConnection;
  /**
   * The objects of a type that a subject has a permission on, in the order of their ids: an object is listed if and only if
   * the check allows it. There is no cap on the number of pages.
   *
   * For services with the permission `can_check_any_subject` on the platform object.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `UNKNOWN_TYPE`, `UNKNOWN_RELATION`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly accessibleObjects: AccessibleObjectConnection;
  /**
   * Where the audit log ends. Whoever keeps it elsewhere finds out later whether anything before it was changed: `postern audit verify`.
   *
   * For subjects with the permission `can_read_audit_log` on the platform object. A refusal is recorded as well.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly auditLogHead: AccessAuditLogHead;
  /**
   * A published authorization model; null when there is none with this id.
   *
   * For subjects with the permission `can_read_model` on the platform object.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly authorizationModel?: Maybe<AuthorizationModel>;
  /**
   * The published authorization models, the newest first: what there is to roll back to, who published it and when.
   *
   * For subjects with the permission `can_read_model` on the platform object.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly authorizationModels: AuthorizationModelConnection;
  /**
   * Answers up to 1,000 questions about any subjects, all from one committed state.
   *
   * For services with the permission `can_check_any_subject` on the platform object.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly checkPermissions: CheckPermissionsPayload;
  /**
   * Why a subject has a permission on an object, or why not, from the same evaluation that decides.
   *
   * Everybody may ask about themselves, and about others on an object whoever has `can_review_access` on it, or
   * `can_manage_access` where its type has no such permission: both without a context. Subjects with the permission
   * `can_check_any_subject` on the platform object ask about anybody, with one. What a decision rests on is shown to subjects
   * with the permission `can_read_relationships`, and to others as far as it is about relations that they could grant, or
   * about the object that they review; the rest is hidden, step by step.
   *
   * To an agent that asks about the one it acts for, the answer is that of the two together, in up to three `parts`.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly explainPermission: PermissionExplanation;
  /**
   * What somebody should look at of the access to an object: facts and counts of one state, the heaviest first, each with what is stored that
   * says so and the change that would end it. Nothing is judged, and nothing is kept: what is no longer so is no longer found.
   *
   * For subjects with the permission `can_review_access` on the object, or `can_manage_access` where its type has no such
   * permission, or `can_read_relationships` on the platform object; the same for the object of `insiders`. Errors: `UNAUTHENTICATED`,
   * `FORBIDDEN`, `BAD_USER_INPUT`, `UNKNOWN_TYPE`, `RESOLUTION_TOO_COMPLEX`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly findings: AccessFindingConnection;
  /**
   * Objects that relationships name, by the beginning of their ids and in the order of their bytes: for whoever looks for one.
   *
   * Nobody learns of an object here that a review or a list would not show them. With `within`, what a review of that object and of what belongs
   * to it would name, people and teams included: for those who may review it, as for `accessReview`; a refusal is recorded. Without it, all
   * objects for subjects with the permission `can_read_relationships` on the platform object, and for everybody else those that they may
   * review themselves. Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `UNKNOWN_TYPE`, `BAD_USER_INPUT`, `RESOLUTION_TOO_COMPLEX`,
   * `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly knownObjects: AccessKnownObjectConnection;
  /**
   * The roles of an object: what each of them means, who can be given it, and whether the asker may give it there. Offer what
   * `canGrant` says, and of the rest say what it `needs`.
   *
   * For whoever may review the object, as for `accessReview`, or give any relation of it. A refusal is recorded.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `UNKNOWN_TYPE`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly objectRoles: ReadonlyArray<AccessObjectRole>;
  /**
   * A change that somebody has proposed; null for everybody who has neither made it nor could decide on it, as if there were none.
   *
   * Errors: `UNAUTHENTICATED`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly proposal?: Maybe<AccessProposal>;
  /**
   * Proposed changes, the newest first: those that the caller has made, and those that the caller could decide on.
   *
   * A page may have fewer than were asked for, or none, and not be the last one: `hasNextPage` says it.
   * Errors: `UNAUTHENTICATED`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly proposals: AccessProposalConnection;
  /**
   * What a change of relationships would mean that nobody makes: who would be allowed what, who could give what they cannot, and who would
   * have two permissions together that nobody should. It is worked out on one state, and nothing is written. What is so already is no change,
   * and what is there with another condition, beginning or end is replaced.
   *
   * For subjects with the permission `can_review_access`, or `can_manage_access` where its type has no such permission, on each object of the
   * change or on what it belongs to, or `can_read_relationships` on the platform object; whether they could make the change or not. What
   * leads to others, a subject set or a link to another object, needs the right to make it, or the same right on what it leads to.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `UNKNOWN_TYPE`, `RESOLUTION_TOO_COMPLEX`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly simulateChange: AccessSimulation;
  /**
   * What a subject holds, directly and through sets that it is in, however deep they are nested: relationships, also those that take rights
   * away, in the order of their texts.
   *
   * Everything for subjects with the permission `can_read_relationships` on the platform object, and with `within` for those who may review
   * that object, as for `accessReview`. Everybody else sees what they may revoke, if some of what the subject holds directly is among it; a refusal
   * is recorded. Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `RESOLUTION_TOO_COMPLEX`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly subjectHoldings: SubjectHoldingConnection;
  /**
   * The subjects of a type that have a permission on an object: users, the wildcard, or subject sets.
   *
   * For whoever has `can_review_access` on the object, or `can_manage_access` where its type has no such permission, without
   * a context; and for subjects with the permission `can_check_any_subject` on the platform object, with one.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `UNKNOWN_TYPE`, `UNKNOWN_RELATION`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly subjectsWithAccess: AccessSubjectConnection;
  /**
   * Whoever makes this request, by the verified token of the request. Null when the request carries no token.
   * Anybody may ask. Errors: `UNAUTHENTICATED` when the token is not valid.
   */
  readonly viewer?: Maybe<Viewer>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryAccessAuditEventArgs = {
  consistency?: InputMaybe<CheckConsistencyInput>;
  id: Scalars['ID']['input'];
  object?: InputMaybe<Scalars['ObjectRef']['input']>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryAccessAuditEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  filter?: InputMaybe<AccessAuditEventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryAccessRelationshipsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  filter?: InputMaybe<AccessRelationshipFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryAccessReviewArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  filter?: InputMaybe<AccessReviewFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeContained?: InputMaybe<Scalars['Boolean']['input']>;
  object: Scalars['ObjectRef']['input'];
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryAccessibleObjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  context?: InputMaybe<Scalars['JSONObject']['input']>;
  contextualRelationships?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  permission: Scalars['String']['input'];
  subject: Scalars['SubjectRef']['input'];
  type: Scalars['String']['input'];
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryAuditLogHeadArgs = {
  consistency?: InputMaybe<CheckConsistencyInput>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryAuthorizationModelArgs = {
  consistency?: InputMaybe<CheckConsistencyInput>;
  id?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryAuthorizationModelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryCheckPermissionsArgs = {
  input: CheckPermissionsInput;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryExplainPermissionArgs = {
  consistency?: InputMaybe<CheckConsistencyInput>;
  context?: InputMaybe<Scalars['JSONObject']['input']>;
  contextualRelationships?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  object: Scalars['ObjectRef']['input'];
  permission: Scalars['String']['input'];
  subject: Scalars['SubjectRef']['input'];
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryFindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  days?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeContained?: InputMaybe<Scalars['Boolean']['input']>;
  insiders?: InputMaybe<Scalars['SubjectRef']['input']>;
  kinds?: InputMaybe<ReadonlyArray<AccessFindingKind>>;
  object: Scalars['ObjectRef']['input'];
  steps?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryKnownObjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  startsWith?: InputMaybe<Scalars['String']['input']>;
  type: Scalars['String']['input'];
  within?: InputMaybe<Scalars['ObjectRef']['input']>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryObjectRolesArgs = {
  consistency?: InputMaybe<CheckConsistencyInput>;
  object: Scalars['ObjectRef']['input'];
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryProposalArgs = {
  consistency?: InputMaybe<CheckConsistencyInput>;
  id: Scalars['ID']['input'];
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryProposalsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  mine?: InputMaybe<Scalars['Boolean']['input']>;
  object?: InputMaybe<Scalars['ObjectRef']['input']>;
  toDecide?: InputMaybe<Scalars['Boolean']['input']>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QuerySimulateChangeArgs = {
  consistency?: InputMaybe<CheckConsistencyInput>;
  input: SimulateChangeInput;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QuerySubjectHoldingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  subject: Scalars['SubjectRef']['input'];
  within?: InputMaybe<Scalars['ObjectRef']['input']>;
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QuerySubjectsWithAccessArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  consistency?: InputMaybe<CheckConsistencyInput>;
  context?: InputMaybe<Scalars['JSONObject']['input']>;
  contextualRelationships?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  object: Scalars['ObjectRef']['input'];
  permission: Scalars['String']['input'];
  subjectRelation?: InputMaybe<Scalars['String']['input']>;
  subjectType: Scalars['String']['input'];
};


/**
 * Besides its own errors, every field may answer `TOO_MANY_REQUESTS` (this caller has asked for too much in too short a time) or
 * `OVERLOADED` (the server does as much as it can already). Neither is a denial: `retryAfter` in the error's extensions says in how
 * many seconds to ask again, and `retryAfterMs` in milliseconds, which are not the same for all who are told so. And every field
 * that is asked with a consistency token, or after a cursor, may answer `HISTORY_DIVERGED`: see `ConsistencyToken`.
 */
export type QueryViewerArgs = {
  consistency?: InputMaybe<CheckConsistencyInput>;
};

/** A relationship that was written or deleted. */
export type RelationshipChange = {
  readonly __typename?: 'RelationshipChange';
  /** What happened to it. */
  readonly operation: RelationshipOperation;
  /** The relationship. */
  readonly relationship: ChangedRelationship;
};

/** What one revision changed. */
export type RelationshipChanges = {
  readonly __typename?: 'RelationshipChanges';
  /** The model that decides from this revision on; null when the revision did not activate one. */
  readonly activatedModel?: Maybe<Scalars['ID']['output']>;
  /** The relationships that were written and deleted, in this order. */
  readonly changes: ReadonlyArray<RelationshipChange>;
  /** The state with these changes; subscribe again after it to miss nothing and see nothing twice. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
};

/** What can happen to a relationship. */
export type RelationshipOperation =
  /** It is there no more. */
  | 'DELETE'
  /** It is there from now on, as it is here; one with the same object, relation and subject is replaced. */
  | 'WRITE';

/** An object to retire. */
export type RetireObjectInput = {
  /** Whether to say only what would happen: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The object, as in `track:42`; subject sets that are rooted in it go with it. */
  readonly object: Scalars['ObjectRef']['input'];
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `retireObject`. */
export type RetireObjectPayload = {
  readonly __typename?: 'RetireObjectPayload';
  /** The state that it left, or that the preview comes from; null on failure. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** What was removed, or would be; null on failure. */
  readonly retirement?: Maybe<ObjectRetirement>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** A role to take away. */
export type RevokeRoleInput = {
  /** Whether to try it only, say what it would mean for whom, and change nothing: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The role. */
  readonly role: Scalars['String']['input'];
  /** Who loses it. */
  readonly subject: Scalars['SubjectRef']['input'];
};

/** The outcome of `revokeRole`. */
export type RevokeRolePayload = {
  readonly __typename?: 'RevokeRolePayload';
  /** Carry it to questions that must see this write; null when nothing was deleted. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** With `dryRun`: what it would mean, and for whom; null otherwise, and on failure. */
  readonly preview?: Maybe<AccessPreview>;
  /** What was deleted; null when nothing was. */
  readonly relationship?: Maybe<AccessRelationship>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** A change that nobody makes. Deletes come first; at most 100 relationships. */
export type SimulateChangeInput = {
  /** Relationships that would be there no longer; condition, beginning and end do not matter. */
  readonly deletes?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  /**
   * Where to look as well: on this object and on everything that belongs to it, an organization for a change of one of its teams. Without it,
   * the objects of the change and what belongs to them are looked at. Either way, so are other objects that the change reaches, as far as you may
   * review them: where a team stands as a subject set, for a change of who is in it. What is left out of these is in `notExamined`.
   */
  readonly within?: InputMaybe<Scalars['ObjectRef']['input']>;
  /** Relationships that would be there. */
  readonly writes?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
};

/** Something that a subject holds. */
export type SubjectHolding = {
  readonly __typename?: 'SubjectHolding';
  /** Whether it is written for a set that the subject is in, as `team:eng#member`, and not for the subject itself. */
  readonly isThroughSet: Scalars['Boolean']['output'];
  /** The relationship: written for the subject, or for a set that it is in. */
  readonly relationship: AccessRelationship;
};

/** A page of what a subject holds (Relay). */
export type SubjectHoldingConnection = {
  readonly __typename?: 'SubjectHoldingConnection';
  /** The state that the page comes from. */
  readonly consistencyToken: Scalars['ConsistencyToken']['output'];
  /** What it holds. */
  readonly edges: ReadonlyArray<SubjectHoldingEdge>;
  /**
   * Whether all pages together have everything that the asker may see. False with more than 10,000 relationships or 1,000 sets of a kind, when
   * too much belongs to the object, and when it could not be decided whether the subject is in a set or whether the asker may see something.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
};

/** A holding in its page. */
export type SubjectHoldingEdge = {
  readonly __typename?: 'SubjectHoldingEdge';
  /** Where to go on after this one. */
  readonly cursor: Scalars['String']['output'];
  /** The holding. */
  readonly node: SubjectHolding;
};

/** What was taken from a subject, or would be. The counts are exact, and the lists complete, for what the asker may revoke. */
export type SubjectOffboarding = {
  readonly __typename?: 'SubjectOffboarding';
  /** Whether this is a preview, and nothing was changed. */
  readonly dryRun: Scalars['Boolean']['output'];
  /** Those objects; each of them makes the execution fail with `LAST_HOLDER`. */
  readonly orphaned: OrphanedRoleConnection;
  /** How many objects would lose the last permanent holder of a role that they must keep; 0 after the execution. */
  readonly orphanedCount: Scalars['Int']['output'];
  /** How many relationships it holds directly that were deleted, or would be. */
  readonly relationshipCount: Scalars['Int']['output'];
  /** What it holds directly: relationships of this very subject, and of subject sets that are rooted in it. */
  readonly relationships: AccessRelationshipConnection;
  /** The subject. */
  readonly subject: Scalars['SubjectRef']['output'];
  /** What it holds through teams and other subject sets, however deep they are nested; of a preview only. */
  readonly throughSets: AccessRelationshipConnection;
  /** Whether `throughSets` may lack something: more than 1,000 sets of a kind or 10,000 relationships, or an undecided membership. */
  readonly throughSetsAreCut: Scalars['Boolean']['output'];
  /** How many relationships it holds through sets; 0 after the execution. */
  readonly throughSetsCount: Scalars['Int']['output'];
};


/** What was taken from a subject, or would be. The counts are exact, and the lists complete, for what the asker may revoke. */
export type SubjectOffboardingOrphanedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What was taken from a subject, or would be. The counts are exact, and the lists complete, for what the asker may revoke. */
export type SubjectOffboardingRelationshipsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What was taken from a subject, or would be. The counts are exact, and the lists complete, for what the asker may revoke. */
export type SubjectOffboardingThroughSetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * Events of the audit log as they are appended, in their order and without a gap: those that `accessAuditEvents` lists for the same
   * filter and the same reader. Writes come at once, and refusals within some seconds. A client goes on after an interruption with the
   * cursor of the last one that it has dealt with; the cursor of the newest one of a list is good as well.
   *
   * For those who may read that list; it ends with an error when the right or the token of the subscriber ends. Served at
   * `/graphql/stream` (Server-Sent Events) and by WebSocket at `/graphql`.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `HISTORY_DIVERGED`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly accessAuditEventAdded: AccessAuditEventEdge;
  /**
   * What every write changes on an object and, if asked, on what belongs to it: one event for each revision that changed a
   * relationship there, or the active model, in commit order and without a gap. A client goes on after an interruption with the
   * token of the last event that it has dealt with. What expires is no write, and no event.
   *
   * It shows what a review of the object shows when it is read, by the same right: `can_review_access` on the object, or
   * `can_manage_access` where its type has no such permission, or `can_read_relationships` on the platform object. It ends with an
   * error when the right or the token of the subscriber ends. Served at `/graphql/stream` (Server-Sent Events) and by WebSocket at
   * `/graphql`.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `UNKNOWN_TYPE`, `BAD_USER_INPUT`, `RESOLUTION_TOO_COMPLEX`, `AUTHORIZATION_UNAVAILABLE`,
   * and `HISTORY_DIVERGED` when the database has lost what the token stands for: read everything anew then.
   */
  readonly accessChanges: RelationshipChanges;
  /**
   * What every write changes: one event for each revision that changed a relationship or the active model, in commit order
   * and without a gap. A client goes on after an interruption with the token of the last event that it has dealt with.
   * What begins or expires is no write, and no event: `startsAt` and `expiresAt` say it beforehand.
   *
   * For subjects with the permission `can_read_relationships` on the platform object; it ends with an error when the right
   * or the token of the subscriber ends. Served at `/graphql/stream` (Server-Sent Events) and by WebSocket at `/graphql`.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`, and `HISTORY_DIVERGED` when the database
   * has lost what the token stands for: read everything anew then.
   */
  readonly relationshipChanges: RelationshipChanges;
  /**
   * All permissions of the viewer on up to 100 objects: first as they are, then again whenever any of them differs, also
   * because a grant began or expired. Changes that follow each other closely may come as one.
   *
   * For everybody with a token; it ends with an error when the token ends. Served at `/graphql/stream` (Server-Sent Events)
   * and by WebSocket at `/graphql`.
   * Errors: `UNAUTHENTICATED`, `UNKNOWN_TYPE`, `BAD_USER_INPUT`, `HISTORY_DIVERGED`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly viewerPermissionsChanged: ReadonlyArray<ObjectPermissions>;
};


export type SubscriptionAccessAuditEventAddedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccessAuditEventFilter>;
};


export type SubscriptionAccessChangesArgs = {
  after?: InputMaybe<Scalars['ConsistencyToken']['input']>;
  includeContained?: InputMaybe<Scalars['Boolean']['input']>;
  object: Scalars['ObjectRef']['input'];
};


export type SubscriptionRelationshipChangesArgs = {
  after?: InputMaybe<Scalars['ConsistencyToken']['input']>;
};


export type SubscriptionViewerPermissionsChangedArgs = {
  consistency?: InputMaybe<CheckConsistencyInput>;
  objects: ReadonlyArray<Scalars['ObjectRef']['input']>;
};

/** A role that would be enough for a permission that was denied. */
export type SufficientRole = {
  readonly __typename?: 'SufficientRole';
  /** The object on which to assign it. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The role. */
  readonly role: Scalars['String']['output'];
};

/** A role to hand over. */
export type TransferRoleInput = {
  /** Whether to try it only, say what it would mean for whom, and change nothing: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Who holds it now. */
  readonly from: Scalars['SubjectRef']['input'];
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The role. */
  readonly role: Scalars['String']['input'];
  /** Who gets it. */
  readonly to: Scalars['SubjectRef']['input'];
};

/** The outcome of `transferRole`. */
export type TransferRolePayload = {
  readonly __typename?: 'TransferRolePayload';
  /** Carry it to questions that must see this write; null when nothing was written. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** With `dryRun`: what it would mean, and for whom; null otherwise, and on failure. */
  readonly preview?: Maybe<AccessPreview>;
  /** What its new holder has; null when nothing was transferred. */
  readonly relationship?: Maybe<AccessRelationship>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** An object on which a permission could not be decided. Treat it as not listed, and tell people that it may come back. */
export type UndecidedObject = {
  readonly __typename?: 'UndecidedObject';
  /** Why it could not be decided. */
  readonly error: DecisionError;
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
};

/** A permission that could not be decided. Treat it as denied, and tell people that it may come back. */
export type UndecidedPermission = {
  readonly __typename?: 'UndecidedPermission';
  /** Why it could not be decided. */
  readonly error: DecisionError;
  /** The permission. */
  readonly permission: Scalars['String']['output'];
};

/** A subject whose permission could not be decided. Treat it as not listed, and tell people that it may come back. */
export type UndecidedSubject = {
  readonly __typename?: 'UndecidedSubject';
  /** Why it could not be decided. */
  readonly error: DecisionError;
  /** The subject. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/**
 * Whoever makes the request, and what they may do. All permissions that are asked together come from one committed state; each list
 * comes from one of its own, and none is older than the request.
 */
export type Viewer = {
  readonly __typename?: 'Viewer';
  /**
   * Whether the viewer has a permission on an object.
   * Errors: `UNKNOWN_TYPE`, `UNKNOWN_RELATION`, `MISSING_CONTEXT`, `AUTHORIZATION_UNAVAILABLE`; an error is never a yes.
   */
  readonly can: Scalars['Boolean']['output'];
  /**
   * Answers up to 1,000 questions about the viewer, in their order. A question that cannot be decided has an error of its
   * own and leaves the others alone. The guard package asks this with the caller's own token.
   * Errors: `BAD_USER_INPUT`.
   */
  readonly decisions: ReadonlyArray<PermissionDecision>;
  /**
   * The objects of a type on which the viewer has a permission, in the order of their ids: one is listed if and only if the check allows
   * it. The same as the list of the type's entity, for clients that learn the names of types late.
   * Errors: `UNKNOWN_TYPE`, `UNKNOWN_RELATION`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly objects: AccessViewerObjectConnection;
  /**
   * The answers to up to 1,000 questions as one value, for keys of caches: equal for all viewers who have equal answers to the same questions, and
   * another one as soon as one answer is another. What is kept under it is for everybody who has it now, so ask with each request; asked
   * beside `decisions`, it costs no further question. Null, with an error, where one of the questions cannot be decided: keep nothing then.
   * Errors: `BAD_USER_INPUT`, and those of `decisions`.
   */
  readonly permissionFingerprint?: Maybe<PermissionFingerprint>;
  /**
   * All permissions of the viewer on up to 100 objects.
   * Errors: `UNKNOWN_TYPE`, `BAD_USER_INPUT`.
   */
  readonly permissions: ReadonlyArray<ObjectPermissions>;
  /** The subject that the token stands for, as in `user:ann`. */
  readonly subject: Scalars['SubjectRef']['output'];
};


/**
 * Whoever makes the request, and what they may do. All permissions that are asked together come from one committed state; each list
 * comes from one of its own, and none is older than the request.
 */
export type ViewerCanArgs = {
  object: Scalars['ObjectRef']['input'];
  permission: Scalars['String']['input'];
};


/**
 * Whoever makes the request, and what they may do. All permissions that are asked together come from one committed state; each list
 * comes from one of its own, and none is older than the request.
 */
export type ViewerDecisionsArgs = {
  checks: ReadonlyArray<ViewerCheckInput>;
};


/**
 * Whoever makes the request, and what they may do. All permissions that are asked together come from one committed state; each list
 * comes from one of its own, and none is older than the request.
 */
export type ViewerObjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  permission: Scalars['String']['input'];
  type: Scalars['String']['input'];
};


/**
 * Whoever makes the request, and what they may do. All permissions that are asked together come from one committed state; each list
 * comes from one of its own, and none is older than the request.
 */
export type ViewerPermissionFingerprintArgs = {
  checks: ReadonlyArray<ViewerCheckInput>;
};


/**
 * Whoever makes the request, and what they may do. All permissions that are asked together come from one committed state; each list
 * comes from one of its own, and none is older than the request.
 */
export type ViewerPermissionsArgs = {
  objects: ReadonlyArray<Scalars['ObjectRef']['input']>;
};

/** A question about the viewer. */
export type ViewerCheckInput = {
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** A permission, or any relation, of the object's type. */
  readonly permission: Scalars['String']['input'];
};

/** Relationships to write and delete in one step. */
export type WriteRelationshipsInput = {
  /** To delete; condition, beginning and end do not matter. */
  readonly deletes?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  /** Whether to try it only, say what it would mean for whom, and change nothing: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What a relationship that exists already means: `ERROR` if it is left out. */
  readonly onDuplicate?: InputMaybe<OnDuplicate>;
  /** What a relationship that does not exist means: `ERROR` if it is left out. */
  readonly onMissing?: InputMaybe<OnMissing>;
  /**
   * What must be so, or the whole call is refused: at most 100. They tell what is there, so they need `can_read_relationships` on the
   * platform object, or the right to grant each role that they name.
   */
  readonly preconditions?: InputMaybe<ReadonlyArray<AccessPreconditionInput>>;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** To write. */
  readonly writes?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
};

/** The outcome of `writeRelationships`. */
export type WriteRelationshipsPayload = {
  readonly __typename?: 'WriteRelationshipsPayload';
  /** Carry it to questions that must see this write; null on failure. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** How many relationships were deleted; null on failure. */
  readonly deleted?: Maybe<Scalars['Int']['output']>;
  /** With `dryRun`: what it would mean, and for whom; null otherwise, and on failure. */
  readonly preview?: Maybe<AccessPreview>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
  /** How many relationships were written; null on failure. */
  readonly written?: Maybe<Scalars['Int']['output']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccessAuditEvent: ResolverTypeWrapper<AuditedEvent>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AccessAuditEventConnection: ResolverTypeWrapper<Omit<AccessAuditEventConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AccessAuditEventEdge']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AccessAuditEventEdge: ResolverTypeWrapper<Omit<AccessAuditEventEdge, 'node'> & { node: ResolversTypes['AccessAuditEvent'] }>;
  AccessAuditEventFilter: AccessAuditEventFilter;
  AccessAuditLogHead: ResolverTypeWrapper<AccessAuditLogHead>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  AccessAuditOutcome: AccessAuditOutcome;
  AccessAuditRead: ResolverTypeWrapper<AccessAuditRead>;
  AccessAuditRelationship: ResolverTypeWrapper<AccessAuditRelationship>;
  AccessAuditState: ResolverTypeWrapper<AuditState>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AccessChange: ResolverTypeWrapper<Omit<AccessChange, 'deletes' | 'writes'> & { deletes: ReadonlyArray<ResolversTypes['ChangedRelationship']>, writes: ReadonlyArray<ResolversTypes['ChangedRelationship']> }>;
  AccessCondition: ResolverTypeWrapper<AccessCondition>;
  AccessConditionInput: AccessConditionInput;
  AccessEntityType: ResolverTypeWrapper<AccessEntityType>;
  AccessEscalation: ResolverTypeWrapper<AccessEscalation>;
  AccessEscalations: ResolverTypeWrapper<AccessEscalations>;
  AccessFinding: ResolverTypeWrapper<Omit<AccessFinding, 'change' | 'relationships'> & { change?: Maybe<ResolversTypes['AccessChange']>, relationships: ReadonlyArray<ResolversTypes['AccessRelationship']> }>;
  AccessFindingConnection: ResolverTypeWrapper<Omit<AccessFindingConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AccessFindingEdge']> }>;
  AccessFindingEdge: ResolverTypeWrapper<Omit<AccessFindingEdge, 'node'> & { node: ResolversTypes['AccessFinding'] }>;
  AccessFindingKind: AccessFindingKind;
  AccessKnownObjectConnection: ResolverTypeWrapper<AccessKnownObjectConnection>;
  AccessObjectRole: ResolverTypeWrapper<ObjectRole>;
  AccessPreconditionInput: AccessPreconditionInput;
  AccessPreview: ResolverTypeWrapper<Omit<AccessPreview, 'remainsThrough'> & { remainsThrough: ReadonlyArray<ResolversTypes['AccessPreviewWay']> }>;
  AccessPreviewBelow: ResolverTypeWrapper<AccessPreviewBelow>;
  AccessPreviewCount: ResolverTypeWrapper<AccessPreviewCount>;
  AccessPreviewExample: ResolverTypeWrapper<AccessPreviewExample>;
  AccessPreviewSubject: ResolverTypeWrapper<AccessPreviewSubject>;
  AccessPreviewWay: ResolverTypeWrapper<Omit<AccessPreviewWay, 'relationships'> & { relationships: ReadonlyArray<ResolversTypes['AccessRelationship']> }>;
  AccessProposal: ResolverTypeWrapper<Proposal>;
  AccessProposalConnection: ResolverTypeWrapper<Omit<AccessProposalConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AccessProposalEdge']> }>;
  AccessProposalEdge: ResolverTypeWrapper<Omit<AccessProposalEdge, 'node'> & { node: ResolversTypes['AccessProposal'] }>;
  AccessProposalState: AccessProposalState;
  AccessProposedModel: ResolverTypeWrapper<AccessProposedModel>;
  AccessProposedModelPreview: ResolverTypeWrapper<AccessProposedModelPreview>;
  AccessProposedPrecondition: ResolverTypeWrapper<Omit<AccessProposedPrecondition, 'relationship'> & { relationship: ResolversTypes['ChangedRelationship'] }>;
  AccessRelationship: ResolverTypeWrapper<RelationshipParent>;
  AccessRelationshipConnection: ResolverTypeWrapper<Omit<AccessRelationshipConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AccessRelationshipEdge']> }>;
  AccessRelationshipEdge: ResolverTypeWrapper<Omit<AccessRelationshipEdge, 'node'> & { node: ResolversTypes['AccessRelationship'] }>;
  AccessRelationshipFilter: AccessRelationshipFilter;
  AccessRelationshipInput: AccessRelationshipInput;
  AccessReviewConnection: ResolverTypeWrapper<Omit<AccessReviewConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AccessReviewEdge']> }>;
  AccessReviewEdge: ResolverTypeWrapper<Omit<AccessReviewEdge, 'node'> & { node: ResolversTypes['AccessReviewEntry'] }>;
  AccessReviewEntry: ResolverTypeWrapper<Omit<AccessReviewEntry, 'via'> & { via: ReadonlyArray<ResolversTypes['AccessRelationship']> }>;
  AccessReviewFilter: AccessReviewFilter;
  AccessReviewHoldingInput: AccessReviewHoldingInput;
  AccessRoleSheet: ResolverTypeWrapper<AccessRoleSheet>;
  AccessRoleSheetEntry: ResolverTypeWrapper<AccessRoleSheetEntry>;
  AccessRoleSubject: ResolverTypeWrapper<AccessRoleSubject>;
  AccessSimulation: ResolverTypeWrapper<Omit<AccessSimulation, 'problems'> & { problems: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  AccessSubjectConnection: ResolverTypeWrapper<AccessSubjectConnection>;
  AccessSubjectEdge: ResolverTypeWrapper<AccessSubjectEdge>;
  AccessToxicPair: ResolverTypeWrapper<AccessToxicPair>;
  AccessToxicPairs: ResolverTypeWrapper<AccessToxicPairs>;
  AccessUserError: ResolverTypeWrapper<Omit<AccessUserError, 'current'> & { current?: Maybe<ResolversTypes['AccessRelationship']> }>;
  AccessUserErrorCode: AccessUserErrorCode;
  AccessViewerObjectConnection: ResolverTypeWrapper<AccessViewerObjectConnection>;
  AccessibleObjectConnection: ResolverTypeWrapper<AccessibleObjectConnection>;
  AccessibleObjectEdge: ResolverTypeWrapper<AccessibleObjectEdge>;
  ActivateAuthorizationModelInput: ActivateAuthorizationModelInput;
  ActivateAuthorizationModelPayload: ResolverTypeWrapper<Omit<ActivateAuthorizationModelPayload, 'model' | 'userErrors'> & { model?: Maybe<ResolversTypes['AuthorizationModel']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  ApproveProposalInput: ApproveProposalInput;
  ApproveProposalPayload: ResolverTypeWrapper<Omit<ApproveProposalPayload, 'proposal' | 'userErrors'> & { proposal?: Maybe<ResolversTypes['AccessProposal']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  AuthorizationIgnoredRelationships: ResolverTypeWrapper<AuthorizationIgnoredRelationships>;
  AuthorizationImpactCount: ResolverTypeWrapper<AuthorizationImpactCount>;
  AuthorizationImpactExample: ResolverTypeWrapper<AuthorizationImpactExample>;
  AuthorizationModel: ResolverTypeWrapper<ModelParent>;
  AuthorizationModelChange: ResolverTypeWrapper<AuthorizationModelChange>;
  AuthorizationModelChangeKind: AuthorizationModelChangeKind;
  AuthorizationModelCondition: ResolverTypeWrapper<AuthorizationModelCondition>;
  AuthorizationModelConnection: ResolverTypeWrapper<Omit<AuthorizationModelConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AuthorizationModelEdge']> }>;
  AuthorizationModelDiff: ResolverTypeWrapper<AuthorizationModelDiff>;
  AuthorizationModelEdge: ResolverTypeWrapper<Omit<AuthorizationModelEdge, 'node'> & { node: ResolversTypes['AuthorizationModel'] }>;
  AuthorizationModelImpact: ResolverTypeWrapper<AuthorizationModelImpact>;
  AuthorizationModelModule: ResolverTypeWrapper<AuthorizationModelModule>;
  AuthorizationModelModuleInput: AuthorizationModelModuleInput;
  AuthorizationModelParameter: ResolverTypeWrapper<AuthorizationModelParameter>;
  AuthorizationModelPlace: ResolverTypeWrapper<AuthorizationModelPlace>;
  AuthorizationModelRelation: ResolverTypeWrapper<ModelRelationParent>;
  AuthorizationModelRelationKind: AuthorizationModelRelationKind;
  AuthorizationModelType: ResolverTypeWrapper<Omit<AuthorizationModelType, 'relations'> & { relations: ReadonlyArray<ResolversTypes['AuthorizationModelRelation']> }>;
  AuthorizationPermissionImpact: ResolverTypeWrapper<AuthorizationPermissionImpact>;
  AuthorizationPermissionName: ResolverTypeWrapper<AuthorizationPermissionName>;
  ChangedRelationship: ResolverTypeWrapper<RelationshipRecord>;
  CheckConsistencyInput: CheckConsistencyInput;
  CheckPermissionsInput: CheckPermissionsInput;
  CheckPermissionsPayload: ResolverTypeWrapper<CheckPermissionsPayload>;
  ConsistencyToken: ResolverTypeWrapper<Scalars['ConsistencyToken']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DecisionError: ResolverTypeWrapper<DecisionError>;
  EndProposalInput: EndProposalInput;
  EndProposalPayload: ResolverTypeWrapper<Omit<EndProposalPayload, 'proposal' | 'userErrors'> & { proposal?: Maybe<ResolversTypes['AccessProposal']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  ExplanationPart: ResolverTypeWrapper<ExplanationPart>;
  ExplanationPartKind: ExplanationPartKind;
  ExplanationStep: ResolverTypeWrapper<ExplanationStep>;
  ExplanationStepKind: ExplanationStepKind;
  ExtendGrantInput: ExtendGrantInput;
  ExtendGrantPayload: ResolverTypeWrapper<Omit<ExtendGrantPayload, 'preview' | 'relationship' | 'userErrors'> & { preview?: Maybe<ResolversTypes['AccessPreview']>, relationship?: Maybe<ResolversTypes['AccessRelationship']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  GrantRoleInput: GrantRoleInput;
  GrantRolePayload: ResolverTypeWrapper<Omit<GrantRolePayload, 'preview' | 'relationship' | 'userErrors'> & { preview?: Maybe<ResolversTypes['AccessPreview']>, relationship?: Maybe<ResolversTypes['AccessRelationship']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  IneffectiveReason: IneffectiveReason;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ObjectPermissions: ResolverTypeWrapper<ObjectPermissionsParent>;
  ObjectRef: ResolverTypeWrapper<Scalars['ObjectRef']['output']>;
  ObjectRetirement: ResolverTypeWrapper<RetirementParent>;
  OffboardSubjectInput: OffboardSubjectInput;
  OffboardSubjectPayload: ResolverTypeWrapper<Omit<OffboardSubjectPayload, 'offboarding' | 'userErrors'> & { offboarding?: Maybe<ResolversTypes['SubjectOffboarding']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  OnDuplicate: OnDuplicate;
  OnMissing: OnMissing;
  OrphanedRole: ResolverTypeWrapper<OrphanedRole>;
  OrphanedRoleConnection: ResolverTypeWrapper<OrphanedRoleConnection>;
  OrphanedRoleEdge: ResolverTypeWrapper<OrphanedRoleEdge>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PermissionCheckInput: PermissionCheckInput;
  PermissionDecision: ResolverTypeWrapper<PermissionDecision>;
  PermissionExplanation: ResolverTypeWrapper<PermissionExplanation>;
  PermissionFingerprint: ResolverTypeWrapper<PermissionFingerprint>;
  ProposeChangeInput: ProposeChangeInput;
  ProposeChangePayload: ResolverTypeWrapper<Omit<ProposeChangePayload, 'proposal' | 'userErrors'> & { proposal?: Maybe<ResolversTypes['AccessProposal']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  ProposedModelInput: ProposedModelInput;
  PublishAuthorizationModelInput: PublishAuthorizationModelInput;
  PublishAuthorizationModelPayload: ResolverTypeWrapper<Omit<PublishAuthorizationModelPayload, 'model' | 'userErrors'> & { model?: Maybe<ResolversTypes['AuthorizationModel']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RelationshipChange: ResolverTypeWrapper<Omit<RelationshipChange, 'relationship'> & { relationship: ResolversTypes['ChangedRelationship'] }>;
  RelationshipChanges: ResolverTypeWrapper<Omit<RelationshipChanges, 'changes'> & { changes: ReadonlyArray<ResolversTypes['RelationshipChange']> }>;
  RelationshipOperation: RelationshipOperation;
  RetireObjectInput: RetireObjectInput;
  RetireObjectPayload: ResolverTypeWrapper<Omit<RetireObjectPayload, 'retirement' | 'userErrors'> & { retirement?: Maybe<ResolversTypes['ObjectRetirement']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  RevokeRoleInput: RevokeRoleInput;
  RevokeRolePayload: ResolverTypeWrapper<Omit<RevokeRolePayload, 'preview' | 'relationship' | 'userErrors'> & { preview?: Maybe<ResolversTypes['AccessPreview']>, relationship?: Maybe<ResolversTypes['AccessRelationship']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  SimulateChangeInput: SimulateChangeInput;
  SubjectHolding: ResolverTypeWrapper<Omit<SubjectHolding, 'relationship'> & { relationship: ResolversTypes['AccessRelationship'] }>;
  SubjectHoldingConnection: ResolverTypeWrapper<Omit<SubjectHoldingConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['SubjectHoldingEdge']> }>;
  SubjectHoldingEdge: ResolverTypeWrapper<Omit<SubjectHoldingEdge, 'node'> & { node: ResolversTypes['SubjectHolding'] }>;
  SubjectOffboarding: ResolverTypeWrapper<OffboardingParent>;
  SubjectRef: ResolverTypeWrapper<Scalars['SubjectRef']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SufficientRole: ResolverTypeWrapper<SufficientRole>;
  TransferRoleInput: TransferRoleInput;
  TransferRolePayload: ResolverTypeWrapper<Omit<TransferRolePayload, 'preview' | 'relationship' | 'userErrors'> & { preview?: Maybe<ResolversTypes['AccessPreview']>, relationship?: Maybe<ResolversTypes['AccessRelationship']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  UndecidedObject: ResolverTypeWrapper<UndecidedObject>;
  UndecidedPermission: ResolverTypeWrapper<UndecidedPermission>;
  UndecidedSubject: ResolverTypeWrapper<UndecidedSubject>;
  Viewer: ResolverTypeWrapper<ViewerParent>;
  ViewerCheckInput: ViewerCheckInput;
  WriteRelationshipsInput: WriteRelationshipsInput;
  WriteRelationshipsPayload: ResolverTypeWrapper<Omit<WriteRelationshipsPayload, 'preview' | 'userErrors'> & { preview?: Maybe<ResolversTypes['AccessPreview']>, userErrors: ReadonlyArray<ResolversTypes['AccessUserError']> }>;
  postern__ObjectRef: ResolverTypeWrapper<Scalars['postern__ObjectRef']['output']>;
  postern__OnDeny: ResolverTypeWrapper<Scalars['postern__OnDeny']['output']>;
  postern__Permission: ResolverTypeWrapper<Scalars['postern__Permission']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessAuditEvent: AuditedEvent;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  AccessAuditEventConnection: Omit<AccessAuditEventConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AccessAuditEventEdge']> };
  Boolean: Scalars['Boolean']['output'];
  AccessAuditEventEdge: Omit<AccessAuditEventEdge, 'node'> & { node: ResolversParentTypes['AccessAuditEvent'] };
  AccessAuditEventFilter: AccessAuditEventFilter;
  AccessAuditLogHead: AccessAuditLogHead;
  Float: Scalars['Float']['output'];
  AccessAuditRead: AccessAuditRead;
  AccessAuditRelationship: AccessAuditRelationship;
  AccessAuditState: AuditState;
  Int: Scalars['Int']['output'];
  AccessChange: Omit<AccessChange, 'deletes' | 'writes'> & { deletes: ReadonlyArray<ResolversParentTypes['ChangedRelationship']>, writes: ReadonlyArray<ResolversParentTypes['ChangedRelationship']> };
  AccessCondition: AccessCondition;
  AccessConditionInput: AccessConditionInput;
  AccessEntityType: AccessEntityType;
  AccessEscalation: AccessEscalation;
  AccessEscalations: AccessEscalations;
  AccessFinding: Omit<AccessFinding, 'change' | 'relationships'> & { change?: Maybe<ResolversParentTypes['AccessChange']>, relationships: ReadonlyArray<ResolversParentTypes['AccessRelationship']> };
  AccessFindingConnection: Omit<AccessFindingConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AccessFindingEdge']> };
  AccessFindingEdge: Omit<AccessFindingEdge, 'node'> & { node: ResolversParentTypes['AccessFinding'] };
  AccessKnownObjectConnection: AccessKnownObjectConnection;
  AccessObjectRole: ObjectRole;
  AccessPreconditionInput: AccessPreconditionInput;
  AccessPreview: Omit<AccessPreview, 'remainsThrough'> & { remainsThrough: ReadonlyArray<ResolversParentTypes['AccessPreviewWay']> };
  AccessPreviewBelow: AccessPreviewBelow;
  AccessPreviewCount: AccessPreviewCount;
  AccessPreviewExample: AccessPreviewExample;
  AccessPreviewSubject: AccessPreviewSubject;
  AccessPreviewWay: Omit<AccessPreviewWay, 'relationships'> & { relationships: ReadonlyArray<ResolversParentTypes['AccessRelationship']> };
  AccessProposal: Proposal;
  AccessProposalConnection: Omit<AccessProposalConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AccessProposalEdge']> };
  AccessProposalEdge: Omit<AccessProposalEdge, 'node'> & { node: ResolversParentTypes['AccessProposal'] };
  AccessProposedModel: AccessProposedModel;
  AccessProposedModelPreview: AccessProposedModelPreview;
  AccessProposedPrecondition: Omit<AccessProposedPrecondition, 'relationship'> & { relationship: ResolversParentTypes['ChangedRelationship'] };
  AccessRelationship: RelationshipParent;
  AccessRelationshipConnection: Omit<AccessRelationshipConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AccessRelationshipEdge']> };
  AccessRelationshipEdge: Omit<AccessRelationshipEdge, 'node'> & { node: ResolversParentTypes['AccessRelationship'] };
  AccessRelationshipFilter: AccessRelationshipFilter;
  AccessRelationshipInput: AccessRelationshipInput;
  AccessReviewConnection: Omit<AccessReviewConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AccessReviewEdge']> };
  AccessReviewEdge: Omit<AccessReviewEdge, 'node'> & { node: ResolversParentTypes['AccessReviewEntry'] };
  AccessReviewEntry: Omit<AccessReviewEntry, 'via'> & { via: ReadonlyArray<ResolversParentTypes['AccessRelationship']> };
  AccessReviewFilter: AccessReviewFilter;
  AccessReviewHoldingInput: AccessReviewHoldingInput;
  AccessRoleSheet: AccessRoleSheet;
  AccessRoleSheetEntry: AccessRoleSheetEntry;
  AccessRoleSubject: AccessRoleSubject;
  AccessSimulation: Omit<AccessSimulation, 'problems'> & { problems: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  AccessSubjectConnection: AccessSubjectConnection;
  AccessSubjectEdge: AccessSubjectEdge;
  AccessToxicPair: AccessToxicPair;
  AccessToxicPairs: AccessToxicPairs;
  AccessUserError: Omit<AccessUserError, 'current'> & { current?: Maybe<ResolversParentTypes['AccessRelationship']> };
  AccessViewerObjectConnection: AccessViewerObjectConnection;
  AccessibleObjectConnection: AccessibleObjectConnection;
  AccessibleObjectEdge: AccessibleObjectEdge;
  ActivateAuthorizationModelInput: ActivateAuthorizationModelInput;
  ActivateAuthorizationModelPayload: Omit<ActivateAuthorizationModelPayload, 'model' | 'userErrors'> & { model?: Maybe<ResolversParentTypes['AuthorizationModel']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  ApproveProposalInput: ApproveProposalInput;
  ApproveProposalPayload: Omit<ApproveProposalPayload, 'proposal' | 'userErrors'> & { proposal?: Maybe<ResolversParentTypes['AccessProposal']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  AuthorizationIgnoredRelationships: AuthorizationIgnoredRelationships;
  AuthorizationImpactCount: AuthorizationImpactCount;
  AuthorizationImpactExample: AuthorizationImpactExample;
  AuthorizationModel: ModelParent;
  AuthorizationModelChange: AuthorizationModelChange;
  AuthorizationModelCondition: AuthorizationModelCondition;
  AuthorizationModelConnection: Omit<AuthorizationModelConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AuthorizationModelEdge']> };
  AuthorizationModelDiff: AuthorizationModelDiff;
  AuthorizationModelEdge: Omit<AuthorizationModelEdge, 'node'> & { node: ResolversParentTypes['AuthorizationModel'] };
  AuthorizationModelImpact: AuthorizationModelImpact;
  AuthorizationModelModule: AuthorizationModelModule;
  AuthorizationModelModuleInput: AuthorizationModelModuleInput;
  AuthorizationModelParameter: AuthorizationModelParameter;
  AuthorizationModelPlace: AuthorizationModelPlace;
  AuthorizationModelRelation: ModelRelationParent;
  AuthorizationModelType: Omit<AuthorizationModelType, 'relations'> & { relations: ReadonlyArray<ResolversParentTypes['AuthorizationModelRelation']> };
  AuthorizationPermissionImpact: AuthorizationPermissionImpact;
  AuthorizationPermissionName: AuthorizationPermissionName;
  ChangedRelationship: RelationshipRecord;
  CheckConsistencyInput: CheckConsistencyInput;
  CheckPermissionsInput: CheckPermissionsInput;
  CheckPermissionsPayload: CheckPermissionsPayload;
  ConsistencyToken: Scalars['ConsistencyToken']['output'];
  DateTime: Scalars['DateTime']['output'];
  DecisionError: DecisionError;
  EndProposalInput: EndProposalInput;
  EndProposalPayload: Omit<EndProposalPayload, 'proposal' | 'userErrors'> & { proposal?: Maybe<ResolversParentTypes['AccessProposal']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  ExplanationPart: ExplanationPart;
  ExplanationStep: ExplanationStep;
  ExtendGrantInput: ExtendGrantInput;
  ExtendGrantPayload: Omit<ExtendGrantPayload, 'preview' | 'relationship' | 'userErrors'> & { preview?: Maybe<ResolversParentTypes['AccessPreview']>, relationship?: Maybe<ResolversParentTypes['AccessRelationship']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  GrantRoleInput: GrantRoleInput;
  GrantRolePayload: Omit<GrantRolePayload, 'preview' | 'relationship' | 'userErrors'> & { preview?: Maybe<ResolversParentTypes['AccessPreview']>, relationship?: Maybe<ResolversParentTypes['AccessRelationship']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  JSONObject: Scalars['JSONObject']['output'];
  Mutation: Record<PropertyKey, never>;
  ObjectPermissions: ObjectPermissionsParent;
  ObjectRef: Scalars['ObjectRef']['output'];
  ObjectRetirement: RetirementParent;
  OffboardSubjectInput: OffboardSubjectInput;
  OffboardSubjectPayload: Omit<OffboardSubjectPayload, 'offboarding' | 'userErrors'> & { offboarding?: Maybe<ResolversParentTypes['SubjectOffboarding']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  OrphanedRole: OrphanedRole;
  OrphanedRoleConnection: OrphanedRoleConnection;
  OrphanedRoleEdge: OrphanedRoleEdge;
  PageInfo: PageInfo;
  PermissionCheckInput: PermissionCheckInput;
  PermissionDecision: PermissionDecision;
  PermissionExplanation: PermissionExplanation;
  PermissionFingerprint: PermissionFingerprint;
  ProposeChangeInput: ProposeChangeInput;
  ProposeChangePayload: Omit<ProposeChangePayload, 'proposal' | 'userErrors'> & { proposal?: Maybe<ResolversParentTypes['AccessProposal']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  ProposedModelInput: ProposedModelInput;
  PublishAuthorizationModelInput: PublishAuthorizationModelInput;
  PublishAuthorizationModelPayload: Omit<PublishAuthorizationModelPayload, 'model' | 'userErrors'> & { model?: Maybe<ResolversParentTypes['AuthorizationModel']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  Query: Record<PropertyKey, never>;
  RelationshipChange: Omit<RelationshipChange, 'relationship'> & { relationship: ResolversParentTypes['ChangedRelationship'] };
  RelationshipChanges: Omit<RelationshipChanges, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['RelationshipChange']> };
  RetireObjectInput: RetireObjectInput;
  RetireObjectPayload: Omit<RetireObjectPayload, 'retirement' | 'userErrors'> & { retirement?: Maybe<ResolversParentTypes['ObjectRetirement']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  RevokeRoleInput: RevokeRoleInput;
  RevokeRolePayload: Omit<RevokeRolePayload, 'preview' | 'relationship' | 'userErrors'> & { preview?: Maybe<ResolversParentTypes['AccessPreview']>, relationship?: Maybe<ResolversParentTypes['AccessRelationship']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  SimulateChangeInput: SimulateChangeInput;
  SubjectHolding: Omit<SubjectHolding, 'relationship'> & { relationship: ResolversParentTypes['AccessRelationship'] };
  SubjectHoldingConnection: Omit<SubjectHoldingConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['SubjectHoldingEdge']> };
  SubjectHoldingEdge: Omit<SubjectHoldingEdge, 'node'> & { node: ResolversParentTypes['SubjectHolding'] };
  SubjectOffboarding: OffboardingParent;
  SubjectRef: Scalars['SubjectRef']['output'];
  Subscription: Record<PropertyKey, never>;
  SufficientRole: SufficientRole;
  TransferRoleInput: TransferRoleInput;
  TransferRolePayload: Omit<TransferRolePayload, 'preview' | 'relationship' | 'userErrors'> & { preview?: Maybe<ResolversParentTypes['AccessPreview']>, relationship?: Maybe<ResolversParentTypes['AccessRelationship']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  UndecidedObject: UndecidedObject;
  UndecidedPermission: UndecidedPermission;
  UndecidedSubject: UndecidedSubject;
  Viewer: ViewerParent;
  ViewerCheckInput: ViewerCheckInput;
  WriteRelationshipsInput: WriteRelationshipsInput;
  WriteRelationshipsPayload: Omit<WriteRelationshipsPayload, 'preview' | 'userErrors'> & { preview?: Maybe<ResolversParentTypes['AccessPreview']>, userErrors: ReadonlyArray<ResolversParentTypes['AccessUserError']> };
  postern__ObjectRef: Scalars['postern__ObjectRef']['output'];
  postern__OnDeny: Scalars['postern__OnDeny']['output'];
  postern__Permission: Scalars['postern__Permission']['output'];
};

export type RequiresPermissionDirectiveArgs = {
  object?: Maybe<Scalars['postern__ObjectRef']['input']>;
  onDeny?: Maybe<Scalars['postern__OnDeny']['input']>;
  permission: Scalars['postern__Permission']['input'];
};

export type RequiresPermissionDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = RequiresPermissionDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccessAuditEventResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessAuditEvent'] = ResolversParentTypes['AccessAuditEvent']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  after?: Resolver<ResolversTypes['AccessAuditState'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  before?: Resolver<ResolversTypes['AccessAuditState'], ParentType, ContextType>;
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  delegate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  modelId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['AccessAuditOutcome'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AccessAuditEventConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessAuditEventConnection'] = ResolversParentTypes['AccessAuditEventConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessAuditEventEdge']>, ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccessAuditEventEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessAuditEventEdge'] = ResolversParentTypes['AccessAuditEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessAuditEvent'], ParentType, ContextType>;
};

export type AccessAuditLogHeadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessAuditLogHead'] = ResolversParentTypes['AccessAuditLogHead']> = {
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  length?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type AccessAuditReadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessAuditRead'] = ResolversParentTypes['AccessAuditRead']> = {
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessAuditRelationshipResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessAuditRelationship'] = ResolversParentTypes['AccessAuditRelationship']> = {
  condition?: Resolver<Maybe<ResolversTypes['AccessCondition']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessAuditStateResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessAuditState'] = ResolversParentTypes['AccessAuditState']> = {
  hiddenCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  modelIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  other?: Resolver<ReadonlyArray<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  reads?: Resolver<ReadonlyArray<ResolversTypes['AccessAuditRead']>, ParentType, ContextType>;
  relationships?: Resolver<ReadonlyArray<ResolversTypes['AccessAuditRelationship']>, ParentType, ContextType>;
};

export type AccessChangeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessChange'] = ResolversParentTypes['AccessChange']> = {
  deletes?: Resolver<ReadonlyArray<ResolversTypes['ChangedRelationship']>, ParentType, ContextType>;
  writes?: Resolver<ReadonlyArray<ResolversTypes['ChangedRelationship']>, ParentType, ContextType>;
};

export type AccessConditionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessCondition'] = ResolversParentTypes['AccessCondition']> = {
  context?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessEntityTypeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessEntityType'] = ResolversParentTypes['AccessEntityType']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  permissions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessEscalationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessEscalation'] = ResolversParentTypes['AccessEscalation']> = {
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  relations?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessEscalationsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessEscalations'] = ResolversParentTypes['AccessEscalations']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['AccessEscalation']>, ParentType, ContextType>;
};

export type AccessFindingResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessFinding'] = ResolversParentTypes['AccessFinding']> = {
  change?: Resolver<Maybe<ResolversTypes['AccessChange']>, ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AccessFindingKind'], ParentType, ContextType>;
  object?: Resolver<Maybe<ResolversTypes['ObjectRef']>, ParentType, ContextType>;
  of?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  relationships?: Resolver<ReadonlyArray<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessFindingConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessFindingConnection'] = ResolversParentTypes['AccessFindingConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessFindingEdge']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  notExamined?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccessFindingEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessFindingEdge'] = ResolversParentTypes['AccessFindingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessFinding'], ParentType, ContextType>;
};

export type AccessKnownObjectConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessKnownObjectConnection'] = ResolversParentTypes['AccessKnownObjectConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessibleObjectEdge']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccessObjectRoleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessObjectRole'] = ResolversParentTypes['AccessObjectRole']> = {
  canGrant?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['DecisionError']>, ParentType, ContextType>;
  gives?: Resolver<ResolversTypes['AccessRoleSheet'], ParentType, ContextType>;
  mustKeep?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  needs?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  noSelfGrant?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subjects?: Resolver<ReadonlyArray<ResolversTypes['AccessRoleSubject']>, ParentType, ContextType>;
  takesAway?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AccessPreviewResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessPreview'] = ResolversParentTypes['AccessPreview']> = {
  becameUndecided?: Resolver<ResolversTypes['AccessPreviewCount'], ParentType, ContextType>;
  gained?: Resolver<ResolversTypes['AccessPreviewCount'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['AccessPreviewCount'], ParentType, ContextType>;
  notShown?: Resolver<ReadonlyArray<ResolversTypes['ObjectRef']>, ParentType, ContextType>;
  remainsThrough?: Resolver<ReadonlyArray<ResolversTypes['AccessPreviewWay']>, ParentType, ContextType>;
  subjects?: Resolver<ReadonlyArray<ResolversTypes['AccessPreviewSubject']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessPreviewBelowResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessPreviewBelow'] = ResolversParentTypes['AccessPreviewBelow']> = {
  becameUndecided?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gained?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessPreviewCountResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessPreviewCount'] = ResolversParentTypes['AccessPreviewCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['AccessPreviewExample']>, ParentType, ContextType>;
};

export type AccessPreviewExampleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessPreviewExample'] = ResolversParentTypes['AccessPreviewExample']> = {
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessPreviewSubjectResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessPreviewSubject'] = ResolversParentTypes['AccessPreviewSubject']> = {
  becameUndecided?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  below?: Resolver<ReadonlyArray<ResolversTypes['AccessPreviewBelow']>, ParentType, ContextType>;
  gained?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  kept?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  lost?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessPreviewWayResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessPreviewWay'] = ResolversParentTypes['AccessPreviewWay']> = {
  isWhole?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  permissions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  relationships?: Resolver<ReadonlyArray<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessProposalResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessProposal'] = ResolversParentTypes['AccessProposal']> = {
  basedOn?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  delegate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletes?: Resolver<ReadonlyArray<ResolversTypes['ChangedRelationship']>, ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endedBy?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hindrance?: Resolver<Maybe<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['AccessProposedModel']>, ParentType, ContextType>;
  modelPreview?: Resolver<Maybe<ResolversTypes['AccessProposedModelPreview']>, ParentType, ContextType>;
  preconditions?: Resolver<ReadonlyArray<ResolversTypes['AccessProposedPrecondition']>, ParentType, ContextType>;
  proposer?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  simulation?: Resolver<Maybe<ResolversTypes['AccessSimulation']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['AccessProposalState'], ParentType, ContextType>;
  writes?: Resolver<ReadonlyArray<ResolversTypes['ChangedRelationship']>, ParentType, ContextType>;
};

export type AccessProposalConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessProposalConnection'] = ResolversParentTypes['AccessProposalConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessProposalEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccessProposalEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessProposalEdge'] = ResolversParentTypes['AccessProposalEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessProposal'], ParentType, ContextType>;
};

export type AccessProposedModelResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessProposedModel'] = ResolversParentTypes['AccessProposedModel']> = {
  activate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  dsl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  modules?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AuthorizationModelModule']>>, ParentType, ContextType>;
  tests?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AccessProposedModelPreviewResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessProposedModelPreview'] = ResolversParentTypes['AccessProposedModelPreview']> = {
  diff?: Resolver<Maybe<ResolversTypes['AuthorizationModelDiff']>, ParentType, ContextType>;
  impact?: Resolver<Maybe<ResolversTypes['AuthorizationModelImpact']>, ParentType, ContextType>;
};

export type AccessProposedPreconditionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessProposedPrecondition'] = ResolversParentTypes['AccessProposedPrecondition']> = {
  exists?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  relationship?: Resolver<ResolversTypes['ChangedRelationship'], ParentType, ContextType>;
};

export type AccessRelationshipResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessRelationship'] = ResolversParentTypes['AccessRelationship']> = {
  condition?: Resolver<Maybe<ResolversTypes['AccessCondition']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessRelationshipConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessRelationshipConnection'] = ResolversParentTypes['AccessRelationshipConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessRelationshipEdge']>, ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccessRelationshipEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessRelationshipEdge'] = ResolversParentTypes['AccessRelationshipEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessRelationship'], ParentType, ContextType>;
};

export type AccessReviewConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessReviewConnection'] = ResolversParentTypes['AccessReviewConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessReviewEdge']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  rightsComeFrom?: Resolver<ReadonlyArray<ResolversTypes['ObjectRef']>, ParentType, ContextType>;
};

export type AccessReviewEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessReviewEdge'] = ResolversParentTypes['AccessReviewEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessReviewEntry'], ParentType, ContextType>;
};

export type AccessReviewEntryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessReviewEntry'] = ResolversParentTypes['AccessReviewEntry']> = {
  conditions?: Resolver<ReadonlyArray<ResolversTypes['AccessCondition']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['DecisionError']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  grantedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  grantedBy?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  ineffectiveReason?: Resolver<Maybe<ResolversTypes['IneffectiveReason']>, ParentType, ContextType>;
  isConditional?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isEffective?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
  via?: Resolver<ReadonlyArray<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
};

export type AccessRoleSheetResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessRoleSheet'] = ResolversParentTypes['AccessRoleSheet']> = {
  below?: Resolver<ReadonlyArray<ResolversTypes['AccessRoleSheetEntry']>, ParentType, ContextType>;
  here?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AccessRoleSheetEntryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessRoleSheetEntry'] = ResolversParentTypes['AccessRoleSheetEntry']> = {
  permissions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessRoleSubjectResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessRoleSubject'] = ResolversParentTypes['AccessRoleSubject']> = {
  condition?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  parameters?: Resolver<ReadonlyArray<ResolversTypes['AuthorizationModelParameter']>, ParentType, ContextType>;
  relation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  wildcard?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AccessSimulationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessSimulation'] = ResolversParentTypes['AccessSimulation']> = {
  becameUndecided?: Resolver<ResolversTypes['AccessPreviewCount'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  escalations?: Resolver<ResolversTypes['AccessEscalations'], ParentType, ContextType>;
  gained?: Resolver<ResolversTypes['AccessPreviewCount'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['AccessPreviewCount'], ParentType, ContextType>;
  notExamined?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  toxicPairs?: Resolver<ResolversTypes['AccessToxicPairs'], ParentType, ContextType>;
};

export type AccessSubjectConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessSubjectConnection'] = ResolversParentTypes['AccessSubjectConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessSubjectEdge']>, ParentType, ContextType>;
  excluded?: Resolver<ReadonlyArray<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  stateAgeMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undecided?: Resolver<ReadonlyArray<ResolversTypes['UndecidedSubject']>, ParentType, ContextType>;
};

export type AccessSubjectEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessSubjectEdge'] = ResolversParentTypes['AccessSubjectEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessToxicPairResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessToxicPair'] = ResolversParentTypes['AccessToxicPair']> = {
  firstObject?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  firstPermission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  secondObject?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  secondPermission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessToxicPairsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessToxicPairs'] = ResolversParentTypes['AccessToxicPairs']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['AccessToxicPair']>, ParentType, ContextType>;
};

export type AccessUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessUserError'] = ResolversParentTypes['AccessUserError']> = {
  code?: Resolver<ResolversTypes['AccessUserErrorCode'], ParentType, ContextType>;
  current?: Resolver<Maybe<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  place?: Resolver<Maybe<ResolversTypes['AuthorizationModelPlace']>, ParentType, ContextType>;
};

export type AccessViewerObjectConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessViewerObjectConnection'] = ResolversParentTypes['AccessViewerObjectConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessibleObjectEdge']>, ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  stateAgeMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undecidedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccessibleObjectConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessibleObjectConnection'] = ResolversParentTypes['AccessibleObjectConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessibleObjectEdge']>, ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  stateAgeMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undecided?: Resolver<ReadonlyArray<ResolversTypes['UndecidedObject']>, ParentType, ContextType>;
};

export type AccessibleObjectEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessibleObjectEdge'] = ResolversParentTypes['AccessibleObjectEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
};

export type ActivateAuthorizationModelPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ActivateAuthorizationModelPayload'] = ResolversParentTypes['ActivateAuthorizationModelPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  diff?: Resolver<Maybe<ResolversTypes['AuthorizationModelDiff']>, ParentType, ContextType>;
  impact?: Resolver<Maybe<ResolversTypes['AuthorizationModelImpact']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['AuthorizationModel']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type ApproveProposalPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApproveProposalPayload'] = ResolversParentTypes['ApproveProposalPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  proposal?: Resolver<Maybe<ResolversTypes['AccessProposal']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type AuthorizationIgnoredRelationshipsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationIgnoredRelationships'] = ResolversParentTypes['AuthorizationIgnoredRelationships']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  examples?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AuthorizationImpactExample']>>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuthorizationImpactCountResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationImpactCount'] = ResolversParentTypes['AuthorizationImpactCount']> = {
  everybodyOf?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  examples?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AuthorizationImpactExample']>>, ParentType, ContextType>;
  objects?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subjects?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuthorizationImpactExampleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationImpactExample'] = ResolversParentTypes['AuthorizationImpactExample']> = {
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AuthorizationModelResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModel'] = ResolversParentTypes['AuthorizationModel']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  conditions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AuthorizationModelCondition']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  dsl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  modules?: Resolver<ReadonlyArray<ResolversTypes['AuthorizationModelModule']>, ParentType, ContextType>;
  types?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AuthorizationModelType']>>, ParentType, ContextType>;
};

export type AuthorizationModelChangeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelChange'] = ResolversParentTypes['AuthorizationModelChange']> = {
  addedSubjects?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  change?: Resolver<ResolversTypes['AuthorizationModelChangeKind'], ParentType, ContextType>;
  condition?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  relation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  removedSubjects?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuthorizationModelConditionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelCondition'] = ResolversParentTypes['AuthorizationModelCondition']> = {
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expression?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  module?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parameters?: Resolver<ReadonlyArray<ResolversTypes['AuthorizationModelParameter']>, ParentType, ContextType>;
};

export type AuthorizationModelConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelConnection'] = ResolversParentTypes['AuthorizationModelConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuthorizationModelEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuthorizationModelDiffResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelDiff'] = ResolversParentTypes['AuthorizationModelDiff']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['AuthorizationModelChange']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuthorizationModelEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelEdge'] = ResolversParentTypes['AuthorizationModelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuthorizationModel'], ParentType, ContextType>;
};

export type AuthorizationModelImpactResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelImpact'] = ResolversParentTypes['AuthorizationModelImpact']> = {
  ignoredRelationships?: Resolver<ReadonlyArray<ResolversTypes['AuthorizationIgnoredRelationships']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  notCompared?: Resolver<ReadonlyArray<ResolversTypes['AuthorizationPermissionName']>, ParentType, ContextType>;
  permissions?: Resolver<ReadonlyArray<ResolversTypes['AuthorizationPermissionImpact']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuthorizationModelModuleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelModule'] = ResolversParentTypes['AuthorizationModelModule']> = {
  dsl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuthorizationModelParameterResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelParameter'] = ResolversParentTypes['AuthorizationModelParameter']> = {
  isRuntime?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuthorizationModelPlaceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelPlace'] = ResolversParentTypes['AuthorizationModelPlace']> = {
  column?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  module?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuthorizationModelRelationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelRelation'] = ResolversParentTypes['AuthorizationModelRelation']> = {
  definition?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  gives?: Resolver<Maybe<ResolversTypes['AccessRoleSheet']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AuthorizationModelRelationKind'], ParentType, ContextType>;
  module?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subjects?: Resolver<ReadonlyArray<ResolversTypes['AccessRoleSubject']>, ParentType, ContextType>;
};

export type AuthorizationModelTypeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModelType'] = ResolversParentTypes['AuthorizationModelType']> = {
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  module?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  relations?: Resolver<ReadonlyArray<ResolversTypes['AuthorizationModelRelation']>, ParentType, ContextType>;
};

export type AuthorizationPermissionImpactResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationPermissionImpact'] = ResolversParentTypes['AuthorizationPermissionImpact']> = {
  becameUndecided?: Resolver<ResolversTypes['AuthorizationImpactCount'], ParentType, ContextType>;
  gained?: Resolver<ResolversTypes['AuthorizationImpactCount'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['AuthorizationImpactCount'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  wasUndecided?: Resolver<ResolversTypes['AuthorizationImpactCount'], ParentType, ContextType>;
};

export type AuthorizationPermissionNameResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationPermissionName'] = ResolversParentTypes['AuthorizationPermissionName']> = {
  permission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ChangedRelationshipResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ChangedRelationship'] = ResolversParentTypes['ChangedRelationship']> = {
  condition?: Resolver<Maybe<ResolversTypes['AccessCondition']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type CheckPermissionsPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CheckPermissionsPayload'] = ResolversParentTypes['CheckPermissionsPayload']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  decisions?: Resolver<ReadonlyArray<ResolversTypes['PermissionDecision']>, ParentType, ContextType>;
  stateAgeMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export interface ConsistencyTokenScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ConsistencyToken'], any> {
  name: 'ConsistencyToken';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecisionErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DecisionError'] = ResolversParentTypes['DecisionError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EndProposalPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EndProposalPayload'] = ResolversParentTypes['EndProposalPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  proposal?: Resolver<Maybe<ResolversTypes['AccessProposal']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type ExplanationPartResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ExplanationPart'] = ResolversParentTypes['ExplanationPart']> = {
  decision?: Resolver<ResolversTypes['PermissionDecision'], ParentType, ContextType>;
  isDeciding?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ExplanationPartKind'], ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['ExplanationStep']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
  sufficientRoles?: Resolver<ReadonlyArray<ResolversTypes['SufficientRole']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExplanationStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ExplanationStep'] = ResolversParentTypes['ExplanationStep']> = {
  condition?: Resolver<Maybe<ResolversTypes['AccessCondition']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  depth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ExplanationStepKind'], ParentType, ContextType>;
  object?: Resolver<Maybe<ResolversTypes['ObjectRef']>, ParentType, ContextType>;
  relation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExtendGrantPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ExtendGrantPayload'] = ResolversParentTypes['ExtendGrantPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['AccessPreview']>, ParentType, ContextType>;
  relationship?: Resolver<Maybe<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type GrantRolePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['GrantRolePayload'] = ResolversParentTypes['GrantRolePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['AccessPreview']>, ParentType, ContextType>;
  relationship?: Resolver<Maybe<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type MutationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  activateAuthorizationModel?: Resolver<ResolversTypes['ActivateAuthorizationModelPayload'], ParentType, ContextType, RequireFields<MutationActivateAuthorizationModelArgs, 'input'>>;
  approveProposal?: Resolver<ResolversTypes['ApproveProposalPayload'], ParentType, ContextType, RequireFields<MutationApproveProposalArgs, 'input'>>;
  extendGrant?: Resolver<ResolversTypes['ExtendGrantPayload'], ParentType, ContextType, RequireFields<MutationExtendGrantArgs, 'input'>>;
  grantRole?: Resolver<ResolversTypes['GrantRolePayload'], ParentType, ContextType, RequireFields<MutationGrantRoleArgs, 'input'>>;
  offboardSubject?: Resolver<ResolversTypes['OffboardSubjectPayload'], ParentType, ContextType, RequireFields<MutationOffboardSubjectArgs, 'input'>>;
  proposeChange?: Resolver<ResolversTypes['ProposeChangePayload'], ParentType, ContextType, RequireFields<MutationProposeChangeArgs, 'input'>>;
  publishAuthorizationModel?: Resolver<ResolversTypes['PublishAuthorizationModelPayload'], ParentType, ContextType, RequireFields<MutationPublishAuthorizationModelArgs, 'input'>>;
  rejectProposal?: Resolver<ResolversTypes['EndProposalPayload'], ParentType, ContextType, RequireFields<MutationRejectProposalArgs, 'input'>>;
  retireObject?: Resolver<ResolversTypes['RetireObjectPayload'], ParentType, ContextType, RequireFields<MutationRetireObjectArgs, 'input'>>;
  revokeRole?: Resolver<ResolversTypes['RevokeRolePayload'], ParentType, ContextType, RequireFields<MutationRevokeRoleArgs, 'input'>>;
  transferRole?: Resolver<ResolversTypes['TransferRolePayload'], ParentType, ContextType, RequireFields<MutationTransferRoleArgs, 'input'>>;
  withdrawProposal?: Resolver<ResolversTypes['EndProposalPayload'], ParentType, ContextType, RequireFields<MutationWithdrawProposalArgs, 'input'>>;
  writeRelationships?: Resolver<ResolversTypes['WriteRelationshipsPayload'], ParentType, ContextType, RequireFields<MutationWriteRelationshipsArgs, 'input'>>;
};

export type ObjectPermissionsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ObjectPermissions'] = ResolversParentTypes['ObjectPermissions']> = {
  granted?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  undecided?: Resolver<ReadonlyArray<ResolversTypes['UndecidedPermission']>, ParentType, ContextType>;
};

export interface ObjectRefScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ObjectRef'], any> {
  name: 'ObjectRef';
}

export type ObjectRetirementResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ObjectRetirement'] = ResolversParentTypes['ObjectRetirement']> = {
  dryRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  elsewhere?: Resolver<ResolversTypes['AccessRelationshipConnection'], ParentType, ContextType, Partial<ObjectRetirementElsewhereArgs>>;
  elsewhereCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  orphaned?: Resolver<ResolversTypes['OrphanedRoleConnection'], ParentType, ContextType, Partial<ObjectRetirementOrphanedArgs>>;
  orphanedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  relationshipCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  relationships?: Resolver<ResolversTypes['AccessRelationshipConnection'], ParentType, ContextType, Partial<ObjectRetirementRelationshipsArgs>>;
};

export type OffboardSubjectPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OffboardSubjectPayload'] = ResolversParentTypes['OffboardSubjectPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  offboarding?: Resolver<Maybe<ResolversTypes['SubjectOffboarding']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type OrphanedRoleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OrphanedRole'] = ResolversParentTypes['OrphanedRole']> = {
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrphanedRoleConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OrphanedRoleConnection'] = ResolversParentTypes['OrphanedRoleConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrphanedRoleEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrphanedRoleEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OrphanedRoleEdge'] = ResolversParentTypes['OrphanedRoleEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OrphanedRole'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PermissionDecisionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PermissionDecision'] = ResolversParentTypes['PermissionDecision']> = {
  allowed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['DecisionError']>, ParentType, ContextType>;
};

export type PermissionExplanationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PermissionExplanation'] = ResolversParentTypes['PermissionExplanation']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['PermissionDecision'], ParentType, ContextType>;
  parts?: Resolver<ReadonlyArray<ResolversTypes['ExplanationPart']>, ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['ExplanationStep']>, ParentType, ContextType>;
  sufficientRoles?: Resolver<ReadonlyArray<ResolversTypes['SufficientRole']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PermissionFingerprintResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PermissionFingerprint'] = ResolversParentTypes['PermissionFingerprint']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProposeChangePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ProposeChangePayload'] = ResolversParentTypes['ProposeChangePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  proposal?: Resolver<Maybe<ResolversTypes['AccessProposal']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type PublishAuthorizationModelPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PublishAuthorizationModelPayload'] = ResolversParentTypes['PublishAuthorizationModelPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  diff?: Resolver<Maybe<ResolversTypes['AuthorizationModelDiff']>, ParentType, ContextType>;
  impact?: Resolver<Maybe<ResolversTypes['AuthorizationModelImpact']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['AuthorizationModel']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  accessAuditEvent?: Resolver<Maybe<ResolversTypes['AccessAuditEvent']>, ParentType, ContextType, RequireFields<QueryAccessAuditEventArgs, 'id'>>;
  accessAuditEvents?: Resolver<ResolversTypes['AccessAuditEventConnection'], ParentType, ContextType, Partial<QueryAccessAuditEventsArgs>>;
  accessEntityTypes?: Resolver<ReadonlyArray<ResolversTypes['AccessEntityType']>, ParentType, ContextType>;
  accessRelationships?: Resolver<ResolversTypes['AccessRelationshipConnection'], ParentType, ContextType, Partial<QueryAccessRelationshipsArgs>>;
  accessReview?: Resolver<ResolversTypes['AccessReviewConnection'], ParentType, ContextType, RequireFields<QueryAccessReviewArgs, 'object'>>;
  accessibleObjects?: Resolver<ResolversTypes['AccessibleObjectConnection'], ParentType, ContextType, RequireFields<QueryAccessibleObjectsArgs, 'permission' | 'subject' | 'type'>>;
  auditLogHead?: Resolver<ResolversTypes['AccessAuditLogHead'], ParentType, ContextType, Partial<QueryAuditLogHeadArgs>>;
  authorizationModel?: Resolver<Maybe<ResolversTypes['AuthorizationModel']>, ParentType, ContextType, Partial<QueryAuthorizationModelArgs>>;
  authorizationModels?: Resolver<ResolversTypes['AuthorizationModelConnection'], ParentType, ContextType, Partial<QueryAuthorizationModelsArgs>>;
  checkPermissions?: Resolver<ResolversTypes['CheckPermissionsPayload'], ParentType, ContextType, RequireFields<QueryCheckPermissionsArgs, 'input'>>;
  explainPermission?: Resolver<ResolversTypes['PermissionExplanation'], ParentType, ContextType, RequireFields<QueryExplainPermissionArgs, 'object' | 'permission' | 'subject'>>;
  findings?: Resolver<ResolversTypes['AccessFindingConnection'], ParentType, ContextType, RequireFields<QueryFindingsArgs, 'object'>>;
  knownObjects?: Resolver<ResolversTypes['AccessKnownObjectConnection'], ParentType, ContextType, RequireFields<QueryKnownObjectsArgs, 'type'>>;
  objectRoles?: Resolver<ReadonlyArray<ResolversTypes['AccessObjectRole']>, ParentType, ContextType, RequireFields<QueryObjectRolesArgs, 'object'>>;
  proposal?: Resolver<Maybe<ResolversTypes['AccessProposal']>, ParentType, ContextType, RequireFields<QueryProposalArgs, 'id'>>;
  proposals?: Resolver<ResolversTypes['AccessProposalConnection'], ParentType, ContextType, Partial<QueryProposalsArgs>>;
  simulateChange?: Resolver<ResolversTypes['AccessSimulation'], ParentType, ContextType, RequireFields<QuerySimulateChangeArgs, 'input'>>;
  subjectHoldings?: Resolver<ResolversTypes['SubjectHoldingConnection'], ParentType, ContextType, RequireFields<QuerySubjectHoldingsArgs, 'subject'>>;
  subjectsWithAccess?: Resolver<ResolversTypes['AccessSubjectConnection'], ParentType, ContextType, RequireFields<QuerySubjectsWithAccessArgs, 'object' | 'permission' | 'subjectType'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType, Partial<QueryViewerArgs>>;
};

export type RelationshipChangeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RelationshipChange'] = ResolversParentTypes['RelationshipChange']> = {
  operation?: Resolver<ResolversTypes['RelationshipOperation'], ParentType, ContextType>;
  relationship?: Resolver<ResolversTypes['ChangedRelationship'], ParentType, ContextType>;
};

export type RelationshipChangesResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RelationshipChanges'] = ResolversParentTypes['RelationshipChanges']> = {
  activatedModel?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['RelationshipChange']>, ParentType, ContextType>;
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
};

export type RetireObjectPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RetireObjectPayload'] = ResolversParentTypes['RetireObjectPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  retirement?: Resolver<Maybe<ResolversTypes['ObjectRetirement']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type RevokeRolePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RevokeRolePayload'] = ResolversParentTypes['RevokeRolePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['AccessPreview']>, ParentType, ContextType>;
  relationship?: Resolver<Maybe<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type SubjectHoldingResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SubjectHolding'] = ResolversParentTypes['SubjectHolding']> = {
  isThroughSet?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  relationship?: Resolver<ResolversTypes['AccessRelationship'], ParentType, ContextType>;
};

export type SubjectHoldingConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SubjectHoldingConnection'] = ResolversParentTypes['SubjectHoldingConnection']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['SubjectHoldingEdge']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SubjectHoldingEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SubjectHoldingEdge'] = ResolversParentTypes['SubjectHoldingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SubjectHolding'], ParentType, ContextType>;
};

export type SubjectOffboardingResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SubjectOffboarding'] = ResolversParentTypes['SubjectOffboarding']> = {
  dryRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  orphaned?: Resolver<ResolversTypes['OrphanedRoleConnection'], ParentType, ContextType, Partial<SubjectOffboardingOrphanedArgs>>;
  orphanedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  relationshipCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  relationships?: Resolver<ResolversTypes['AccessRelationshipConnection'], ParentType, ContextType, Partial<SubjectOffboardingRelationshipsArgs>>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
  throughSets?: Resolver<ResolversTypes['AccessRelationshipConnection'], ParentType, ContextType, Partial<SubjectOffboardingThroughSetsArgs>>;
  throughSetsAreCut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  throughSetsCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export interface SubjectRefScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SubjectRef'], any> {
  name: 'SubjectRef';
}

export type SubscriptionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  accessAuditEventAdded?: SubscriptionResolver<ResolversTypes['AccessAuditEventEdge'], "accessAuditEventAdded", ParentType, ContextType, Partial<SubscriptionAccessAuditEventAddedArgs>>;
  accessChanges?: SubscriptionResolver<ResolversTypes['RelationshipChanges'], "accessChanges", ParentType, ContextType, RequireFields<SubscriptionAccessChangesArgs, 'object'>>;
  relationshipChanges?: SubscriptionResolver<ResolversTypes['RelationshipChanges'], "relationshipChanges", ParentType, ContextType, Partial<SubscriptionRelationshipChangesArgs>>;
  viewerPermissionsChanged?: SubscriptionResolver<ReadonlyArray<ResolversTypes['ObjectPermissions']>, "viewerPermissionsChanged", ParentType, ContextType, RequireFields<SubscriptionViewerPermissionsChangedArgs, 'objects'>>;
};

export type SufficientRoleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SufficientRole'] = ResolversParentTypes['SufficientRole']> = {
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TransferRolePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TransferRolePayload'] = ResolversParentTypes['TransferRolePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['AccessPreview']>, ParentType, ContextType>;
  relationship?: Resolver<Maybe<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type UndecidedObjectResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UndecidedObject'] = ResolversParentTypes['UndecidedObject']> = {
  error?: Resolver<ResolversTypes['DecisionError'], ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
};

export type UndecidedPermissionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UndecidedPermission'] = ResolversParentTypes['UndecidedPermission']> = {
  error?: Resolver<ResolversTypes['DecisionError'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UndecidedSubjectResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UndecidedSubject'] = ResolversParentTypes['UndecidedSubject']> = {
  error?: Resolver<ResolversTypes['DecisionError'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  can?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<ViewerCanArgs, 'object' | 'permission'>>;
  decisions?: Resolver<ReadonlyArray<ResolversTypes['PermissionDecision']>, ParentType, ContextType, RequireFields<ViewerDecisionsArgs, 'checks'>>;
  objects?: Resolver<ResolversTypes['AccessViewerObjectConnection'], ParentType, ContextType, RequireFields<ViewerObjectsArgs, 'permission' | 'type'>>;
  permissionFingerprint?: Resolver<Maybe<ResolversTypes['PermissionFingerprint']>, ParentType, ContextType, RequireFields<ViewerPermissionFingerprintArgs, 'checks'>>;
  permissions?: Resolver<ReadonlyArray<ResolversTypes['ObjectPermissions']>, ParentType, ContextType, RequireFields<ViewerPermissionsArgs, 'objects'>>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type WriteRelationshipsPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WriteRelationshipsPayload'] = ResolversParentTypes['WriteRelationshipsPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  deleted?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['AccessPreview']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
  written?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export interface Postern__ObjectRefScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['postern__ObjectRef'], any> {
  name: 'postern__ObjectRef';
}

export interface Postern__OnDenyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['postern__OnDeny'], any> {
  name: 'postern__OnDeny';
}

export interface Postern__PermissionScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['postern__Permission'], any> {
  name: 'postern__Permission';
}

export type Resolvers<ContextType = RequestContext> = {
  AccessAuditEvent?: AccessAuditEventResolvers<ContextType>;
  AccessAuditEventConnection?: AccessAuditEventConnectionResolvers<ContextType>;
  AccessAuditEventEdge?: AccessAuditEventEdgeResolvers<ContextType>;
  AccessAuditLogHead?: AccessAuditLogHeadResolvers<ContextType>;
  AccessAuditRead?: AccessAuditReadResolvers<ContextType>;
  AccessAuditRelationship?: AccessAuditRelationshipResolvers<ContextType>;
  AccessAuditState?: AccessAuditStateResolvers<ContextType>;
  AccessChange?: AccessChangeResolvers<ContextType>;
  AccessCondition?: AccessConditionResolvers<ContextType>;
  AccessEntityType?: AccessEntityTypeResolvers<ContextType>;
  AccessEscalation?: AccessEscalationResolvers<ContextType>;
  AccessEscalations?: AccessEscalationsResolvers<ContextType>;
  AccessFinding?: AccessFindingResolvers<ContextType>;
  AccessFindingConnection?: AccessFindingConnectionResolvers<ContextType>;
  AccessFindingEdge?: AccessFindingEdgeResolvers<ContextType>;
  AccessKnownObjectConnection?: AccessKnownObjectConnectionResolvers<ContextType>;
  AccessObjectRole?: AccessObjectRoleResolvers<ContextType>;
  AccessPreview?: AccessPreviewResolvers<ContextType>;
  AccessPreviewBelow?: AccessPreviewBelowResolvers<ContextType>;
  AccessPreviewCount?: AccessPreviewCountResolvers<ContextType>;
  AccessPreviewExample?: AccessPreviewExampleResolvers<ContextType>;
  AccessPreviewSubject?: AccessPreviewSubjectResolvers<ContextType>;
  AccessPreviewWay?: AccessPreviewWayResolvers<ContextType>;
  AccessProposal?: AccessProposalResolvers<ContextType>;
  AccessProposalConnection?: AccessProposalConnectionResolvers<ContextType>;
  AccessProposalEdge?: AccessProposalEdgeResolvers<ContextType>;
  AccessProposedModel?: AccessProposedModelResolvers<ContextType>;
  AccessProposedModelPreview?: AccessProposedModelPreviewResolvers<ContextType>;
  AccessProposedPrecondition?: AccessProposedPreconditionResolvers<ContextType>;
  AccessRelationship?: AccessRelationshipResolvers<ContextType>;
  AccessRelationshipConnection?: AccessRelationshipConnectionResolvers<ContextType>;
  AccessRelationshipEdge?: AccessRelationshipEdgeResolvers<ContextType>;
  AccessReviewConnection?: AccessReviewConnectionResolvers<ContextType>;
  AccessReviewEdge?: AccessReviewEdgeResolvers<ContextType>;
  AccessReviewEntry?: AccessReviewEntryResolvers<ContextType>;
  AccessRoleSheet?: AccessRoleSheetResolvers<ContextType>;
  AccessRoleSheetEntry?: AccessRoleSheetEntryResolvers<ContextType>;
  AccessRoleSubject?: AccessRoleSubjectResolvers<ContextType>;
  AccessSimulation?: AccessSimulationResolvers<ContextType>;
  AccessSubjectConnection?: AccessSubjectConnectionResolvers<ContextType>;
  AccessSubjectEdge?: AccessSubjectEdgeResolvers<ContextType>;
  AccessToxicPair?: AccessToxicPairResolvers<ContextType>;
  AccessToxicPairs?: AccessToxicPairsResolvers<ContextType>;
  AccessUserError?: AccessUserErrorResolvers<ContextType>;
  AccessViewerObjectConnection?: AccessViewerObjectConnectionResolvers<ContextType>;
  AccessibleObjectConnection?: AccessibleObjectConnectionResolvers<ContextType>;
  AccessibleObjectEdge?: AccessibleObjectEdgeResolvers<ContextType>;
  ActivateAuthorizationModelPayload?: ActivateAuthorizationModelPayloadResolvers<ContextType>;
  ApproveProposalPayload?: ApproveProposalPayloadResolvers<ContextType>;
  AuthorizationIgnoredRelationships?: AuthorizationIgnoredRelationshipsResolvers<ContextType>;
  AuthorizationImpactCount?: AuthorizationImpactCountResolvers<ContextType>;
  AuthorizationImpactExample?: AuthorizationImpactExampleResolvers<ContextType>;
  AuthorizationModel?: AuthorizationModelResolvers<ContextType>;
  AuthorizationModelChange?: AuthorizationModelChangeResolvers<ContextType>;
  AuthorizationModelCondition?: AuthorizationModelConditionResolvers<ContextType>;
  AuthorizationModelConnection?: AuthorizationModelConnectionResolvers<ContextType>;
  AuthorizationModelDiff?: AuthorizationModelDiffResolvers<ContextType>;
  AuthorizationModelEdge?: AuthorizationModelEdgeResolvers<ContextType>;
  AuthorizationModelImpact?: AuthorizationModelImpactResolvers<ContextType>;
  AuthorizationModelModule?: AuthorizationModelModuleResolvers<ContextType>;
  AuthorizationModelParameter?: AuthorizationModelParameterResolvers<ContextType>;
  AuthorizationModelPlace?: AuthorizationModelPlaceResolvers<ContextType>;
  AuthorizationModelRelation?: AuthorizationModelRelationResolvers<ContextType>;
  AuthorizationModelType?: AuthorizationModelTypeResolvers<ContextType>;
  AuthorizationPermissionImpact?: AuthorizationPermissionImpactResolvers<ContextType>;
  AuthorizationPermissionName?: AuthorizationPermissionNameResolvers<ContextType>;
  ChangedRelationship?: ChangedRelationshipResolvers<ContextType>;
  CheckPermissionsPayload?: CheckPermissionsPayloadResolvers<ContextType>;
  ConsistencyToken?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DecisionError?: DecisionErrorResolvers<ContextType>;
  EndProposalPayload?: EndProposalPayloadResolvers<ContextType>;
  ExplanationPart?: ExplanationPartResolvers<ContextType>;
  ExplanationStep?: ExplanationStepResolvers<ContextType>;
  ExtendGrantPayload?: ExtendGrantPayloadResolvers<ContextType>;
  GrantRolePayload?: GrantRolePayloadResolvers<ContextType>;
  JSONObject?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  ObjectPermissions?: ObjectPermissionsResolvers<ContextType>;
  ObjectRef?: GraphQLScalarType;
  ObjectRetirement?: ObjectRetirementResolvers<ContextType>;
  OffboardSubjectPayload?: OffboardSubjectPayloadResolvers<ContextType>;
  OrphanedRole?: OrphanedRoleResolvers<ContextType>;
  OrphanedRoleConnection?: OrphanedRoleConnectionResolvers<ContextType>;
  OrphanedRoleEdge?: OrphanedRoleEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PermissionDecision?: PermissionDecisionResolvers<ContextType>;
  PermissionExplanation?: PermissionExplanationResolvers<ContextType>;
  PermissionFingerprint?: PermissionFingerprintResolvers<ContextType>;
  ProposeChangePayload?: ProposeChangePayloadResolvers<ContextType>;
  PublishAuthorizationModelPayload?: PublishAuthorizationModelPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RelationshipChange?: RelationshipChangeResolvers<ContextType>;
  RelationshipChanges?: RelationshipChangesResolvers<ContextType>;
  RetireObjectPayload?: RetireObjectPayloadResolvers<ContextType>;
  RevokeRolePayload?: RevokeRolePayloadResolvers<ContextType>;
  SubjectHolding?: SubjectHoldingResolvers<ContextType>;
  SubjectHoldingConnection?: SubjectHoldingConnectionResolvers<ContextType>;
  SubjectHoldingEdge?: SubjectHoldingEdgeResolvers<ContextType>;
  SubjectOffboarding?: SubjectOffboardingResolvers<ContextType>;
  SubjectRef?: GraphQLScalarType;
  Subscription?: SubscriptionResolvers<ContextType>;
  SufficientRole?: SufficientRoleResolvers<ContextType>;
  TransferRolePayload?: TransferRolePayloadResolvers<ContextType>;
  UndecidedObject?: UndecidedObjectResolvers<ContextType>;
  UndecidedPermission?: UndecidedPermissionResolvers<ContextType>;
  UndecidedSubject?: UndecidedSubjectResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  WriteRelationshipsPayload?: WriteRelationshipsPayloadResolvers<ContextType>;
  postern__ObjectRef?: GraphQLScalarType;
  postern__OnDeny?: GraphQLScalarType;
  postern__Permission?: GraphQLScalarType;
};

export type DirectiveResolvers<ContextType = RequestContext> = {
  requiresPermission?: RequiresPermissionDirectiveResolver<any, any, ContextType>;
};
