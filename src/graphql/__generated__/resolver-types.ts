import type { ConsistencyToken } from '../../model/consistency-token.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { ObjectRefOutput } from '../scalars.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { SubjectRefOutput } from '../scalars.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Viewer as ViewerParent } from '../../operations/actor.ts';
import type { RelationshipParent } from '../access-relationship.ts';
import type { ObjectPermissionsParent } from '../object-permissions.ts';
import type { ModelParent } from '../authorization-model.ts';
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
  /** Proof of a write, opaque to clients. A question that carries it is answered from a state that contains that write. */
  ConsistencyToken: { input: ConsistencyToken; output: ConsistencyToken; }
  /** An instant in RFC 3339, as in `2026-03-20T00:00:00Z`. */
  DateTime: { input: Date; output: Date | string; }
  /** A JSON object: values for the parameters of conditions, by their names. */
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
  /** Values for some or all of its parameters; they win over those of a question. */
  readonly context?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The condition's name. */
  readonly name: Scalars['String']['input'];
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
  /** Who holds it. */
  readonly subject: Scalars['SubjectRef']['output'];
};

/** A page of relationships (Relay). */
export type AccessRelationshipConnection = {
  readonly __typename?: 'AccessRelationshipConnection';
  /** The relationships of the page. */
  readonly edges: ReadonlyArray<AccessRelationshipEdge>;
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
  /** Who holds it. */
  readonly subject: Scalars['SubjectRef']['input'];
};

/** A page of a review (Relay): by objects, the reviewed one first; then by roles; then by ways, direct grants first. */
export type AccessReviewConnection = {
  readonly __typename?: 'AccessReviewConnection';
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
  /** Why it could not be decided whether the subject holds the role; null when it was. `isEffective` is then false. */
  readonly error?: Maybe<DecisionError>;
  /** When the first of these relationships ends, by the database's clock; null when none of them does. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the last of these relationships was written: since then the subject has it this way. */
  readonly grantedAt: Scalars['DateTime']['output'];
  /** Who wrote the first of these relationships; null when it was written at the server's console. */
  readonly grantedBy?: Maybe<Scalars['SubjectRef']['output']>;
  /** Whether any of these relationships has a condition. */
  readonly isConditional: Scalars['Boolean']['output'];
  /**
   * Whether the subject holds the role now, in whatever way, as a check says it: false for somebody who is blocked, or whose
   * condition does not hold.
   */
  readonly isEffective: Scalars['Boolean']['output'];
  /** The object. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The role: a relation of the object's type that can be assigned. */
  readonly role: Scalars['String']['output'];
  /** Who has it: an object or a wildcard, never a subject set. */
  readonly subject: Scalars['SubjectRef']['output'];
  /**
   * The relationships that lead from the role to the subject: one for a direct grant; more through teams, and for a role that
   * comes from another object. Of several ways over the same last relationship, the one that ends last.
   */
  readonly via: ReadonlyArray<AccessRelationship>;
};

/** Which entries of a review to list; every field that is given must match. */
export type AccessReviewFilter = {
  /** Only what ends before this instant. Ends that are written into conditions are not understood. */
  readonly expiresBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * Only outsiders: subjects that do not hold this relation on this object, or of whom that cannot be decided. Needs the right
   * to review that object, too.
   */
  readonly notHolding?: InputMaybe<AccessReviewHoldingInput>;
  /** Only this role. */
  readonly role?: InputMaybe<Scalars['String']['input']>;
  /** Only this subject: an object or a wildcard. What a wildcard gives to a subject is listed as the wildcard's. */
  readonly subject?: InputMaybe<Scalars['SubjectRef']['input']>;
  /** Only what has no end: no relationship of the entry expires. Conditions that end are not understood. */
  readonly withoutEnd?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A relation on an object that subjects hold, or do not hold. */
export type AccessReviewHoldingInput = {
  /** The object. */
  readonly object: Scalars['ObjectRef']['input'];
  /** Its relation: `member`, for instance. */
  readonly relation: Scalars['String']['input'];
};

/** A page of subjects (Relay). The wildcard comes first; the order of the others is stable and means nothing. */
export type AccessSubjectConnection = {
  readonly __typename?: 'AccessSubjectConnection';
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

/** Something wrong with the input of a mutation, which then changed nothing. */
export type AccessUserError = {
  readonly __typename?: 'AccessUserError';
  /** For programs. */
  readonly code: AccessUserErrorCode;
  /** The path of the input field: `["input", "role"]`. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** One sentence for people. */
  readonly message: Scalars['String']['output'];
};

/** What can be wrong with the input of a mutation. */
export type AccessUserErrorCode =
  /** The relationship exists already. */
  | 'ALREADY_EXISTS'
  /** The relationship exists already, with another condition or expiry. */
  | 'CONFLICT'
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
  /** There is no such relationship. */
  | 'NOT_FOUND'
  /** The model has no such condition. */
  | 'UNKNOWN_CONDITION'
  /** There is no such model. */
  | 'UNKNOWN_MODEL'
  /** The object's type has no such relation. */
  | 'UNKNOWN_RELATION'
  /** The model has no such type. */
  | 'UNKNOWN_TYPE';

/** A page of objects (Relay). */
export type AccessibleObjectConnection = {
  readonly __typename?: 'AccessibleObjectConnection';
  /** The objects of the page. */
  readonly edges: ReadonlyArray<AccessibleObjectEdge>;
  /**
   * Whether the page ends before it is full because nothing was found for too long; `pageInfo` then says that there may be
   * more, and where to go on.
   */
  readonly isCutShort: Scalars['Boolean']['output'];
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
  /** Objects in the range of the page on which the permission could not be decided; they are not listed. */
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
  /** The model. */
  readonly id: Scalars['ID']['input'];
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `activateAuthorizationModel`. */
export type ActivateAuthorizationModelPayload = {
  readonly __typename?: 'ActivateAuthorizationModelPayload';
  /** Carry it to questions that must see this write; null on failure. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** The model that decides now; null on failure. */
  readonly model?: Maybe<AuthorizationModel>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** A published model. Published models never change. */
export type AuthorizationModel = {
  readonly __typename?: 'AuthorizationModel';
  /** Whether it is the one that decides now. */
  readonly active: Scalars['Boolean']['output'];
  /** When it was published. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The model in OpenFGA's language; modules are joined to one text. */
  readonly dsl: Scalars['String']['output'];
  /** Its number, counting up. */
  readonly id: Scalars['ID']['output'];
};

/** One module of a model. */
export type AuthorizationModelModuleInput = {
  /** Its text, starting with `module`. */
  readonly dsl: Scalars['String']['input'];
  /** Its file name, as `fga.mod` lists it; problems name it. */
  readonly name: Scalars['String']['input'];
};

/** How fresh an answer must be. Without either field: as fresh as the lowest latency allows. */
export type CheckConsistencyInput = {
  /** At least as fresh as the write that returned this token. */
  readonly atLeastAsFresh?: InputMaybe<Scalars['ConsistencyToken']['input']>;
  /** As fresh as the last write that was acknowledged before this question. */
  readonly fullyConsistent?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Questions about any subjects, and what they are to be asked of. */
export type CheckPermissionsInput = {
  /** The questions: 1 to 1,000. */
  readonly checks: ReadonlyArray<PermissionCheckInput>;
  /** How fresh the answers must be; the lowest latency if it is left out. */
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
};

/** Why a question could not be decided. It is not a denial: the answer may be yes. */
export type DecisionError = {
  readonly __typename?: 'DecisionError';
  /**
   * `UNKNOWN_TYPE`, `UNKNOWN_RELATION`, `UNKNOWN_CONDITION`, `INVALID_SUBJECT`, `MISSING_CONTEXT`, `INVALID_CONTEXT`,
   * `CONDITION_FAILED`, `RESOLUTION_TOO_COMPLEX` or `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly code: Scalars['String']['output'];
  /** One sentence for people. */
  readonly message: Scalars['String']['output'];
};

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

/** A role to assign. */
export type GrantRoleInput = {
  /** Lets the role count only while the condition holds. */
  readonly condition?: InputMaybe<AccessConditionInput>;
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
  /** Who gets it. */
  readonly subject: Scalars['SubjectRef']['input'];
};

/** The outcome of `grantRole`. */
export type GrantRolePayload = {
  readonly __typename?: 'GrantRolePayload';
  /** Carry it to questions that must see this write; null when nothing was written. */
  readonly consistencyToken?: Maybe<Scalars['ConsistencyToken']['output']>;
  /** What was written; null when nothing was. */
  readonly relationship?: Maybe<AccessRelationship>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Makes a published model the one that decides: forward, or back to an earlier one.
   *
   * For subjects with the permission `can_publish_model` on the platform object. Errors: as for `grantRole`.
   */
  readonly activateAuthorizationModel: ActivateAuthorizationModelPayload;
  /**
   * Assigns a role on an object to a subject.
   *
   * For subjects with `can_grant_<role>` on the object, or `can_manage_access` where its type has no such permission.
   * The right is checked in the transaction that writes. Errors: `UNAUTHENTICATED`, `FORBIDDEN`,
   * `AUTHORIZATION_UNAVAILABLE`; what is wrong with the input is in `userErrors`.
   */
  readonly grantRole: GrantRolePayload;
  /**
   * Publishes an authorization model; it decides nothing before it is activated.
   *
   * For subjects with the permission `can_publish_model` on the platform object. Errors: as for `grantRole`; every place
   * that is wrong in the model is a `userError` with module, line and column.
   */
  readonly publishAuthorizationModel: PublishAuthorizationModelPayload;
  /** Takes a role away again, by the same right that assigns it. Errors: as for `grantRole`. */
  readonly revokeRole: RevokeRolePayload;
  /**
   * Writes and deletes up to 1,000 relationships, all or nothing; deletes come first.
   *
   * For subjects with the permission `can_write_relationships` on the platform object. Errors: as for `grantRole`.
   */
  readonly writeRelationships: WriteRelationshipsPayload;
};


export type MutationActivateAuthorizationModelArgs = {
  input: ActivateAuthorizationModelInput;
};


export type MutationGrantRoleArgs = {
  input: GrantRoleInput;
};


export type MutationPublishAuthorizationModelArgs = {
  input: PublishAuthorizationModelInput;
};


export type MutationRevokeRoleArgs = {
  input: RevokeRoleInput;
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

/** What to do about a relationship that exists already. */
export type OnDuplicate =
  /** Refuse the whole call. */
  | 'ERROR'
  /** Leave it as it is, if it has the same condition and expiry; otherwise refuse the whole call. */
  | 'IGNORE';

/** What to do about a relationship that does not exist. */
export type OnMissing =
  /** Refuse the whole call. */
  | 'ERROR'
  /** Do nothing about it. */
  | 'IGNORE';

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
  /** Values for the parameters of conditions. `current_time` is the database's clock unless it is given here. */
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
  /** The decision. */
  readonly decision: PermissionDecision;
  /** The same as data, in the order of the text: each step explains the last one before it that is less deep. */
  readonly steps: ReadonlyArray<ExplanationStep>;
  /** For a denial: roles each of which would be enough by itself, found by asking the check; those that the asker may see. */
  readonly sufficientRoles: ReadonlyArray<SufficientRole>;
  /** The whole explanation in words, line by line, for admins. */
  readonly text: Scalars['String']['output'];
};

/** A model to publish: either `dsl` or `modules`. */
export type PublishAuthorizationModelInput = {
  /** Whether to activate it at once: no, if it is left out. */
  readonly activate?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether to check it only, and store nothing: no, if it is left out. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** The model as one text in OpenFGA's language, schema 1.1. */
  readonly dsl?: InputMaybe<Scalars['String']['input']>;
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
  /** The published model; null on failure, and after a dry run. */
  readonly model?: Maybe<AuthorizationModel>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

export type Query = {
  readonly __typename?: 'Query';
  /**
   * The relationships that are stored, in a stable order, without those that have expired.
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
   * A published authorization model; null when there is none with this id.
   *
   * For subjects with the permission `can_read_model` on the platform object.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly authorizationModel?: Maybe<AuthorizationModel>;
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
   * Everybody may ask about themselves; services with the permission `can_check_any_subject` on the platform object about
   * anybody. What a decision rests on is shown to subjects with the permission `can_read_relationships`, and to others as
   * far as it is about relations that they could grant; the rest is hidden, step by step.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly explainPermission: PermissionExplanation;
  /**
   * The subjects of a type that have a permission on an object: users, the wildcard, or subject sets.
   *
   * For services with the permission `can_check_any_subject` on the platform object.
   * Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `UNKNOWN_TYPE`, `UNKNOWN_RELATION`, `BAD_USER_INPUT`, `AUTHORIZATION_UNAVAILABLE`.
   */
  readonly subjectsWithAccess: AccessSubjectConnection;
  /**
   * Whoever makes this request, by the verified token of the request. Null when the request carries no token.
   * Anybody may ask. Errors: `UNAUTHENTICATED` when the token is not valid.
   */
  readonly viewer?: Maybe<Viewer>;
};


export type QueryAccessRelationshipsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccessRelationshipFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryAccessReviewArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccessReviewFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeContained?: InputMaybe<Scalars['Boolean']['input']>;
  object: Scalars['ObjectRef']['input'];
};


export type QueryAccessibleObjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  context?: InputMaybe<Scalars['JSONObject']['input']>;
  contextualRelationships?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  permission: Scalars['String']['input'];
  subject: Scalars['SubjectRef']['input'];
  type: Scalars['String']['input'];
};


export type QueryAuthorizationModelArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCheckPermissionsArgs = {
  input: CheckPermissionsInput;
};


export type QueryExplainPermissionArgs = {
  context?: InputMaybe<Scalars['JSONObject']['input']>;
  contextualRelationships?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  object: Scalars['ObjectRef']['input'];
  permission: Scalars['String']['input'];
  subject: Scalars['SubjectRef']['input'];
};


export type QuerySubjectsWithAccessArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  context?: InputMaybe<Scalars['JSONObject']['input']>;
  contextualRelationships?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  object: Scalars['ObjectRef']['input'];
  permission: Scalars['String']['input'];
  subjectRelation?: InputMaybe<Scalars['String']['input']>;
  subjectType: Scalars['String']['input'];
};

/** A role to take away. */
export type RevokeRoleInput = {
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
  /** What was deleted; null when nothing was. */
  readonly relationship?: Maybe<AccessRelationship>;
  /** What is wrong with the input; empty on success. */
  readonly userErrors: ReadonlyArray<AccessUserError>;
};

/** A role that would be enough for a permission that was denied. */
export type SufficientRole = {
  readonly __typename?: 'SufficientRole';
  /** The object on which to assign it. */
  readonly object: Scalars['ObjectRef']['output'];
  /** The role. */
  readonly role: Scalars['String']['output'];
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

/** Whoever makes the request, and what they may do. All answers of one request come from one committed state. */
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
   * All permissions of the viewer on up to 100 objects.
   * Errors: `UNKNOWN_TYPE`, `BAD_USER_INPUT`.
   */
  readonly permissions: ReadonlyArray<ObjectPermissions>;
  /** The subject that the token stands for, as in `user:ann`. */
  readonly subject: Scalars['SubjectRef']['output'];
};


/** Whoever makes the request, and what they may do. All answers of one request come from one committed state. */
export type ViewerCanArgs = {
  object: Scalars['ObjectRef']['input'];
  permission: Scalars['String']['input'];
};


/** Whoever makes the request, and what they may do. All answers of one request come from one committed state. */
export type ViewerDecisionsArgs = {
  checks: ReadonlyArray<ViewerCheckInput>;
};


/** Whoever makes the request, and what they may do. All answers of one request come from one committed state. */
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
  /** To delete; condition and expiry do not matter. */
  readonly deletes?: InputMaybe<ReadonlyArray<AccessRelationshipInput>>;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What a relationship that exists already means: `ERROR` if it is left out. */
  readonly onDuplicate?: InputMaybe<OnDuplicate>;
  /** What a relationship that does not exist means: `ERROR` if it is left out. */
  readonly onMissing?: InputMaybe<OnMissing>;
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
  AccessCondition: ResolverTypeWrapper<AccessCondition>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AccessConditionInput: AccessConditionInput;
  AccessRelationship: ResolverTypeWrapper<RelationshipParent>;
  AccessRelationshipConnection: ResolverTypeWrapper<Omit<AccessRelationshipConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AccessRelationshipEdge']> }>;
  AccessRelationshipEdge: ResolverTypeWrapper<Omit<AccessRelationshipEdge, 'node'> & { node: ResolversTypes['AccessRelationship'] }>;
  AccessRelationshipFilter: AccessRelationshipFilter;
  AccessRelationshipInput: AccessRelationshipInput;
  AccessReviewConnection: ResolverTypeWrapper<Omit<AccessReviewConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AccessReviewEdge']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AccessReviewEdge: ResolverTypeWrapper<Omit<AccessReviewEdge, 'node'> & { node: ResolversTypes['AccessReviewEntry'] }>;
  AccessReviewEntry: ResolverTypeWrapper<Omit<AccessReviewEntry, 'via'> & { via: ReadonlyArray<ResolversTypes['AccessRelationship']> }>;
  AccessReviewFilter: AccessReviewFilter;
  AccessReviewHoldingInput: AccessReviewHoldingInput;
  AccessSubjectConnection: ResolverTypeWrapper<AccessSubjectConnection>;
  AccessSubjectEdge: ResolverTypeWrapper<AccessSubjectEdge>;
  AccessUserError: ResolverTypeWrapper<AccessUserError>;
  AccessUserErrorCode: AccessUserErrorCode;
  AccessibleObjectConnection: ResolverTypeWrapper<AccessibleObjectConnection>;
  AccessibleObjectEdge: ResolverTypeWrapper<AccessibleObjectEdge>;
  ActivateAuthorizationModelInput: ActivateAuthorizationModelInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActivateAuthorizationModelPayload: ResolverTypeWrapper<Omit<ActivateAuthorizationModelPayload, 'model'> & { model?: Maybe<ResolversTypes['AuthorizationModel']> }>;
  AuthorizationModel: ResolverTypeWrapper<ModelParent>;
  AuthorizationModelModuleInput: AuthorizationModelModuleInput;
  CheckConsistencyInput: CheckConsistencyInput;
  CheckPermissionsInput: CheckPermissionsInput;
  CheckPermissionsPayload: ResolverTypeWrapper<CheckPermissionsPayload>;
  ConsistencyToken: ResolverTypeWrapper<Scalars['ConsistencyToken']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DecisionError: ResolverTypeWrapper<DecisionError>;
  ExplanationStep: ResolverTypeWrapper<ExplanationStep>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ExplanationStepKind: ExplanationStepKind;
  GrantRoleInput: GrantRoleInput;
  GrantRolePayload: ResolverTypeWrapper<Omit<GrantRolePayload, 'relationship'> & { relationship?: Maybe<ResolversTypes['AccessRelationship']> }>;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ObjectPermissions: ResolverTypeWrapper<ObjectPermissionsParent>;
  ObjectRef: ResolverTypeWrapper<Scalars['ObjectRef']['output']>;
  OnDuplicate: OnDuplicate;
  OnMissing: OnMissing;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PermissionCheckInput: PermissionCheckInput;
  PermissionDecision: ResolverTypeWrapper<PermissionDecision>;
  PermissionExplanation: ResolverTypeWrapper<PermissionExplanation>;
  PublishAuthorizationModelInput: PublishAuthorizationModelInput;
  PublishAuthorizationModelPayload: ResolverTypeWrapper<Omit<PublishAuthorizationModelPayload, 'model'> & { model?: Maybe<ResolversTypes['AuthorizationModel']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RevokeRoleInput: RevokeRoleInput;
  RevokeRolePayload: ResolverTypeWrapper<Omit<RevokeRolePayload, 'relationship'> & { relationship?: Maybe<ResolversTypes['AccessRelationship']> }>;
  SubjectRef: ResolverTypeWrapper<Scalars['SubjectRef']['output']>;
  SufficientRole: ResolverTypeWrapper<SufficientRole>;
  UndecidedObject: ResolverTypeWrapper<UndecidedObject>;
  UndecidedPermission: ResolverTypeWrapper<UndecidedPermission>;
  UndecidedSubject: ResolverTypeWrapper<UndecidedSubject>;
  Viewer: ResolverTypeWrapper<ViewerParent>;
  ViewerCheckInput: ViewerCheckInput;
  WriteRelationshipsInput: WriteRelationshipsInput;
  WriteRelationshipsPayload: ResolverTypeWrapper<WriteRelationshipsPayload>;
  postern__ObjectRef: ResolverTypeWrapper<Scalars['postern__ObjectRef']['output']>;
  postern__OnDeny: ResolverTypeWrapper<Scalars['postern__OnDeny']['output']>;
  postern__Permission: ResolverTypeWrapper<Scalars['postern__Permission']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessCondition: AccessCondition;
  String: Scalars['String']['output'];
  AccessConditionInput: AccessConditionInput;
  AccessRelationship: RelationshipParent;
  AccessRelationshipConnection: Omit<AccessRelationshipConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AccessRelationshipEdge']> };
  AccessRelationshipEdge: Omit<AccessRelationshipEdge, 'node'> & { node: ResolversParentTypes['AccessRelationship'] };
  AccessRelationshipFilter: AccessRelationshipFilter;
  AccessRelationshipInput: AccessRelationshipInput;
  AccessReviewConnection: Omit<AccessReviewConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AccessReviewEdge']> };
  Boolean: Scalars['Boolean']['output'];
  AccessReviewEdge: Omit<AccessReviewEdge, 'node'> & { node: ResolversParentTypes['AccessReviewEntry'] };
  AccessReviewEntry: Omit<AccessReviewEntry, 'via'> & { via: ReadonlyArray<ResolversParentTypes['AccessRelationship']> };
  AccessReviewFilter: AccessReviewFilter;
  AccessReviewHoldingInput: AccessReviewHoldingInput;
  AccessSubjectConnection: AccessSubjectConnection;
  AccessSubjectEdge: AccessSubjectEdge;
  AccessUserError: AccessUserError;
  AccessibleObjectConnection: AccessibleObjectConnection;
  AccessibleObjectEdge: AccessibleObjectEdge;
  ActivateAuthorizationModelInput: ActivateAuthorizationModelInput;
  ID: Scalars['ID']['output'];
  ActivateAuthorizationModelPayload: Omit<ActivateAuthorizationModelPayload, 'model'> & { model?: Maybe<ResolversParentTypes['AuthorizationModel']> };
  AuthorizationModel: ModelParent;
  AuthorizationModelModuleInput: AuthorizationModelModuleInput;
  CheckConsistencyInput: CheckConsistencyInput;
  CheckPermissionsInput: CheckPermissionsInput;
  CheckPermissionsPayload: CheckPermissionsPayload;
  ConsistencyToken: Scalars['ConsistencyToken']['output'];
  DateTime: Scalars['DateTime']['output'];
  DecisionError: DecisionError;
  ExplanationStep: ExplanationStep;
  Int: Scalars['Int']['output'];
  GrantRoleInput: GrantRoleInput;
  GrantRolePayload: Omit<GrantRolePayload, 'relationship'> & { relationship?: Maybe<ResolversParentTypes['AccessRelationship']> };
  JSONObject: Scalars['JSONObject']['output'];
  Mutation: Record<PropertyKey, never>;
  ObjectPermissions: ObjectPermissionsParent;
  ObjectRef: Scalars['ObjectRef']['output'];
  PageInfo: PageInfo;
  PermissionCheckInput: PermissionCheckInput;
  PermissionDecision: PermissionDecision;
  PermissionExplanation: PermissionExplanation;
  PublishAuthorizationModelInput: PublishAuthorizationModelInput;
  PublishAuthorizationModelPayload: Omit<PublishAuthorizationModelPayload, 'model'> & { model?: Maybe<ResolversParentTypes['AuthorizationModel']> };
  Query: Record<PropertyKey, never>;
  RevokeRoleInput: RevokeRoleInput;
  RevokeRolePayload: Omit<RevokeRolePayload, 'relationship'> & { relationship?: Maybe<ResolversParentTypes['AccessRelationship']> };
  SubjectRef: Scalars['SubjectRef']['output'];
  SufficientRole: SufficientRole;
  UndecidedObject: UndecidedObject;
  UndecidedPermission: UndecidedPermission;
  UndecidedSubject: UndecidedSubject;
  Viewer: ViewerParent;
  ViewerCheckInput: ViewerCheckInput;
  WriteRelationshipsInput: WriteRelationshipsInput;
  WriteRelationshipsPayload: WriteRelationshipsPayload;
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

export type AccessConditionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessCondition'] = ResolversParentTypes['AccessCondition']> = {
  context?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessRelationshipResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessRelationship'] = ResolversParentTypes['AccessRelationship']> = {
  condition?: Resolver<Maybe<ResolversTypes['AccessCondition']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessRelationshipConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessRelationshipConnection'] = ResolversParentTypes['AccessRelationshipConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessRelationshipEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccessRelationshipEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessRelationshipEdge'] = ResolversParentTypes['AccessRelationshipEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessRelationship'], ParentType, ContextType>;
};

export type AccessReviewConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessReviewConnection'] = ResolversParentTypes['AccessReviewConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessReviewEdge']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
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
  isConditional?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isEffective?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
  via?: Resolver<ReadonlyArray<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
};

export type AccessSubjectConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessSubjectConnection'] = ResolversParentTypes['AccessSubjectConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessSubjectEdge']>, ParentType, ContextType>;
  excluded?: Resolver<ReadonlyArray<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  undecided?: Resolver<ReadonlyArray<ResolversTypes['UndecidedSubject']>, ParentType, ContextType>;
};

export type AccessSubjectEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessSubjectEdge'] = ResolversParentTypes['AccessSubjectEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type AccessUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessUserError'] = ResolversParentTypes['AccessUserError']> = {
  code?: Resolver<ResolversTypes['AccessUserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessibleObjectConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessibleObjectConnection'] = ResolversParentTypes['AccessibleObjectConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessibleObjectEdge']>, ParentType, ContextType>;
  isCutShort?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  undecided?: Resolver<ReadonlyArray<ResolversTypes['UndecidedObject']>, ParentType, ContextType>;
};

export type AccessibleObjectEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AccessibleObjectEdge'] = ResolversParentTypes['AccessibleObjectEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
};

export type ActivateAuthorizationModelPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ActivateAuthorizationModelPayload'] = ResolversParentTypes['ActivateAuthorizationModelPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['AuthorizationModel']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type AuthorizationModelResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AuthorizationModel'] = ResolversParentTypes['AuthorizationModel']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dsl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CheckPermissionsPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CheckPermissionsPayload'] = ResolversParentTypes['CheckPermissionsPayload']> = {
  consistencyToken?: Resolver<ResolversTypes['ConsistencyToken'], ParentType, ContextType>;
  decisions?: Resolver<ReadonlyArray<ResolversTypes['PermissionDecision']>, ParentType, ContextType>;
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

export type ExplanationStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ExplanationStep'] = ResolversParentTypes['ExplanationStep']> = {
  condition?: Resolver<Maybe<ResolversTypes['AccessCondition']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  depth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ExplanationStepKind'], ParentType, ContextType>;
  object?: Resolver<Maybe<ResolversTypes['ObjectRef']>, ParentType, ContextType>;
  relation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['SubjectRef']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GrantRolePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['GrantRolePayload'] = ResolversParentTypes['GrantRolePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  relationship?: Resolver<Maybe<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type MutationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  activateAuthorizationModel?: Resolver<ResolversTypes['ActivateAuthorizationModelPayload'], ParentType, ContextType, RequireFields<MutationActivateAuthorizationModelArgs, 'input'>>;
  grantRole?: Resolver<ResolversTypes['GrantRolePayload'], ParentType, ContextType, RequireFields<MutationGrantRoleArgs, 'input'>>;
  publishAuthorizationModel?: Resolver<ResolversTypes['PublishAuthorizationModelPayload'], ParentType, ContextType, RequireFields<MutationPublishAuthorizationModelArgs, 'input'>>;
  revokeRole?: Resolver<ResolversTypes['RevokeRolePayload'], ParentType, ContextType, RequireFields<MutationRevokeRoleArgs, 'input'>>;
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
  decision?: Resolver<ResolversTypes['PermissionDecision'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['ExplanationStep']>, ParentType, ContextType>;
  sufficientRoles?: Resolver<ReadonlyArray<ResolversTypes['SufficientRole']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PublishAuthorizationModelPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PublishAuthorizationModelPayload'] = ResolversParentTypes['PublishAuthorizationModelPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['AuthorizationModel']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  accessRelationships?: Resolver<ResolversTypes['AccessRelationshipConnection'], ParentType, ContextType, Partial<QueryAccessRelationshipsArgs>>;
  accessReview?: Resolver<ResolversTypes['AccessReviewConnection'], ParentType, ContextType, RequireFields<QueryAccessReviewArgs, 'object'>>;
  accessibleObjects?: Resolver<ResolversTypes['AccessibleObjectConnection'], ParentType, ContextType, RequireFields<QueryAccessibleObjectsArgs, 'permission' | 'subject' | 'type'>>;
  authorizationModel?: Resolver<Maybe<ResolversTypes['AuthorizationModel']>, ParentType, ContextType, Partial<QueryAuthorizationModelArgs>>;
  checkPermissions?: Resolver<ResolversTypes['CheckPermissionsPayload'], ParentType, ContextType, RequireFields<QueryCheckPermissionsArgs, 'input'>>;
  explainPermission?: Resolver<ResolversTypes['PermissionExplanation'], ParentType, ContextType, RequireFields<QueryExplainPermissionArgs, 'object' | 'permission' | 'subject'>>;
  subjectsWithAccess?: Resolver<ResolversTypes['AccessSubjectConnection'], ParentType, ContextType, RequireFields<QuerySubjectsWithAccessArgs, 'object' | 'permission' | 'subjectType'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
};

export type RevokeRolePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RevokeRolePayload'] = ResolversParentTypes['RevokeRolePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  relationship?: Resolver<Maybe<ResolversTypes['AccessRelationship']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['AccessUserError']>, ParentType, ContextType>;
};

export interface SubjectRefScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SubjectRef'], any> {
  name: 'SubjectRef';
}

export type SufficientRoleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SufficientRole'] = ResolversParentTypes['SufficientRole']> = {
  object?: Resolver<ResolversTypes['ObjectRef'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  permissions?: Resolver<ReadonlyArray<ResolversTypes['ObjectPermissions']>, ParentType, ContextType, RequireFields<ViewerPermissionsArgs, 'objects'>>;
  subject?: Resolver<ResolversTypes['SubjectRef'], ParentType, ContextType>;
};

export type WriteRelationshipsPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WriteRelationshipsPayload'] = ResolversParentTypes['WriteRelationshipsPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['ConsistencyToken']>, ParentType, ContextType>;
  deleted?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
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
  AccessCondition?: AccessConditionResolvers<ContextType>;
  AccessRelationship?: AccessRelationshipResolvers<ContextType>;
  AccessRelationshipConnection?: AccessRelationshipConnectionResolvers<ContextType>;
  AccessRelationshipEdge?: AccessRelationshipEdgeResolvers<ContextType>;
  AccessReviewConnection?: AccessReviewConnectionResolvers<ContextType>;
  AccessReviewEdge?: AccessReviewEdgeResolvers<ContextType>;
  AccessReviewEntry?: AccessReviewEntryResolvers<ContextType>;
  AccessSubjectConnection?: AccessSubjectConnectionResolvers<ContextType>;
  AccessSubjectEdge?: AccessSubjectEdgeResolvers<ContextType>;
  AccessUserError?: AccessUserErrorResolvers<ContextType>;
  AccessibleObjectConnection?: AccessibleObjectConnectionResolvers<ContextType>;
  AccessibleObjectEdge?: AccessibleObjectEdgeResolvers<ContextType>;
  ActivateAuthorizationModelPayload?: ActivateAuthorizationModelPayloadResolvers<ContextType>;
  AuthorizationModel?: AuthorizationModelResolvers<ContextType>;
  CheckPermissionsPayload?: CheckPermissionsPayloadResolvers<ContextType>;
  ConsistencyToken?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DecisionError?: DecisionErrorResolvers<ContextType>;
  ExplanationStep?: ExplanationStepResolvers<ContextType>;
  GrantRolePayload?: GrantRolePayloadResolvers<ContextType>;
  JSONObject?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  ObjectPermissions?: ObjectPermissionsResolvers<ContextType>;
  ObjectRef?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  PermissionDecision?: PermissionDecisionResolvers<ContextType>;
  PermissionExplanation?: PermissionExplanationResolvers<ContextType>;
  PublishAuthorizationModelPayload?: PublishAuthorizationModelPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RevokeRolePayload?: RevokeRolePayloadResolvers<ContextType>;
  SubjectRef?: GraphQLScalarType;
  SufficientRole?: SufficientRoleResolvers<ContextType>;
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
