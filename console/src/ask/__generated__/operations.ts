/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Which audit events to list; every field that is given must match. */
export type AccessAuditEventFilter = {
  /** Only this operation, as in `grantRole`. */
  readonly action?: string | null | undefined;
  /** Only these operations. */
  readonly actions?: ReadonlyArray<string> | null | undefined;
  /** Only what this actor did: a subject, or `console …` as an event names it. */
  readonly actor?: string | null | undefined;
  /** Only events from this instant on. */
  readonly from?: string | null | undefined;
  /**
   * Only events in which this subject is involved: as the actor, as whoever acted for the actor, or in a relationship, as its subject or as
   * its object; where the filter has an object, in a relationship of that one.
   */
  readonly involving?: string | null | undefined;
  /** Only events that name this object; together with a subject, in one relationship. */
  readonly object?: string | null | undefined;
  /** Only what was done, or only what was denied. */
  readonly outcome?: AccessAuditOutcome | null | undefined;
  /** Only events that name this very subject in a relationship, as it was written. */
  readonly subject?: string | null | undefined;
  /** Only events before this instant. */
  readonly to?: string | null | undefined;
};

/** What became of an operation in the audit log. */
export type AccessAuditOutcome =
  /** It was refused, because the actor had not the right, and changed nothing. */
  | 'DENIED'
  /** It was done. */
  | 'DONE';

/** A condition of the model, with values for its parameters. */
export type AccessConditionInput = {
  /** Values for some or all of its parameters but those that only a request fills; they win over those of a question. */
  readonly context?: Record<string, unknown> | null | undefined;
  /** The condition's name. */
  readonly name: string;
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

/** That a relationship is there, or is not, in the state before the write. */
export type AccessPreconditionInput = {
  /** Whether it must be there or must not. */
  readonly exists: boolean;
  /** The object. */
  readonly object: string;
  /** The relation. */
  readonly relation: string;
  /** Who holds it; its condition, beginning and end do not matter. */
  readonly subject: string;
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

/** A relationship to write, to delete, or to count for one question. */
export type AccessRelationshipInput = {
  /** Lets it count only while the condition holds. */
  readonly condition?: AccessConditionInput | null | undefined;
  /** Lets it count only before this instant, by the database's clock. */
  readonly expiresAt?: string | null | undefined;
  /** The object. */
  readonly object: string;
  /** A relation that can be assigned. */
  readonly relation: string;
  /** Lets it count only from this instant on, by the database's clock; one in the past is as good as none. Must be before `expiresAt`. */
  readonly startsAt?: string | null | undefined;
  /** Who holds it. */
  readonly subject: string;
};

/** Which entries of a review to list; every field that is given must match. */
export type AccessReviewFilter = {
  /**
   * Only what ends before this instant, by whatever way of several, one that is still to begin included. Ends that are written
   * into conditions are not understood.
   */
  readonly expiresBefore?: string | null | undefined;
  /** Only what is given directly, in one relationship; or, with false, only what comes through a set or another object. */
  readonly isDirect?: boolean | null | undefined;
  /** Only what has an effect; or, with false, only what has none, or of which that could not be decided. See `AccessReviewEntry`. */
  readonly isEffective?: boolean | null | undefined;
  /**
   * Only outsiders: subjects that do not hold this relation on this object, or of whom that cannot be decided. Needs the right
   * to review that object, too.
   */
  readonly notHolding?: AccessReviewHoldingInput | null | undefined;
  /** Only this role. */
  readonly role?: string | null | undefined;
  /** Only this subject: an object or a wildcard. What a wildcard gives to a subject is listed as the wildcard's. */
  readonly subject?: string | null | undefined;
  /** Only subjects of this type, as the model names it. */
  readonly subjectType?: string | null | undefined;
  /**
   * Only what has no end: no relationship of one of its ways expires, be it of one that is still to begin. Conditions that end are
   * not understood.
   */
  readonly withoutEnd?: boolean | null | undefined;
};

/** A relation on an object that subjects hold, or do not hold. */
export type AccessReviewHoldingInput = {
  /** The object. */
  readonly object: string;
  /** Its relation: `member`, for instance. */
  readonly relation: string;
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

/** A published model to activate. */
export type ActivateAuthorizationModelInput = {
  /** Whether only to say what it would change and for whom: no, if it is left out. */
  readonly dryRun?: boolean | null | undefined;
  /** The model. */
  readonly id: string | number;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: string | null | undefined;
};

/** Which proposal to approve. */
export type ApproveProposalInput = {
  /** Its `digest`, as it was read: what is approved is that and nothing else. */
  readonly digest: string;
  /** Its number. */
  readonly id: string | number;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: string | null | undefined;
};

/** How something changes from one model to another. */
export type AuthorizationModelChangeKind =
  /** It is new. */
  | 'ADDED'
  /** It is defined in another way. */
  | 'CHANGED'
  /** It is gone. */
  | 'REMOVED';

/** One module of a model. */
export type AuthorizationModelModuleInput = {
  /** Its text, starting with `module`. */
  readonly dsl: string;
  /** Its file name, as `fga.mod` lists it; problems name it. */
  readonly name: string;
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
  readonly atLeastAsFresh?: string | null | undefined;
  /** It contains everything that was committed before the question arrived, also where an operator allows older answers. */
  readonly fullyConsistent?: boolean | null | undefined;
  /** It may be an older one that the server has at hand, as old as an operator allows; where none is allowed, it makes no difference. */
  readonly minimizeLatency?: boolean | null | undefined;
};

/** Which proposal to refuse or to take back. */
export type EndProposalInput = {
  /** Its number. */
  readonly id: string | number;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why, for whoever made it and for the audit log: at most 1,000 characters. */
  readonly reason?: string | null | undefined;
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
  readonly condition?: AccessConditionInput | null | undefined;
  /** Whether to try it only, say what it would mean for whom, and change nothing: no, if it is left out. */
  readonly dryRun?: boolean | null | undefined;
  /** The new end, which must be in the future; null for a grant without an end; it stays as it is when this is left out. */
  readonly expiresAt?: string | null | undefined;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** The object. */
  readonly object: string;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: string | null | undefined;
  /** The role. */
  readonly role: string;
  /** The new beginning; null for a grant that counts at once; it stays as it is when this is left out. */
  readonly startsAt?: string | null | undefined;
  /** Who holds it. */
  readonly subject: string;
};

/** A role to assign. */
export type GrantRoleInput = {
  /** Lets the role count only while the condition holds. */
  readonly condition?: AccessConditionInput | null | undefined;
  /** Whether to try it only, say what it would mean for whom, and change nothing: no, if it is left out. */
  readonly dryRun?: boolean | null | undefined;
  /** Lets the role count only before this instant, by the database's clock. */
  readonly expiresAt?: string | null | undefined;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** The object. */
  readonly object: string;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: string | null | undefined;
  /** A relation of the object's type that can be assigned. */
  readonly role: string;
  /**
   * Lets the role count only from this instant on, by the database's clock; one in the past is as good as none. Must be before
   * `expiresAt`.
   */
  readonly startsAt?: string | null | undefined;
  /** Who gets it. */
  readonly subject: string;
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

/** A subject to off-board. */
export type OffboardSubjectInput = {
  /** Whether to say only what would happen: no, if it is left out. */
  readonly dryRun?: boolean | null | undefined;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: string | null | undefined;
  /** A single subject, as in `user:ann`; subject sets that are rooted in it go with it. */
  readonly subject: string;
};

/** A change to propose: relationships, or a model. */
export type ProposeChangeInput = {
  /** Relationships to delete, before anything is written; condition, beginning and end do not matter. */
  readonly deletes?: ReadonlyArray<AccessRelationshipInput> | null | undefined;
  /** What it rests on, line by line, for whoever decides on it: at most 20 lines of 1,000 characters. Nobody checks it. */
  readonly evidence?: ReadonlyArray<string> | null | undefined;
  /** Until when it is open, by the database's clock: at most 7 days from now, and so long if it is left out. */
  readonly expiresAt?: string | null | undefined;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** A model to publish, instead of both. */
  readonly model?: ProposedModelInput | null | undefined;
  /**
   * What must be so when it is approved, besides that nothing has changed on its objects: at most 100. They tell what is there, so they need
   * the right to see who has access to each object that they name.
   */
  readonly preconditions?: ReadonlyArray<AccessPreconditionInput> | null | undefined;
  /** Why, for whoever decides on it and for the audit log: at most 1,000 characters. */
  readonly reason: string;
  /** Relationships to write. With the deletes, at most 100. */
  readonly writes?: ReadonlyArray<AccessRelationshipInput> | null | undefined;
};

/** A model to publish. */
export type ProposedModelInput = {
  /** Whether to activate it at once when it is approved: no, if it is left out. */
  readonly activate?: boolean | null | undefined;
  /** The model as one text in OpenFGA's language, schema 1.1. */
  readonly dsl?: string | null | undefined;
  /** The model as modules. */
  readonly modules?: ReadonlyArray<AuthorizationModelModuleInput> | null | undefined;
  /** What it must pass, as the text of an OpenFGA store file, for whoever decides on it: at most 100,000 characters. Nobody runs it here. */
  readonly tests?: string | null | undefined;
};

/** A model to publish: either `dsl` or `modules`. */
export type PublishAuthorizationModelInput = {
  /** Whether to activate it at once: no, if it is left out. */
  readonly activate?: boolean | null | undefined;
  /** Whether to check it only, say what it would change and for whom, and store nothing: no, if it is left out. */
  readonly dryRun?: boolean | null | undefined;
  /** The model as one text in OpenFGA's language, schema 1.1. */
  readonly dsl?: string | null | undefined;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** The model as modules. */
  readonly modules?: ReadonlyArray<AuthorizationModelModuleInput> | null | undefined;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: string | null | undefined;
};

/** What can happen to a relationship. */
export type RelationshipOperation =
  /** It is there no more. */
  | 'DELETE'
  /** It is there from now on, as it is here; one with the same object, relation and subject is replaced. */
  | 'WRITE';

/** A role to take away. */
export type RevokeRoleInput = {
  /** Whether to try it only, say what it would mean for whom, and change nothing: no, if it is left out. */
  readonly dryRun?: boolean | null | undefined;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** The object. */
  readonly object: string;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: string | null | undefined;
  /** The role. */
  readonly role: string;
  /** Who loses it. */
  readonly subject: string;
};

/** A change that nobody makes. Deletes come first; at most 100 relationships. */
export type SimulateChangeInput = {
  /** Relationships that would be there no longer; condition, beginning and end do not matter. */
  readonly deletes?: ReadonlyArray<AccessRelationshipInput> | null | undefined;
  /**
   * Where to look as well: on this object and on everything that belongs to it, an organization for a change of one of its teams. Without it,
   * the objects of the change and what belongs to them are looked at. Either way, so are other objects that the change reaches, as far as you may
   * review them: where a team stands as a subject set, for a change of who is in it. What is left out of these is in `notExamined`.
   */
  readonly within?: string | null | undefined;
  /** Relationships that would be there. */
  readonly writes?: ReadonlyArray<AccessRelationshipInput> | null | undefined;
};

/** A role to hand over. */
export type TransferRoleInput = {
  /** Whether to try it only, say what it would mean for whom, and change nothing: no, if it is left out. */
  readonly dryRun?: boolean | null | undefined;
  /** Who holds it now. */
  readonly from: string;
  /** Makes a repeated request safe: the first success answers all later ones with the same key and input. */
  readonly idempotencyKey?: string | null | undefined;
  /** The object. */
  readonly object: string;
  /** Why, for the audit log: at most 1,000 characters. */
  readonly reason?: string | null | undefined;
  /** The role. */
  readonly role: string;
  /** Who gets it. */
  readonly to: string;
};

/** A question about the viewer. */
export type ViewerCheckInput = {
  /** The object. */
  readonly object: string;
  /** A permission, or any relation, of the object's type. */
  readonly permission: string;
};

export type ChangedFragment = { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null };

export type ChangeFragment = { readonly writes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly deletes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }> };

export type PreviewCountFragment = { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> };

export type SimulationFragment = { readonly changed: number, readonly isComplete: boolean, readonly notExamined: ReadonlyArray<string>, readonly consistencyToken: string, readonly gained: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> }, readonly lost: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> }, readonly becameUndecided: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> }, readonly escalations: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string, readonly relations: ReadonlyArray<string> }> }, readonly toxicPairs: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly firstPermission: string, readonly firstObject: string, readonly secondPermission: string, readonly secondObject: string }> }, readonly problems: ReadonlyArray<{ readonly message: string }> };

export type SimulateChangeQueryVariables = Exact<{
  input: SimulateChangeInput;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type SimulateChangeQuery = { readonly simulateChange: { readonly changed: number, readonly isComplete: boolean, readonly notExamined: ReadonlyArray<string>, readonly consistencyToken: string, readonly gained: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> }, readonly lost: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> }, readonly becameUndecided: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> }, readonly escalations: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string, readonly relations: ReadonlyArray<string> }> }, readonly toxicPairs: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly firstPermission: string, readonly firstObject: string, readonly secondPermission: string, readonly secondObject: string }> }, readonly problems: ReadonlyArray<{ readonly message: string }> } };

export type AccessChangesSubscriptionVariables = Exact<{
  object: string;
  includeContained?: boolean | null | undefined;
  after?: string | null | undefined;
}>;


export type AccessChangesSubscription = { readonly accessChanges: { readonly consistencyToken: string, readonly activatedModel: string | null, readonly changes: ReadonlyArray<{ readonly operation: RelationshipOperation }> } };

export type AuditEventAddedSubscriptionVariables = Exact<{
  filter?: AccessAuditEventFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditEventAddedSubscription = { readonly accessAuditEventAdded: { readonly cursor: string } };

export type ModelsQueryVariables = Exact<{
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ModelsQuery = { readonly authorizationModels: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly active: boolean, readonly createdAt: string, readonly createdBy: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ModelQueryVariables = Exact<{
  id?: string | number | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ModelQuery = { readonly authorizationModel: { readonly id: string, readonly active: boolean, readonly createdAt: string, readonly createdBy: string | null } | null };

export type ModelTextQueryVariables = Exact<{
  id?: string | number | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ModelTextQuery = { readonly authorizationModel: { readonly id: string, readonly dsl: string, readonly modules: ReadonlyArray<{ readonly name: string, readonly dsl: string }> } | null };

export type ModelTypesQueryVariables = Exact<{
  id?: string | number | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ModelTypesQuery = { readonly authorizationModel: { readonly types: ReadonlyArray<{ readonly name: string, readonly module: string | null, readonly description: string | null, readonly relations: ReadonlyArray<{ readonly name: string, readonly kind: AuthorizationModelRelationKind, readonly definition: string, readonly description: string | null, readonly subjects: ReadonlyArray<{ readonly type: string, readonly relation: string | null, readonly wildcard: boolean, readonly condition: string | null }> }> }> | null } | null };

export type ModelSheetsQueryVariables = Exact<{
  id?: string | number | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ModelSheetsQuery = { readonly authorizationModel: { readonly types: ReadonlyArray<{ readonly name: string, readonly relations: ReadonlyArray<{ readonly name: string, readonly gives: { readonly here: ReadonlyArray<string>, readonly isComplete: boolean, readonly below: ReadonlyArray<{ readonly type: string, readonly permissions: ReadonlyArray<string> }> } | null }> }> | null } | null };

export type RightsQueryVariables = Exact<{
  checks: ReadonlyArray<ViewerCheckInput> | ViewerCheckInput;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type RightsQuery = { readonly viewer: { readonly decisions: ReadonlyArray<{ readonly allowed: boolean, readonly error: { readonly code: string } | null }> } | null };

export type SimulateDecisionsQueryVariables = Exact<{
  input: SimulateChangeInput;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type SimulateDecisionsQuery = { readonly simulateChange: { readonly text: string, readonly isComplete: boolean, readonly problems: ReadonlyArray<{ readonly message: string }> } };

export type EntityTypesQueryVariables = Exact<{ [key: string]: never; }>;


export type EntityTypesQuery = { readonly accessEntityTypes: ReadonlyArray<{ readonly type: string, readonly permissions: ReadonlyArray<string> }> };

export type GrantRoleMutationVariables = Exact<{
  input: GrantRoleInput;
}>;


export type GrantRoleMutation = { readonly grantRole: { readonly consistencyToken: string | null, readonly relationship: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null, readonly preview: { readonly text: string, readonly isComplete: boolean, readonly remainsThrough: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permissions: ReadonlyArray<string>, readonly isWhole: boolean, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type RevokeRoleMutationVariables = Exact<{
  input: RevokeRoleInput;
}>;


export type RevokeRoleMutation = { readonly revokeRole: { readonly consistencyToken: string | null, readonly relationship: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null, readonly preview: { readonly text: string, readonly isComplete: boolean, readonly remainsThrough: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permissions: ReadonlyArray<string>, readonly isWhole: boolean, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type TransferRoleMutationVariables = Exact<{
  input: TransferRoleInput;
}>;


export type TransferRoleMutation = { readonly transferRole: { readonly consistencyToken: string | null, readonly relationship: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null, readonly preview: { readonly text: string, readonly isComplete: boolean, readonly remainsThrough: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permissions: ReadonlyArray<string>, readonly isWhole: boolean, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type ExtendGrantMutationVariables = Exact<{
  input: ExtendGrantInput;
}>;


export type ExtendGrantMutation = { readonly extendGrant: { readonly consistencyToken: string | null, readonly relationship: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null, readonly preview: { readonly text: string, readonly isComplete: boolean, readonly remainsThrough: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permissions: ReadonlyArray<string>, readonly isWhole: boolean, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type ActivateModelMutationVariables = Exact<{
  input: ActivateAuthorizationModelInput;
}>;


export type ActivateModelMutation = { readonly activateAuthorizationModel: { readonly consistencyToken: string | null, readonly model: { readonly id: string } | null, readonly diff: { readonly changes: ReadonlyArray<{ readonly change: AuthorizationModelChangeKind, readonly type: string | null, readonly relation: string | null, readonly condition: string | null, readonly before: string | null, readonly after: string | null, readonly text: string }> } | null, readonly impact: { readonly isComplete: boolean, readonly permissions: ReadonlyArray<{ readonly type: string, readonly permission: string, readonly isComplete: boolean, readonly lost: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly gained: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly becameUndecided: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly wasUndecided: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null } }>, readonly ignoredRelationships: ReadonlyArray<{ readonly type: string, readonly relation: string, readonly count: number, readonly isComplete: boolean, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }>, readonly notCompared: ReadonlyArray<{ readonly type: string, readonly permission: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly place: { readonly module: string | null, readonly line: number | null, readonly column: number | null } | null, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type CheckModelMutationVariables = Exact<{
  input: PublishAuthorizationModelInput;
}>;


export type CheckModelMutation = { readonly publishAuthorizationModel: { readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly place: { readonly module: string | null, readonly line: number | null, readonly column: number | null } | null, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type PublishModelMutationVariables = Exact<{
  input: PublishAuthorizationModelInput;
}>;


export type PublishModelMutation = { readonly publishAuthorizationModel: { readonly consistencyToken: string | null, readonly model: { readonly id: string } | null, readonly diff: { readonly changes: ReadonlyArray<{ readonly change: AuthorizationModelChangeKind, readonly type: string | null, readonly relation: string | null, readonly condition: string | null, readonly before: string | null, readonly after: string | null, readonly text: string }> } | null, readonly impact: { readonly isComplete: boolean, readonly permissions: ReadonlyArray<{ readonly type: string, readonly permission: string, readonly isComplete: boolean, readonly lost: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly gained: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly becameUndecided: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly wasUndecided: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null } }>, readonly ignoredRelationships: ReadonlyArray<{ readonly type: string, readonly relation: string, readonly count: number, readonly isComplete: boolean, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }>, readonly notCompared: ReadonlyArray<{ readonly type: string, readonly permission: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly place: { readonly module: string | null, readonly line: number | null, readonly column: number | null } | null, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type WrittenFragment = { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null };

export type PreviewFragment = { readonly text: string, readonly isComplete: boolean, readonly remainsThrough: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permissions: ReadonlyArray<string>, readonly isWhole: boolean, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string }> }> };

export type WriteErrorFragment = { readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null };

export type ModelDiffFragment = { readonly changes: ReadonlyArray<{ readonly change: AuthorizationModelChangeKind, readonly type: string | null, readonly relation: string | null, readonly condition: string | null, readonly before: string | null, readonly after: string | null, readonly text: string }> };

export type ModelImpactFragment = { readonly isComplete: boolean, readonly permissions: ReadonlyArray<{ readonly type: string, readonly permission: string, readonly isComplete: boolean, readonly lost: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly gained: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly becameUndecided: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly wasUndecided: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null } }>, readonly ignoredRelationships: ReadonlyArray<{ readonly type: string, readonly relation: string, readonly count: number, readonly isComplete: boolean, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }>, readonly notCompared: ReadonlyArray<{ readonly type: string, readonly permission: string }> };

export type ImpactCountFragment = { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null };

export type ModelErrorFragment = { readonly code: AccessUserErrorCode, readonly message: string, readonly place: { readonly module: string | null, readonly line: number | null, readonly column: number | null } | null, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null };

export type AskWhatQueryVariables = Exact<{
  subject: string;
  permission: string;
  type: string;
  context?: Record<string, unknown> | null | undefined;
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type AskWhatQuery = { readonly accessibleObjects: { readonly isCutShort: boolean, readonly edges: ReadonlyArray<{ readonly node: string }>, readonly undecided: ReadonlyArray<{ readonly object: string, readonly error: { readonly code: string, readonly message: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AskWhoQueryVariables = Exact<{
  object: string;
  permission: string;
  subjectType: string;
  context?: Record<string, unknown> | null | undefined;
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type AskWhoQuery = { readonly subjectsWithAccess: { readonly excluded: ReadonlyArray<string>, readonly isCutShort: boolean, readonly edges: ReadonlyArray<{ readonly node: string }>, readonly undecided: ReadonlyArray<{ readonly subject: string, readonly error: { readonly code: string, readonly message: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AskWhyQueryVariables = Exact<{
  subject: string;
  permission: string;
  object: string;
  context?: Record<string, unknown> | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type AskWhyQuery = { readonly explainPermission: { readonly text: string, readonly decision: { readonly allowed: boolean, readonly error: { readonly code: string, readonly message: string } | null }, readonly steps: ReadonlyArray<{ readonly depth: number, readonly kind: ExplanationStepKind, readonly object: string | null, readonly relation: string | null, readonly subject: string | null, readonly expiresAt: string | null, readonly createdAt: string | null, readonly createdBy: string | null, readonly text: string, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly sufficientRoles: ReadonlyArray<{ readonly object: string, readonly role: string }> } };

export type AuditQueryVariables = Exact<{
  filter?: AccessAuditEventFilter | null | undefined;
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type AuditQuery = { readonly accessAuditEvents: { readonly isCutShort: boolean, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly at: string, readonly actor: string, readonly delegate: string | null, readonly action: string, readonly outcome: AccessAuditOutcome, readonly modelId: string | null, readonly reason: string | null, readonly requestId: string | null, readonly before: { readonly modelIds: ReadonlyArray<string>, readonly hiddenCount: number, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly expiresAt: string | null, readonly condition: { readonly name: string } | null }>, readonly reads: ReadonlyArray<{ readonly object: string, readonly permission: string }> }, readonly after: { readonly modelIds: ReadonlyArray<string>, readonly hiddenCount: number, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly expiresAt: string | null, readonly condition: { readonly name: string } | null }>, readonly reads: ReadonlyArray<{ readonly object: string, readonly permission: string }> } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AuditStateFragment = { readonly modelIds: ReadonlyArray<string>, readonly hiddenCount: number, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly expiresAt: string | null, readonly condition: { readonly name: string } | null }>, readonly reads: ReadonlyArray<{ readonly object: string, readonly permission: string }> };

export type GlassConditionsQueryVariables = Exact<{
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type GlassConditionsQuery = { readonly authorizationModel: { readonly conditions: ReadonlyArray<{ readonly name: string }> | null } | null };

export type BreakGlassQueryVariables = Exact<{
  condition: string;
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type BreakGlassQuery = { readonly accessRelationships: { readonly edges: ReadonlyArray<{ readonly node: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type FindingsQueryVariables = Exact<{
  object: string;
  includeContained?: boolean | null | undefined;
  kinds?: ReadonlyArray<AccessFindingKind> | AccessFindingKind | null | undefined;
  insiders?: string | null | undefined;
  steps?: number | null | undefined;
  days?: number | null | undefined;
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type FindingsQuery = { readonly findings: { readonly isComplete: boolean, readonly notExamined: ReadonlyArray<string>, readonly consistencyToken: string, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly kind: AccessFindingKind, readonly rank: number, readonly subject: string | null, readonly object: string | null, readonly count: number | null, readonly of: number | null, readonly text: string, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly expiresAt: string | null }>, readonly change: { readonly writes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly deletes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }> } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ActiveModelQueryVariables = Exact<{ [key: string]: never; }>;


export type ActiveModelQuery = { readonly authorizationModel: { readonly id: string, readonly createdAt: string, readonly createdBy: string | null } | null };

export type RefusalsQueryVariables = Exact<{
  from: string;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type RefusalsQuery = { readonly accessAuditEvents: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly at: string, readonly actor: string, readonly action: string } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type MyPermissionsQueryVariables = Exact<{
  objects: ReadonlyArray<string> | string;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type MyPermissionsQuery = { readonly viewer: { readonly permissions: ReadonlyArray<{ readonly object: string, readonly granted: ReadonlyArray<string>, readonly undecided: ReadonlyArray<{ readonly permission: string, readonly error: { readonly code: string, readonly message: string } }> }> } | null };

export type ObjectStructureQueryVariables = Exact<{
  object: string;
  subject: string;
  isReader: boolean;
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ObjectStructureQuery = { readonly accessReview: { readonly rightsComeFrom: ReadonlyArray<string>, readonly consistencyToken: string }, readonly accessRelationships?: { readonly edges: ReadonlyArray<{ readonly node: { readonly relation: string, readonly subject: string } }> }, readonly subjectHoldings: { readonly isComplete: boolean, readonly edges: ReadonlyArray<{ readonly node: { readonly relationship: { readonly object: string, readonly relation: string, readonly subject: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ObjectPeopleQueryVariables = Exact<{
  object: string;
  includeContained?: boolean | null | undefined;
  filter?: AccessReviewFilter | null | undefined;
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ObjectPeopleQuery = { readonly accessReview: { readonly isCutShort: boolean, readonly isComplete: boolean, readonly rightsComeFrom: ReadonlyArray<string>, readonly consistencyToken: string, readonly edges: ReadonlyArray<{ readonly node: { readonly object: string, readonly role: string, readonly subject: string, readonly grantedAt: string, readonly grantedBy: string | null, readonly startsAt: string | null, readonly expiresAt: string | null, readonly isEffective: boolean, readonly ineffectiveReason: IneffectiveReason | null, readonly via: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string }>, readonly conditions: ReadonlyArray<{ readonly name: string, readonly context: Record<string, unknown> | null }>, readonly error: { readonly code: string, readonly message: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ObjectRolesQueryVariables = Exact<{
  object: string;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ObjectRolesQuery = { readonly objectRoles: ReadonlyArray<{ readonly role: string, readonly canGrant: boolean, readonly needs: string, readonly noSelfGrant: boolean, readonly mustKeep: boolean, readonly takesAway: boolean, readonly description: string | null, readonly error: { readonly message: string } | null, readonly subjects: ReadonlyArray<{ readonly type: string, readonly relation: string | null, readonly wildcard: boolean, readonly condition: string | null, readonly parameters: ReadonlyArray<{ readonly name: string, readonly type: string }> }>, readonly gives: { readonly here: ReadonlyArray<string>, readonly isComplete: boolean, readonly below: ReadonlyArray<{ readonly type: string, readonly permissions: ReadonlyArray<string> }> } }> };

export type SubjectHoldingsQueryVariables = Exact<{
  subject: string;
  within?: string | null | undefined;
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type SubjectHoldingsQuery = { readonly subjectHoldings: { readonly isComplete: boolean, readonly edges: ReadonlyArray<{ readonly node: { readonly isThroughSet: boolean, readonly relationship: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string } | null } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type OffboardSubjectMutationVariables = Exact<{
  input: OffboardSubjectInput;
  after?: string | null | undefined;
}>;


export type OffboardSubjectMutation = { readonly offboardSubject: { readonly consistencyToken: string | null, readonly offboarding: { readonly subject: string, readonly relationshipCount: number, readonly throughSetsCount: number, readonly throughSetsAreCut: boolean, readonly orphanedCount: number, readonly relationships: { readonly edges: ReadonlyArray<{ readonly node: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly throughSets: { readonly edges: ReadonlyArray<{ readonly node: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } }> }, readonly orphaned: { readonly edges: ReadonlyArray<{ readonly node: { readonly object: string, readonly role: string } }> } } | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type OffboardedRelationshipFragment = { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null };

export type ProposalsQueryVariables = Exact<{
  object?: string | null | undefined;
  mine?: boolean | null | undefined;
  toDecide?: boolean | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ProposalsQuery = { readonly proposals: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: AccessProposalState, readonly reason: string, readonly proposer: string, readonly delegate: string | null, readonly createdAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly endedBy: string | null, readonly writes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly deletes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly model: { readonly activate: boolean } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProposalQueryVariables = Exact<{
  id: string | number;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ProposalQuery = { readonly proposal: { readonly digest: string, readonly basedOn: string, readonly evidence: ReadonlyArray<string>, readonly endReason: string | null, readonly id: string, readonly state: AccessProposalState, readonly reason: string, readonly proposer: string, readonly delegate: string | null, readonly createdAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly endedBy: string | null, readonly preconditions: ReadonlyArray<{ readonly exists: boolean, readonly relationship: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } }>, readonly hindrance: { readonly code: AccessUserErrorCode, readonly message: string } | null, readonly writes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly deletes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly model: { readonly activate: boolean } | null } | null };

export type ProposalSimulationQueryVariables = Exact<{
  id: string | number;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ProposalSimulationQuery = { readonly proposal: { readonly simulation: { readonly changed: number, readonly isComplete: boolean, readonly notExamined: ReadonlyArray<string>, readonly consistencyToken: string, readonly gained: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> }, readonly lost: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> }, readonly becameUndecided: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string }> }, readonly escalations: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly object: string, readonly permission: string, readonly relations: ReadonlyArray<string> }> }, readonly toxicPairs: { readonly count: number, readonly examples: ReadonlyArray<{ readonly subject: string, readonly firstPermission: string, readonly firstObject: string, readonly secondPermission: string, readonly secondObject: string }> }, readonly problems: ReadonlyArray<{ readonly message: string }> } | null } | null };

export type ProposalModelTextQueryVariables = Exact<{
  id: string | number;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ProposalModelTextQuery = { readonly proposal: { readonly model: { readonly dsl: string | null, readonly tests: string | null, readonly modules: ReadonlyArray<{ readonly name: string, readonly dsl: string }> | null } | null } | null };

export type ProposalModelPreviewQueryVariables = Exact<{
  id: string | number;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type ProposalModelPreviewQuery = { readonly proposal: { readonly modelPreview: { readonly diff: { readonly changes: ReadonlyArray<{ readonly change: AuthorizationModelChangeKind, readonly type: string | null, readonly relation: string | null, readonly condition: string | null, readonly before: string | null, readonly after: string | null, readonly text: string }> } | null, readonly impact: { readonly isComplete: boolean, readonly permissions: ReadonlyArray<{ readonly type: string, readonly permission: string, readonly isComplete: boolean, readonly lost: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly gained: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly becameUndecided: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }, readonly wasUndecided: { readonly subjects: number, readonly objects: number, readonly everybodyOf: ReadonlyArray<string>, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null } }>, readonly ignoredRelationships: ReadonlyArray<{ readonly type: string, readonly relation: string, readonly count: number, readonly isComplete: boolean, readonly examples: ReadonlyArray<{ readonly object: string, readonly subject: string }> | null }>, readonly notCompared: ReadonlyArray<{ readonly type: string, readonly permission: string }> } | null } | null } | null };

export type ProposeChangeMutationVariables = Exact<{
  input: ProposeChangeInput;
}>;


export type ProposeChangeMutation = { readonly proposeChange: { readonly consistencyToken: string | null, readonly proposal: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type ApproveProposalMutationVariables = Exact<{
  input: ApproveProposalInput;
}>;


export type ApproveProposalMutation = { readonly approveProposal: { readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type RejectProposalMutationVariables = Exact<{
  input: EndProposalInput;
}>;


export type RejectProposalMutation = { readonly rejectProposal: { readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type WithdrawProposalMutationVariables = Exact<{
  input: EndProposalInput;
}>;


export type WithdrawProposalMutation = { readonly withdrawProposal: { readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string, readonly current: { readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly createdAt: string, readonly createdBy: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null } | null }> } };

export type ProposalLineFragment = { readonly id: string, readonly state: AccessProposalState, readonly reason: string, readonly proposer: string, readonly delegate: string | null, readonly createdAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly endedBy: string | null, readonly writes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly deletes: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly startsAt: string | null, readonly expiresAt: string | null, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly model: { readonly activate: boolean } | null };

export type KnownObjectsQueryVariables = Exact<{
  type: string;
  startsWith?: string | null | undefined;
  within?: string | null | undefined;
  consistency?: CheckConsistencyInput | null | undefined;
}>;


export type KnownObjectsQuery = { readonly knownObjects: { readonly edges: ReadonlyArray<{ readonly node: string }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ChangedFragmentDoc = new TypedDocumentString(`
    fragment Changed on ChangedRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
}
    `, {"fragmentName":"Changed"}) as unknown as TypedDocumentString<ChangedFragment, unknown>;
export const ChangeFragmentDoc = new TypedDocumentString(`
    fragment Change on AccessChange {
  writes {
    ...Changed
  }
  deletes {
    ...Changed
  }
}
    fragment Changed on ChangedRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
}`, {"fragmentName":"Change"}) as unknown as TypedDocumentString<ChangeFragment, unknown>;
export const PreviewCountFragmentDoc = new TypedDocumentString(`
    fragment PreviewCount on AccessPreviewCount {
  count
  examples {
    subject
    object
    permission
  }
}
    `, {"fragmentName":"PreviewCount"}) as unknown as TypedDocumentString<PreviewCountFragment, unknown>;
export const SimulationFragmentDoc = new TypedDocumentString(`
    fragment Simulation on AccessSimulation {
  gained {
    ...PreviewCount
  }
  lost {
    ...PreviewCount
  }
  becameUndecided {
    ...PreviewCount
  }
  changed
  escalations {
    count
    examples {
      subject
      object
      permission
      relations
    }
  }
  toxicPairs {
    count
    examples {
      subject
      firstPermission
      firstObject
      secondPermission
      secondObject
    }
  }
  problems {
    message
  }
  isComplete
  notExamined
  consistencyToken
}
    fragment PreviewCount on AccessPreviewCount {
  count
  examples {
    subject
    object
    permission
  }
}`, {"fragmentName":"Simulation"}) as unknown as TypedDocumentString<SimulationFragment, unknown>;
export const PreviewFragmentDoc = new TypedDocumentString(`
    fragment Preview on AccessPreview {
  text
  isComplete
  remainsThrough {
    subject
    object
    permissions
    relationships {
      object
      relation
      subject
    }
    isWhole
  }
}
    `, {"fragmentName":"Preview"}) as unknown as TypedDocumentString<PreviewFragment, unknown>;
export const ModelDiffFragmentDoc = new TypedDocumentString(`
    fragment ModelDiff on AuthorizationModelDiff {
  changes {
    change
    type
    relation
    condition
    before
    after
    text
  }
}
    `, {"fragmentName":"ModelDiff"}) as unknown as TypedDocumentString<ModelDiffFragment, unknown>;
export const ImpactCountFragmentDoc = new TypedDocumentString(`
    fragment ImpactCount on AuthorizationImpactCount {
  subjects
  objects
  everybodyOf
  examples {
    object
    subject
  }
}
    `, {"fragmentName":"ImpactCount"}) as unknown as TypedDocumentString<ImpactCountFragment, unknown>;
export const ModelImpactFragmentDoc = new TypedDocumentString(`
    fragment ModelImpact on AuthorizationModelImpact {
  isComplete
  permissions {
    type
    permission
    lost {
      ...ImpactCount
    }
    gained {
      ...ImpactCount
    }
    becameUndecided {
      ...ImpactCount
    }
    wasUndecided {
      ...ImpactCount
    }
    isComplete
  }
  ignoredRelationships {
    type
    relation
    count
    isComplete
    examples {
      object
      subject
    }
  }
  notCompared {
    type
    permission
  }
}
    fragment ImpactCount on AuthorizationImpactCount {
  subjects
  objects
  everybodyOf
  examples {
    object
    subject
  }
}`, {"fragmentName":"ModelImpact"}) as unknown as TypedDocumentString<ModelImpactFragment, unknown>;
export const WrittenFragmentDoc = new TypedDocumentString(`
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
    `, {"fragmentName":"Written"}) as unknown as TypedDocumentString<WrittenFragment, unknown>;
export const WriteErrorFragmentDoc = new TypedDocumentString(`
    fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}`, {"fragmentName":"WriteError"}) as unknown as TypedDocumentString<WriteErrorFragment, unknown>;
export const ModelErrorFragmentDoc = new TypedDocumentString(`
    fragment ModelError on AccessUserError {
  ...WriteError
  place {
    module
    line
    column
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}`, {"fragmentName":"ModelError"}) as unknown as TypedDocumentString<ModelErrorFragment, unknown>;
export const AuditStateFragmentDoc = new TypedDocumentString(`
    fragment AuditState on AccessAuditState {
  relationships {
    object
    relation
    subject
    condition {
      name
    }
    expiresAt
  }
  modelIds
  reads {
    object
    permission
  }
  hiddenCount
}
    `, {"fragmentName":"AuditState"}) as unknown as TypedDocumentString<AuditStateFragment, unknown>;
export const OffboardedRelationshipFragmentDoc = new TypedDocumentString(`
    fragment OffboardedRelationship on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
    `, {"fragmentName":"OffboardedRelationship"}) as unknown as TypedDocumentString<OffboardedRelationshipFragment, unknown>;
export const ProposalLineFragmentDoc = new TypedDocumentString(`
    fragment ProposalLine on AccessProposal {
  id
  state
  writes {
    ...Changed
  }
  deletes {
    ...Changed
  }
  model {
    activate
  }
  reason
  proposer
  delegate
  createdAt
  expiresAt
  endedAt
  endedBy
}
    fragment Changed on ChangedRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
}`, {"fragmentName":"ProposalLine"}) as unknown as TypedDocumentString<ProposalLineFragment, unknown>;
export const SimulateChangeDocument = new TypedDocumentString(`
    query SimulateChange($input: SimulateChangeInput!, $consistency: CheckConsistencyInput) {
  simulateChange(input: $input, consistency: $consistency) {
    ...Simulation
  }
}
    fragment PreviewCount on AccessPreviewCount {
  count
  examples {
    subject
    object
    permission
  }
}
fragment Simulation on AccessSimulation {
  gained {
    ...PreviewCount
  }
  lost {
    ...PreviewCount
  }
  becameUndecided {
    ...PreviewCount
  }
  changed
  escalations {
    count
    examples {
      subject
      object
      permission
      relations
    }
  }
  toxicPairs {
    count
    examples {
      subject
      firstPermission
      firstObject
      secondPermission
      secondObject
    }
  }
  problems {
    message
  }
  isComplete
  notExamined
  consistencyToken
}`) as unknown as TypedDocumentString<SimulateChangeQuery, SimulateChangeQueryVariables>;
export const AccessChangesDocument = new TypedDocumentString(`
    subscription AccessChanges($object: ObjectRef!, $includeContained: Boolean, $after: ConsistencyToken) {
  accessChanges(
    object: $object
    includeContained: $includeContained
    after: $after
  ) {
    consistencyToken
    changes {
      operation
    }
    activatedModel
  }
}
    `) as unknown as TypedDocumentString<AccessChangesSubscription, AccessChangesSubscriptionVariables>;
export const AuditEventAddedDocument = new TypedDocumentString(`
    subscription AuditEventAdded($filter: AccessAuditEventFilter, $after: String) {
  accessAuditEventAdded(filter: $filter, after: $after) {
    cursor
  }
}
    `) as unknown as TypedDocumentString<AuditEventAddedSubscription, AuditEventAddedSubscriptionVariables>;
export const ModelsDocument = new TypedDocumentString(`
    query Models($after: String, $consistency: CheckConsistencyInput) {
  authorizationModels(after: $after, consistency: $consistency) {
    edges {
      node {
        id
        active
        createdAt
        createdBy
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ModelsQuery, ModelsQueryVariables>;
export const ModelDocument = new TypedDocumentString(`
    query Model($id: ID, $consistency: CheckConsistencyInput) {
  authorizationModel(id: $id, consistency: $consistency) {
    id
    active
    createdAt
    createdBy
  }
}
    `) as unknown as TypedDocumentString<ModelQuery, ModelQueryVariables>;
export const ModelTextDocument = new TypedDocumentString(`
    query ModelText($id: ID, $consistency: CheckConsistencyInput) {
  authorizationModel(id: $id, consistency: $consistency) {
    id
    dsl
    modules {
      name
      dsl
    }
  }
}
    `) as unknown as TypedDocumentString<ModelTextQuery, ModelTextQueryVariables>;
export const ModelTypesDocument = new TypedDocumentString(`
    query ModelTypes($id: ID, $consistency: CheckConsistencyInput) {
  authorizationModel(id: $id, consistency: $consistency) {
    types {
      name
      module
      description
      relations {
        name
        kind
        definition
        description
        subjects {
          type
          relation
          wildcard
          condition
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ModelTypesQuery, ModelTypesQueryVariables>;
export const ModelSheetsDocument = new TypedDocumentString(`
    query ModelSheets($id: ID, $consistency: CheckConsistencyInput) {
  authorizationModel(id: $id, consistency: $consistency) {
    types {
      name
      relations {
        name
        gives {
          here
          below {
            type
            permissions
          }
          isComplete
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ModelSheetsQuery, ModelSheetsQueryVariables>;
export const RightsDocument = new TypedDocumentString(`
    query Rights($checks: [ViewerCheckInput!]!, $consistency: CheckConsistencyInput) {
  viewer(consistency: $consistency) {
    decisions(checks: $checks) {
      allowed
      error {
        code
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RightsQuery, RightsQueryVariables>;
export const SimulateDecisionsDocument = new TypedDocumentString(`
    query SimulateDecisions($input: SimulateChangeInput!, $consistency: CheckConsistencyInput) {
  simulateChange(input: $input, consistency: $consistency) {
    text
    isComplete
    problems {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SimulateDecisionsQuery, SimulateDecisionsQueryVariables>;
export const EntityTypesDocument = new TypedDocumentString(`
    query EntityTypes {
  accessEntityTypes {
    type
    permissions
  }
}
    `) as unknown as TypedDocumentString<EntityTypesQuery, EntityTypesQueryVariables>;
export const GrantRoleDocument = new TypedDocumentString(`
    mutation GrantRole($input: GrantRoleInput!) {
  grantRole(input: $input) {
    relationship {
      ...Written
    }
    preview {
      ...Preview
    }
    consistencyToken
    userErrors {
      ...WriteError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment Preview on AccessPreview {
  text
  isComplete
  remainsThrough {
    subject
    object
    permissions
    relationships {
      object
      relation
      subject
    }
    isWhole
  }
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}`) as unknown as TypedDocumentString<GrantRoleMutation, GrantRoleMutationVariables>;
export const RevokeRoleDocument = new TypedDocumentString(`
    mutation RevokeRole($input: RevokeRoleInput!) {
  revokeRole(input: $input) {
    relationship {
      ...Written
    }
    preview {
      ...Preview
    }
    consistencyToken
    userErrors {
      ...WriteError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment Preview on AccessPreview {
  text
  isComplete
  remainsThrough {
    subject
    object
    permissions
    relationships {
      object
      relation
      subject
    }
    isWhole
  }
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}`) as unknown as TypedDocumentString<RevokeRoleMutation, RevokeRoleMutationVariables>;
export const TransferRoleDocument = new TypedDocumentString(`
    mutation TransferRole($input: TransferRoleInput!) {
  transferRole(input: $input) {
    relationship {
      ...Written
    }
    preview {
      ...Preview
    }
    consistencyToken
    userErrors {
      ...WriteError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment Preview on AccessPreview {
  text
  isComplete
  remainsThrough {
    subject
    object
    permissions
    relationships {
      object
      relation
      subject
    }
    isWhole
  }
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}`) as unknown as TypedDocumentString<TransferRoleMutation, TransferRoleMutationVariables>;
export const ExtendGrantDocument = new TypedDocumentString(`
    mutation ExtendGrant($input: ExtendGrantInput!) {
  extendGrant(input: $input) {
    relationship {
      ...Written
    }
    preview {
      ...Preview
    }
    consistencyToken
    userErrors {
      ...WriteError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment Preview on AccessPreview {
  text
  isComplete
  remainsThrough {
    subject
    object
    permissions
    relationships {
      object
      relation
      subject
    }
    isWhole
  }
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}`) as unknown as TypedDocumentString<ExtendGrantMutation, ExtendGrantMutationVariables>;
export const ActivateModelDocument = new TypedDocumentString(`
    mutation ActivateModel($input: ActivateAuthorizationModelInput!) {
  activateAuthorizationModel(input: $input) {
    model {
      id
    }
    diff {
      ...ModelDiff
    }
    impact {
      ...ModelImpact
    }
    consistencyToken
    userErrors {
      ...ModelError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}
fragment ModelDiff on AuthorizationModelDiff {
  changes {
    change
    type
    relation
    condition
    before
    after
    text
  }
}
fragment ModelImpact on AuthorizationModelImpact {
  isComplete
  permissions {
    type
    permission
    lost {
      ...ImpactCount
    }
    gained {
      ...ImpactCount
    }
    becameUndecided {
      ...ImpactCount
    }
    wasUndecided {
      ...ImpactCount
    }
    isComplete
  }
  ignoredRelationships {
    type
    relation
    count
    isComplete
    examples {
      object
      subject
    }
  }
  notCompared {
    type
    permission
  }
}
fragment ImpactCount on AuthorizationImpactCount {
  subjects
  objects
  everybodyOf
  examples {
    object
    subject
  }
}
fragment ModelError on AccessUserError {
  ...WriteError
  place {
    module
    line
    column
  }
}`) as unknown as TypedDocumentString<ActivateModelMutation, ActivateModelMutationVariables>;
export const CheckModelDocument = new TypedDocumentString(`
    mutation CheckModel($input: PublishAuthorizationModelInput!) {
  publishAuthorizationModel(input: $input) {
    userErrors {
      ...ModelError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}
fragment ModelError on AccessUserError {
  ...WriteError
  place {
    module
    line
    column
  }
}`) as unknown as TypedDocumentString<CheckModelMutation, CheckModelMutationVariables>;
export const PublishModelDocument = new TypedDocumentString(`
    mutation PublishModel($input: PublishAuthorizationModelInput!) {
  publishAuthorizationModel(input: $input) {
    model {
      id
    }
    diff {
      ...ModelDiff
    }
    impact {
      ...ModelImpact
    }
    consistencyToken
    userErrors {
      ...ModelError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}
fragment ModelDiff on AuthorizationModelDiff {
  changes {
    change
    type
    relation
    condition
    before
    after
    text
  }
}
fragment ModelImpact on AuthorizationModelImpact {
  isComplete
  permissions {
    type
    permission
    lost {
      ...ImpactCount
    }
    gained {
      ...ImpactCount
    }
    becameUndecided {
      ...ImpactCount
    }
    wasUndecided {
      ...ImpactCount
    }
    isComplete
  }
  ignoredRelationships {
    type
    relation
    count
    isComplete
    examples {
      object
      subject
    }
  }
  notCompared {
    type
    permission
  }
}
fragment ImpactCount on AuthorizationImpactCount {
  subjects
  objects
  everybodyOf
  examples {
    object
    subject
  }
}
fragment ModelError on AccessUserError {
  ...WriteError
  place {
    module
    line
    column
  }
}`) as unknown as TypedDocumentString<PublishModelMutation, PublishModelMutationVariables>;
export const AskWhatDocument = new TypedDocumentString(`
    query AskWhat($subject: SubjectRef!, $permission: String!, $type: String!, $context: JSONObject, $after: String, $consistency: CheckConsistencyInput) {
  accessibleObjects(
    subject: $subject
    permission: $permission
    type: $type
    context: $context
    first: 50
    after: $after
    consistency: $consistency
  ) {
    edges {
      node
    }
    undecided {
      object
      error {
        code
        message
      }
    }
    isCutShort
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AskWhatQuery, AskWhatQueryVariables>;
export const AskWhoDocument = new TypedDocumentString(`
    query AskWho($object: ObjectRef!, $permission: String!, $subjectType: String!, $context: JSONObject, $after: String, $consistency: CheckConsistencyInput) {
  subjectsWithAccess(
    object: $object
    permission: $permission
    subjectType: $subjectType
    context: $context
    first: 50
    after: $after
    consistency: $consistency
  ) {
    edges {
      node
    }
    excluded
    undecided {
      subject
      error {
        code
        message
      }
    }
    isCutShort
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AskWhoQuery, AskWhoQueryVariables>;
export const AskWhyDocument = new TypedDocumentString(`
    query AskWhy($subject: SubjectRef!, $permission: String!, $object: ObjectRef!, $context: JSONObject, $consistency: CheckConsistencyInput) {
  explainPermission(
    subject: $subject
    permission: $permission
    object: $object
    context: $context
    consistency: $consistency
  ) {
    decision {
      allowed
      error {
        code
        message
      }
    }
    text
    steps {
      depth
      kind
      object
      relation
      subject
      condition {
        name
        context
      }
      expiresAt
      createdAt
      createdBy
      text
    }
    sufficientRoles {
      object
      role
    }
  }
}
    `) as unknown as TypedDocumentString<AskWhyQuery, AskWhyQueryVariables>;
export const AuditDocument = new TypedDocumentString(`
    query Audit($filter: AccessAuditEventFilter, $after: String, $consistency: CheckConsistencyInput) {
  accessAuditEvents(
    filter: $filter
    first: 50
    after: $after
    consistency: $consistency
  ) {
    edges {
      cursor
      node {
        id
        at
        actor
        delegate
        action
        outcome
        modelId
        before {
          ...AuditState
        }
        after {
          ...AuditState
        }
        reason
        requestId
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    isCutShort
  }
}
    fragment AuditState on AccessAuditState {
  relationships {
    object
    relation
    subject
    condition {
      name
    }
    expiresAt
  }
  modelIds
  reads {
    object
    permission
  }
  hiddenCount
}`) as unknown as TypedDocumentString<AuditQuery, AuditQueryVariables>;
export const GlassConditionsDocument = new TypedDocumentString(`
    query GlassConditions($consistency: CheckConsistencyInput) {
  authorizationModel(consistency: $consistency) {
    conditions {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<GlassConditionsQuery, GlassConditionsQueryVariables>;
export const BreakGlassDocument = new TypedDocumentString(`
    query BreakGlass($condition: String!, $after: String, $consistency: CheckConsistencyInput) {
  accessRelationships(
    filter: {condition: $condition}
    first: 50
    after: $after
    consistency: $consistency
  ) {
    edges {
      node {
        object
        relation
        subject
        condition {
          name
          context
        }
        startsAt
        expiresAt
        createdAt
        createdBy
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<BreakGlassQuery, BreakGlassQueryVariables>;
export const FindingsDocument = new TypedDocumentString(`
    query Findings($object: ObjectRef!, $includeContained: Boolean, $kinds: [AccessFindingKind!], $insiders: SubjectRef, $steps: Int, $days: Int, $after: String, $consistency: CheckConsistencyInput) {
  findings(
    object: $object
    includeContained: $includeContained
    kinds: $kinds
    insiders: $insiders
    steps: $steps
    days: $days
    first: 50
    after: $after
    consistency: $consistency
  ) {
    edges {
      node {
        id
        kind
        rank
        subject
        object
        relationships {
          object
          relation
          subject
          expiresAt
        }
        count
        of
        text
        change {
          ...Change
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    isComplete
    notExamined
    consistencyToken
  }
}
    fragment Changed on ChangedRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
}
fragment Change on AccessChange {
  writes {
    ...Changed
  }
  deletes {
    ...Changed
  }
}`) as unknown as TypedDocumentString<FindingsQuery, FindingsQueryVariables>;
export const ActiveModelDocument = new TypedDocumentString(`
    query ActiveModel {
  authorizationModel {
    id
    createdAt
    createdBy
  }
}
    `) as unknown as TypedDocumentString<ActiveModelQuery, ActiveModelQueryVariables>;
export const RefusalsDocument = new TypedDocumentString(`
    query Refusals($from: DateTime!, $consistency: CheckConsistencyInput) {
  accessAuditEvents(
    filter: {outcome: DENIED, from: $from}
    first: 5
    consistency: $consistency
  ) {
    edges {
      node {
        id
        at
        actor
        action
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<RefusalsQuery, RefusalsQueryVariables>;
export const MyPermissionsDocument = new TypedDocumentString(`
    query MyPermissions($objects: [ObjectRef!]!, $consistency: CheckConsistencyInput) {
  viewer(consistency: $consistency) {
    permissions(objects: $objects) {
      object
      granted
      undecided {
        permission
        error {
          code
          message
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MyPermissionsQuery, MyPermissionsQueryVariables>;
export const ObjectStructureDocument = new TypedDocumentString(`
    query ObjectStructure($object: ObjectRef!, $subject: SubjectRef!, $isReader: Boolean!, $after: String, $consistency: CheckConsistencyInput) {
  accessReview(object: $object, first: 1, consistency: $consistency) {
    rightsComeFrom
    consistencyToken
  }
  accessRelationships(
    filter: {object: $object}
    first: 100
    consistency: $consistency
  ) @include(if: $isReader) {
    edges {
      node {
        relation
        subject
      }
    }
  }
  subjectHoldings(
    subject: $subject
    within: $object
    first: 50
    after: $after
    consistency: $consistency
  ) {
    edges {
      node {
        relationship {
          object
          relation
          subject
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    isComplete
  }
}
    `) as unknown as TypedDocumentString<ObjectStructureQuery, ObjectStructureQueryVariables>;
export const ObjectPeopleDocument = new TypedDocumentString(`
    query ObjectPeople($object: ObjectRef!, $includeContained: Boolean, $filter: AccessReviewFilter, $after: String, $consistency: CheckConsistencyInput) {
  accessReview(
    object: $object
    includeContained: $includeContained
    filter: $filter
    first: 50
    after: $after
    consistency: $consistency
  ) {
    edges {
      node {
        object
        role
        subject
        via {
          object
          relation
          subject
        }
        grantedAt
        grantedBy
        startsAt
        expiresAt
        conditions {
          name
          context
        }
        isEffective
        ineffectiveReason
        error {
          code
          message
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    isCutShort
    isComplete
    rightsComeFrom
    consistencyToken
  }
}
    `) as unknown as TypedDocumentString<ObjectPeopleQuery, ObjectPeopleQueryVariables>;
export const ObjectRolesDocument = new TypedDocumentString(`
    query ObjectRoles($object: ObjectRef!, $consistency: CheckConsistencyInput) {
  objectRoles(object: $object, consistency: $consistency) {
    role
    canGrant
    needs
    error {
      message
    }
    subjects {
      type
      relation
      wildcard
      condition
      parameters {
        name
        type
      }
    }
    noSelfGrant
    mustKeep
    takesAway
    description
    gives {
      here
      below {
        type
        permissions
      }
      isComplete
    }
  }
}
    `) as unknown as TypedDocumentString<ObjectRolesQuery, ObjectRolesQueryVariables>;
export const SubjectHoldingsDocument = new TypedDocumentString(`
    query SubjectHoldings($subject: SubjectRef!, $within: ObjectRef, $after: String, $consistency: CheckConsistencyInput) {
  subjectHoldings(
    subject: $subject
    within: $within
    first: 50
    after: $after
    consistency: $consistency
  ) {
    edges {
      node {
        isThroughSet
        relationship {
          object
          relation
          subject
          condition {
            name
          }
          startsAt
          expiresAt
          createdAt
          createdBy
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    isComplete
  }
}
    `) as unknown as TypedDocumentString<SubjectHoldingsQuery, SubjectHoldingsQueryVariables>;
export const OffboardSubjectDocument = new TypedDocumentString(`
    mutation OffboardSubject($input: OffboardSubjectInput!, $after: String) {
  offboardSubject(input: $input) {
    offboarding {
      subject
      relationshipCount
      relationships(first: 100, after: $after) {
        edges {
          node {
            ...OffboardedRelationship
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      throughSetsCount
      throughSets(first: 20) {
        edges {
          node {
            ...OffboardedRelationship
          }
        }
      }
      throughSetsAreCut
      orphanedCount
      orphaned(first: 20) {
        edges {
          node {
            object
            role
          }
        }
      }
    }
    consistencyToken
    userErrors {
      code
      message
      current {
        ...OffboardedRelationship
      }
    }
  }
}
    fragment OffboardedRelationship on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}`) as unknown as TypedDocumentString<OffboardSubjectMutation, OffboardSubjectMutationVariables>;
export const ProposalsDocument = new TypedDocumentString(`
    query Proposals($object: ObjectRef, $mine: Boolean, $toDecide: Boolean, $first: Int, $after: String, $consistency: CheckConsistencyInput) {
  proposals(
    object: $object
    mine: $mine
    toDecide: $toDecide
    first: $first
    after: $after
    consistency: $consistency
  ) {
    edges {
      node {
        ...ProposalLine
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment Changed on ChangedRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
}
fragment ProposalLine on AccessProposal {
  id
  state
  writes {
    ...Changed
  }
  deletes {
    ...Changed
  }
  model {
    activate
  }
  reason
  proposer
  delegate
  createdAt
  expiresAt
  endedAt
  endedBy
}`) as unknown as TypedDocumentString<ProposalsQuery, ProposalsQueryVariables>;
export const ProposalDocument = new TypedDocumentString(`
    query Proposal($id: ID!, $consistency: CheckConsistencyInput) {
  proposal(id: $id, consistency: $consistency) {
    ...ProposalLine
    digest
    basedOn
    preconditions {
      exists
      relationship {
        ...Changed
      }
    }
    evidence
    endReason
    hindrance {
      code
      message
    }
  }
}
    fragment Changed on ChangedRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
}
fragment ProposalLine on AccessProposal {
  id
  state
  writes {
    ...Changed
  }
  deletes {
    ...Changed
  }
  model {
    activate
  }
  reason
  proposer
  delegate
  createdAt
  expiresAt
  endedAt
  endedBy
}`) as unknown as TypedDocumentString<ProposalQuery, ProposalQueryVariables>;
export const ProposalSimulationDocument = new TypedDocumentString(`
    query ProposalSimulation($id: ID!, $consistency: CheckConsistencyInput) {
  proposal(id: $id, consistency: $consistency) {
    simulation {
      ...Simulation
    }
  }
}
    fragment PreviewCount on AccessPreviewCount {
  count
  examples {
    subject
    object
    permission
  }
}
fragment Simulation on AccessSimulation {
  gained {
    ...PreviewCount
  }
  lost {
    ...PreviewCount
  }
  becameUndecided {
    ...PreviewCount
  }
  changed
  escalations {
    count
    examples {
      subject
      object
      permission
      relations
    }
  }
  toxicPairs {
    count
    examples {
      subject
      firstPermission
      firstObject
      secondPermission
      secondObject
    }
  }
  problems {
    message
  }
  isComplete
  notExamined
  consistencyToken
}`) as unknown as TypedDocumentString<ProposalSimulationQuery, ProposalSimulationQueryVariables>;
export const ProposalModelTextDocument = new TypedDocumentString(`
    query ProposalModelText($id: ID!, $consistency: CheckConsistencyInput) {
  proposal(id: $id, consistency: $consistency) {
    model {
      dsl
      modules {
        name
        dsl
      }
      tests
    }
  }
}
    `) as unknown as TypedDocumentString<ProposalModelTextQuery, ProposalModelTextQueryVariables>;
export const ProposalModelPreviewDocument = new TypedDocumentString(`
    query ProposalModelPreview($id: ID!, $consistency: CheckConsistencyInput) {
  proposal(id: $id, consistency: $consistency) {
    modelPreview {
      diff {
        ...ModelDiff
      }
      impact {
        ...ModelImpact
      }
    }
  }
}
    fragment ModelDiff on AuthorizationModelDiff {
  changes {
    change
    type
    relation
    condition
    before
    after
    text
  }
}
fragment ModelImpact on AuthorizationModelImpact {
  isComplete
  permissions {
    type
    permission
    lost {
      ...ImpactCount
    }
    gained {
      ...ImpactCount
    }
    becameUndecided {
      ...ImpactCount
    }
    wasUndecided {
      ...ImpactCount
    }
    isComplete
  }
  ignoredRelationships {
    type
    relation
    count
    isComplete
    examples {
      object
      subject
    }
  }
  notCompared {
    type
    permission
  }
}
fragment ImpactCount on AuthorizationImpactCount {
  subjects
  objects
  everybodyOf
  examples {
    object
    subject
  }
}`) as unknown as TypedDocumentString<ProposalModelPreviewQuery, ProposalModelPreviewQueryVariables>;
export const ProposeChangeDocument = new TypedDocumentString(`
    mutation ProposeChange($input: ProposeChangeInput!) {
  proposeChange(input: $input) {
    proposal {
      id
    }
    consistencyToken
    userErrors {
      ...WriteError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}`) as unknown as TypedDocumentString<ProposeChangeMutation, ProposeChangeMutationVariables>;
export const ApproveProposalDocument = new TypedDocumentString(`
    mutation ApproveProposal($input: ApproveProposalInput!) {
  approveProposal(input: $input) {
    consistencyToken
    userErrors {
      ...WriteError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}`) as unknown as TypedDocumentString<ApproveProposalMutation, ApproveProposalMutationVariables>;
export const RejectProposalDocument = new TypedDocumentString(`
    mutation RejectProposal($input: EndProposalInput!) {
  rejectProposal(input: $input) {
    consistencyToken
    userErrors {
      ...WriteError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}`) as unknown as TypedDocumentString<RejectProposalMutation, RejectProposalMutationVariables>;
export const WithdrawProposalDocument = new TypedDocumentString(`
    mutation WithdrawProposal($input: EndProposalInput!) {
  withdrawProposal(input: $input) {
    consistencyToken
    userErrors {
      ...WriteError
    }
  }
}
    fragment Written on AccessRelationship {
  object
  relation
  subject
  condition {
    name
    context
  }
  startsAt
  expiresAt
  createdAt
  createdBy
}
fragment WriteError on AccessUserError {
  code
  message
  current {
    ...Written
  }
}`) as unknown as TypedDocumentString<WithdrawProposalMutation, WithdrawProposalMutationVariables>;
export const KnownObjectsDocument = new TypedDocumentString(`
    query KnownObjects($type: String!, $startsWith: String, $within: ObjectRef, $consistency: CheckConsistencyInput) {
  knownObjects(
    type: $type
    startsWith: $startsWith
    within: $within
    first: 20
    consistency: $consistency
  ) {
    edges {
      node
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<KnownObjectsQuery, KnownObjectsQueryVariables>;