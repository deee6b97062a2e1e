/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A condition of the model, with values for its parameters. */
export type AccessConditionInput = {
  /** Values for some or all of its parameters but those that only a request fills; they win over those of a question. */
  readonly context?: Record<string, unknown> | null | undefined;
  /** The condition's name. */
  readonly name: string;
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

export type EpisodeRowFragment = { readonly id: string, readonly title: string, readonly publishDate: string | null, readonly permissions: { readonly canPublish: boolean, readonly canEdit: boolean, readonly canGrantGuest: boolean } | null };

export type PublishEpisodeMutationVariables = Exact<{
  id: string | number;
  publishDate: string;
}>;


export type PublishEpisodeMutation = { readonly publishEpisode: { readonly id: string, readonly publishDate: string | null } | null };

export type EpisodeScriptFragment = { readonly id: string, readonly permissions: { readonly canEdit: boolean } | null };

export type ReadScriptQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadScriptQuery = { readonly episode: { readonly id: string, readonly script: string | null } | null };

export type GuestInvitationFragment = { readonly id: string, readonly permissions: { readonly canGrantGuest: boolean } | null };

export type InviteGuestMutationVariables = Exact<{
  input: GrantRoleInput;
}>;


export type InviteGuestMutation = { readonly grantRole: { readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: AccessUserErrorCode, readonly message: string }> } };

export type LivePermissionsSubscriptionVariables = Exact<{
  objects: ReadonlyArray<string> | string;
}>;


export type LivePermissionsSubscription = { readonly viewerPermissionsChanged: ReadonlyArray<{ readonly object: string, readonly granted: ReadonlyArray<string>, readonly undecided: ReadonlyArray<{ readonly permission: string }> }> };

export type ShowHeadFragment = { readonly id: string, readonly title: string, readonly permissions: { readonly canManageTeam: boolean, readonly canViewAnalytics: boolean } | null };

export type ShowListQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ShowListQuery = { readonly viewer: { readonly subject: string, readonly shows: { readonly undecidedCount: number, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly title: string, readonly permissions: { readonly canEditEpisode: boolean } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ShowPageQueryVariables = Exact<{
  id: string | number;
}>;


export type ShowPageQuery = { readonly show: { readonly id: string, readonly title: string, readonly episodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly publishDate: string | null, readonly permissions: { readonly canPublish: boolean, readonly canEdit: boolean, readonly canGrantGuest: boolean } | null }>, readonly drafts: ReadonlyArray<{ readonly id: string, readonly title: string, readonly publishDate: string | null, readonly permissions: { readonly canPublish: boolean, readonly canEdit: boolean, readonly canGrantGuest: boolean } | null }>, readonly permissions: { readonly canManageTeam: boolean, readonly canViewAnalytics: boolean } | null } | null };

export const EpisodeScriptFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EpisodeScript"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Episode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canEdit"}}]}}]}}]} as unknown as DocumentNode<EpisodeScriptFragment, unknown>;
export const GuestInvitationFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GuestInvitation"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Episode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canGrantGuest"}}]}}]}}]} as unknown as DocumentNode<GuestInvitationFragment, unknown>;
export const EpisodeRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EpisodeRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Episode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"publishDate"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canPublish"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"EpisodeScript"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"GuestInvitation"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EpisodeScript"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Episode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canEdit"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GuestInvitation"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Episode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canGrantGuest"}}]}}]}}]} as unknown as DocumentNode<EpisodeRowFragment, unknown>;
export const ShowHeadFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShowHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Show"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canManageTeam"}},{"kind":"Field","name":{"kind":"Name","value":"canViewAnalytics"}}]}}]}}]} as unknown as DocumentNode<ShowHeadFragment, unknown>;
export const PublishEpisodeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PublishEpisode"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"publishDate"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"publishEpisode"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"publishDate"},"value":{"kind":"Variable","name":{"kind":"Name","value":"publishDate"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"publishDate"}}]}}]}}]} as unknown as DocumentNode<PublishEpisodeMutation, PublishEpisodeMutationVariables>;
export const ReadScriptDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReadScript"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"episode"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"script"}}]}}]}}]} as unknown as DocumentNode<ReadScriptQuery, ReadScriptQueryVariables>;
export const InviteGuestDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"InviteGuest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"GrantRoleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"grantRole"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"consistencyToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<InviteGuestMutation, InviteGuestMutationVariables>;
export const LivePermissionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"LivePermissions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"objects"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ObjectRef"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewerPermissionsChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"objects"},"value":{"kind":"Variable","name":{"kind":"Name","value":"objects"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"object"}},{"kind":"Field","name":{"kind":"Name","value":"granted"}},{"kind":"Field","name":{"kind":"Name","value":"undecided"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"permission"}}]}}]}}]}}]} as unknown as DocumentNode<LivePermissionsSubscription, LivePermissionsSubscriptionVariables>;
export const ShowListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ShowList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"shows"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"permission"},"value":{"kind":"EnumValue","value":"CAN_EDIT_EPISODE"}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canEditEpisode"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"undecidedCount"}}]}}]}}]}}]} as unknown as DocumentNode<ShowListQuery, ShowListQueryVariables>;
export const ShowPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ShowPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"show"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShowHead"}},{"kind":"Field","name":{"kind":"Name","value":"episodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"EpisodeRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"drafts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"EpisodeRow"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EpisodeRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Episode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"publishDate"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canPublish"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"EpisodeScript"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"GuestInvitation"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EpisodeScript"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Episode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canEdit"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GuestInvitation"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Episode"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canGrantGuest"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShowHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Show"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"canManageTeam"}},{"kind":"Field","name":{"kind":"Name","value":"canViewAnalytics"}}]}}]}}]} as unknown as DocumentNode<ShowPageQuery, ShowPageQueryVariables>;