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

/** A question about the viewer. */
export type ViewerCheckInput = {
  /** The object. */
  readonly object: string;
  /** A permission, or any relation, of the object's type. */
  readonly permission: string;
};

export type RightsQueryVariables = Exact<{
  checks: ReadonlyArray<ViewerCheckInput> | ViewerCheckInput;
}>;


export type RightsQuery = { readonly viewer: { readonly decisions: ReadonlyArray<{ readonly allowed: boolean, readonly error: { readonly code: string } | null }> } | null };

export type AskWhatQueryVariables = Exact<{
  subject: string;
  permission: string;
  type: string;
  context?: Record<string, unknown> | null | undefined;
  after?: string | null | undefined;
}>;


export type AskWhatQuery = { readonly accessibleObjects: { readonly isCutShort: boolean, readonly edges: ReadonlyArray<{ readonly node: string }>, readonly undecided: ReadonlyArray<{ readonly object: string, readonly error: { readonly code: string, readonly message: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AskWhoQueryVariables = Exact<{
  object: string;
  permission: string;
  subjectType: string;
  context?: Record<string, unknown> | null | undefined;
  after?: string | null | undefined;
}>;


export type AskWhoQuery = { readonly subjectsWithAccess: { readonly excluded: ReadonlyArray<string>, readonly isCutShort: boolean, readonly edges: ReadonlyArray<{ readonly node: string }>, readonly undecided: ReadonlyArray<{ readonly subject: string, readonly error: { readonly code: string, readonly message: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AskWhyQueryVariables = Exact<{
  subject: string;
  permission: string;
  object: string;
  context?: Record<string, unknown> | null | undefined;
}>;


export type AskWhyQuery = { readonly explainPermission: { readonly text: string, readonly decision: { readonly allowed: boolean, readonly error: { readonly code: string, readonly message: string } | null }, readonly steps: ReadonlyArray<{ readonly depth: number, readonly kind: ExplanationStepKind, readonly object: string | null, readonly relation: string | null, readonly subject: string | null, readonly expiresAt: string | null, readonly createdAt: string | null, readonly createdBy: string | null, readonly text: string, readonly condition: { readonly name: string, readonly context: Record<string, unknown> | null } | null }>, readonly sufficientRoles: ReadonlyArray<{ readonly object: string, readonly role: string }> } };

export type AuditQueryVariables = Exact<{
  filter?: AccessAuditEventFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditQuery = { readonly accessAuditEvents: { readonly isCutShort: boolean, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly at: string, readonly actor: string, readonly delegate: string | null, readonly action: string, readonly outcome: AccessAuditOutcome, readonly modelId: string | null, readonly reason: string | null, readonly requestId: string | null, readonly before: { readonly modelIds: ReadonlyArray<string>, readonly hiddenCount: number, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly expiresAt: string | null, readonly condition: { readonly name: string } | null }>, readonly reads: ReadonlyArray<{ readonly object: string, readonly permission: string }> }, readonly after: { readonly modelIds: ReadonlyArray<string>, readonly hiddenCount: number, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly expiresAt: string | null, readonly condition: { readonly name: string } | null }>, readonly reads: ReadonlyArray<{ readonly object: string, readonly permission: string }> } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AuditStateFragment = { readonly modelIds: ReadonlyArray<string>, readonly hiddenCount: number, readonly relationships: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string, readonly expiresAt: string | null, readonly condition: { readonly name: string } | null }>, readonly reads: ReadonlyArray<{ readonly object: string, readonly permission: string }> };

export type ActiveModelQueryVariables = Exact<{ [key: string]: never; }>;


export type ActiveModelQuery = { readonly authorizationModel: { readonly id: string, readonly createdAt: string, readonly createdBy: string | null } | null };

export type RefusalsQueryVariables = Exact<{
  from: string;
}>;


export type RefusalsQuery = { readonly accessAuditEvents: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly at: string, readonly actor: string, readonly action: string } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type MyPermissionsQueryVariables = Exact<{
  objects: ReadonlyArray<string> | string;
}>;


export type MyPermissionsQuery = { readonly viewer: { readonly permissions: ReadonlyArray<{ readonly object: string, readonly granted: ReadonlyArray<string>, readonly undecided: ReadonlyArray<{ readonly permission: string, readonly error: { readonly code: string, readonly message: string } }> }> } | null };

export type ObjectPeopleQueryVariables = Exact<{
  object: string;
  includeContained?: boolean | null | undefined;
  after?: string | null | undefined;
}>;


export type ObjectPeopleQuery = { readonly accessReview: { readonly isCutShort: boolean, readonly isComplete: boolean, readonly rightsComeFrom: ReadonlyArray<string>, readonly edges: ReadonlyArray<{ readonly node: { readonly object: string, readonly role: string, readonly subject: string, readonly grantedAt: string, readonly grantedBy: string | null, readonly expiresAt: string | null, readonly isEffective: boolean, readonly ineffectiveReason: IneffectiveReason | null, readonly via: ReadonlyArray<{ readonly object: string, readonly relation: string, readonly subject: string }>, readonly conditions: ReadonlyArray<{ readonly name: string, readonly context: Record<string, unknown> | null }>, readonly error: { readonly code: string, readonly message: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

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
export const RightsDocument = new TypedDocumentString(`
    query Rights($checks: [ViewerCheckInput!]!) {
  viewer {
    decisions(checks: $checks) {
      allowed
      error {
        code
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RightsQuery, RightsQueryVariables>;
export const AskWhatDocument = new TypedDocumentString(`
    query AskWhat($subject: SubjectRef!, $permission: String!, $type: String!, $context: JSONObject, $after: String) {
  accessibleObjects(
    subject: $subject
    permission: $permission
    type: $type
    context: $context
    first: 50
    after: $after
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
    query AskWho($object: ObjectRef!, $permission: String!, $subjectType: String!, $context: JSONObject, $after: String) {
  subjectsWithAccess(
    object: $object
    permission: $permission
    subjectType: $subjectType
    context: $context
    first: 50
    after: $after
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
    query AskWhy($subject: SubjectRef!, $permission: String!, $object: ObjectRef!, $context: JSONObject) {
  explainPermission(
    subject: $subject
    permission: $permission
    object: $object
    context: $context
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
    query Audit($filter: AccessAuditEventFilter, $after: String) {
  accessAuditEvents(filter: $filter, first: 50, after: $after) {
    edges {
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
    query Refusals($from: DateTime!) {
  accessAuditEvents(filter: {outcome: DENIED, from: $from}, first: 5) {
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
    query MyPermissions($objects: [ObjectRef!]!) {
  viewer {
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
export const ObjectPeopleDocument = new TypedDocumentString(`
    query ObjectPeople($object: ObjectRef!, $includeContained: Boolean, $after: String) {
  accessReview(
    object: $object
    includeContained: $includeContained
    first: 50
    after: $after
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
  }
}
    `) as unknown as TypedDocumentString<ObjectPeopleQuery, ObjectPeopleQueryVariables>;