import { isRecord } from '../../base/canonical-json.ts';

/** A relationship as an audit event names it. */
export interface AuditedRelationship {
  readonly object: string;
  readonly relation: string;
  readonly subject: string;
  readonly condition: { readonly name: string; readonly context?: Readonly<Record<string, unknown>> } | null;
  readonly startsAt: string | null;
  readonly expiresAt: string | null;
}

/** What an event took away or put there, sorted by what it is. */
export interface AuditState {
  readonly relationships: readonly AuditedRelationship[];
  /** The numbers of models. */
  readonly models: readonly number[];
  /** Permissions that somebody held by break-glass. */
  readonly reads: readonly { readonly object: string; readonly permission: string }[];
  /** Records of any other form, as they are. */
  readonly other: readonly Readonly<Record<string, unknown>>[];
  /** How many records are about other objects than the one that the reader may read about. */
  readonly hidden: number;
}

/** Sorts the records of an event; with an object, everything that is about another one is hidden. */
export function auditStateOf(records: readonly unknown[], only: string | undefined): AuditState {
  const shown = records.filter(isRecord).filter((record) => only === undefined || record.object === only);
  const state = {
    relationships: [] as AuditedRelationship[],
    models: [] as number[],
    reads: [] as AuditState['reads'][number][],
    other: [] as Readonly<Record<string, unknown>>[],
    hidden: records.length - shown.length,
  };
  for (const record of shown) {
    const relationship = relationshipIn(record);
    const { object, permission, model } = record;
    if (relationship !== undefined) state.relationships.push(relationship);
    else if (typeof object === 'string' && typeof permission === 'string') state.reads.push({ object, permission });
    else if (typeof model === 'number') state.models.push(model);
    else if (model !== null) state.other.push(record);
  }
  return state;
}

function relationshipIn(record: Readonly<Record<string, unknown>>): AuditedRelationship | undefined {
  const { object, relation, subject, condition, startsAt, expiresAt } = record;
  if (typeof object !== 'string' || typeof relation !== 'string' || typeof subject !== 'string') return undefined;
  return {
    object,
    relation,
    subject,
    condition: conditionIn(condition),
    startsAt: typeof startsAt === 'string' ? startsAt : null,
    expiresAt: typeof expiresAt === 'string' ? expiresAt : null,
  };
}

function conditionIn(condition: unknown): AuditedRelationship['condition'] {
  if (!isRecord(condition) || typeof condition.name !== 'string') return null;
  const { name, context } = condition;
  return { name, ...(isRecord(context) && { context }) };
}
