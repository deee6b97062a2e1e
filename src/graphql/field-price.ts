import { isRecord } from '../base/canonical-json.ts';
import { limits, usualPageSize } from '../model/limits.ts';

/** Arguments of a field as they were sent: of any form, since nothing has been checked yet. */
export type SentArguments = Readonly<Record<string, unknown>>;

/** What a field is charged before anything is done for it. */
export interface FieldPrice {
  readonly points: (args: SentArguments) => number;
  /** How many checks it asks for. */
  readonly checks?: (args: SentArguments) => number;
  /** Whether something is done or shown only if they say so, as guards and services ask. */
  readonly isEnforced?: boolean;
  /** How many items its list has, or the list in its page; the fields in them are counted as often. */
  readonly items?: (args: SentArguments) => number;
  /** Whether it waits for its turn by itself, instead of with what else is asked. */
  readonly isQuestion?: boolean;
  /** Whether, of those, it takes as long as a check. */
  readonly isQuick?: boolean;
  readonly isDryRun?: (args: SentArguments) => boolean;
}

/** Items of a list that no argument says the length of. */
export const assumedItems = 10;
const assumedRoles = 20;
const assumedTypes = 20;

/**
 * Whatever opens a state of its own has a price; a test holds the table against the schema. What it turns out to have taken
 * besides is charged when it is done, by its steps.
 */
export const fieldPrices: ReadonlyMap<string, FieldPrice> = new Map<string, FieldPrice>([
  ['Query.viewer', { points: () => 0 }],
  ['Query._service', { points: () => 2000 }],
  [
    'Query.accessEntities',
    { points: ({ objects }) => 0.1 * countOf(objects), items: ({ objects }) => countOf(objects) },
  ],
  ['Query.accessEntityTypes', { points: () => 0 }],
  ['Query._entities', { points: (args) => 0.1 * represented(args), items: represented }],
  [
    'Query.checkPermissions',
    { points: () => 100, checks: askedIn, isEnforced: true, items: askedIn, isQuestion: true, isQuick: true },
  ],
  ['Query.explainPermission', { points: (args) => 400 + withContextual(args), isQuestion: true }],
  ['Query.accessibleObjects', listed(300, 5)],
  ['Query.subjectsWithAccess', listed(300, 5)],
  ['Query.accessRelationships', listed(200, 2)],
  ['Query.accessReview', listed(500, 10)],
  ['Query.simulateChange', { points: simulatedPoints, isDryRun: () => true, isQuestion: true }],
  ['Query.findings', { ...listed(1500, 2), isDryRun: () => true }],
  ['Query.knownObjects', listed(500, 5)],
  ['Query.subjectHoldings', listed(1500, 2)],
  ['Query.objectRoles', { points: () => 100, isQuestion: true, items: () => assumedRoles }],
  ['Query.authorizationModel', { points: () => 100, isQuestion: true }],
  ['AuthorizationModel.modules', { points: () => 100, isQuestion: true }],
  ['AuthorizationModel.types', { points: () => 100, isQuestion: true, items: () => assumedTypes }],
  ['AuthorizationModel.conditions', { points: () => 100, isQuestion: true }],
  ['Query.accessAuditEvent', { points: () => 100, isQuestion: true }],
  ['Query.accessAuditEvents', listed(200, 2)],
  ['Query.auditLogHead', { points: () => 50, isQuestion: true }],
  ['Query.authorizationModels', listed(100, 5)],
  ['Query.proposal', { points: () => 100, isQuestion: true }],
  ['Query.proposals', listed(500, 5)],
  ['AccessProposal.hindrance', { points: () => 50, isQuestion: true }],
  ['AccessProposal.simulation', { points: () => 1300, isDryRun: () => true, isQuestion: true }],
  ['AccessProposal.modelPreview', { points: () => 2000, isDryRun: () => true, isQuestion: true }],
  ['AuthorizationModelRelation.gives', { points: () => 2 }],
  ['AccessObjectRole.gives', { points: () => 2 }],
  ['Viewer.objects', listed(300, 5)],
  ['Viewer.can', { points: () => 0, checks: () => 1 }],
  ['Viewer.permissions', { points: () => 100, checks: perObject, items: ({ objects }) => countOf(objects) }],
  ['Viewer.decisions', { points: () => 0, checks: decided, isEnforced: true, items: decided }],
  ['Viewer.permissionFingerprint', { points: () => 0, checks: decided, isEnforced: true }],
  ['Mutation.grantRole', previewable(() => 100)],
  ['Mutation.revokeRole', previewable(() => 100)],
  ['Mutation.transferRole', previewable(() => 100)],
  ['Mutation.extendGrant', previewable(() => 100)],
  ['Mutation.offboardSubject', { points: () => 1500, isDryRun }],
  ['Mutation.retireObject', { points: () => 1500, isDryRun }],
  ['Mutation.writeRelationships', previewable(({ input }) => 100 + 2 * relationshipsIn(input))],
  ['Mutation.publishAuthorizationModel', { points: () => 2000, isDryRun }],
  ['Mutation.activateAuthorizationModel', { points: () => 1000, isDryRun }],
  ['Mutation.proposeChange', { points: ({ input }) => 200 + 2 * relationshipsIn(input) }],
  ['Mutation.approveProposal', { points: () => 300 }],
  ['Mutation.rejectProposal', { points: () => 200 }],
  ['Mutation.withdrawProposal', { points: () => 100 }],
  ['SubjectOffboarding.relationships', listed(10, 1)],
  ['SubjectOffboarding.throughSets', listed(10, 1)],
  ['SubjectOffboarding.orphaned', listed(10, 1)],
  ['ObjectRetirement.relationships', listed(10, 1)],
  ['ObjectRetirement.elsewhere', listed(10, 1)],
  ['ObjectRetirement.orphaned', listed(10, 1)],
  ['Subscription.relationshipChanges', { points: () => 500 }],
  ['Subscription.accessChanges', { points: () => 500 }],
  ['Subscription.accessAuditEventAdded', { points: () => 500 }],
  ['Subscription.viewerPermissionsChanged', { points: () => 200, checks: perObject }],
]);

/** The list of an entity of the model among what a viewer may touch. */
export const entityListPrice: FieldPrice = listed(300, 5);

/** The permission of an entity. */
export const entityPermissionPrice: FieldPrice = { points: () => 0, checks: () => 1 };

function listed(base: number, perItem: number): FieldPrice {
  return { points: (args) => base + perItem * itemsOf(args) + withContextual(args), items: itemsOf, isQuestion: true };
}

/** A preview compares who may do what, besides trying the write. */
function previewable(points: FieldPrice['points']): FieldPrice {
  return { points: (args) => points(args) + (isDryRun(args) ? 1000 : 0), isDryRun };
}

function itemsOf({ first }: SentArguments): number {
  // Whatever is out of range is refused when it is read; it must not make anything cheaper.
  return typeof first === 'number' ? Math.min(Math.max(first, 1), limits.pageSize.most) : usualPageSize;
}

function withContextual({ contextualRelationships }: SentArguments): number {
  return 2 * countOf(contextualRelationships);
}

function represented({ representations }: SentArguments): number {
  return countOf(representations);
}

function askedIn({ input }: SentArguments): number {
  return isRecord(input) ? countOf(input.checks) : 0;
}

function decided({ checks }: SentArguments): number {
  return countOf(checks);
}

/** Types have about ten permissions. */
function perObject({ objects }: SentArguments): number {
  return 10 * countOf(objects);
}

function relationshipsIn(input: unknown): number {
  return isRecord(input) ? countOf(input.writes) + countOf(input.deletes) + countOf(input.preconditions) : 0;
}

/** A simulation compares who may do what, as a preview does, and who may give what. */
function simulatedPoints({ input }: SentArguments): number {
  return 1100 + 2 * relationshipsIn(input);
}

function isDryRun({ input }: SentArguments): boolean {
  return isRecord(input) && input.dryRun === true;
}

/** What is no list is read as a list of itself. */
function countOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return Array.isArray(value) ? value.length : 1;
}
