import type { ObjectRef } from '../../../model/object-ref.ts';
import { packSubject } from '../../packed-subject.ts';
import type { RelationshipCursor, RelationshipFilter, RelationshipPage } from '../../relationship-page.ts';
import { maxExaminedRelationships } from '../read-relationships.ts';
import { readClock } from '../read-replay.ts';
import { storedRelationshipOf } from '../relationship-row.ts';
import type { TransactionSql } from '../sql.ts';
import { TermNumbers } from '../term-numbers.ts';
import { cursorOf, type FilterNumbers } from './examined-rows.ts';
import { findRows } from './find-rows.ts';
import { nameRows } from './name-rows.ts';
import { readNodes } from './objects.ts';
import { readRelationNumbers } from './relation-numbers.ts';

/** The same pages in the same orders as from one server. */
export async function readRelationships(
  sql: TransactionSql,
  filter: RelationshipFilter,
  first: number,
  after: RelationshipCursor | undefined,
  maxExamined = maxExaminedRelationships,
): Promise<RelationshipPage> {
  const numbers = await numbersOf(sql, filter);
  if (numbers === undefined) return { relationships: [], hasMore: false, last: undefined, isCutShort: false };
  const now = await readClock(sql);
  const { rows, end } = await findRows(sql, { filter, numbers, now, after, limit: first + 1, maxExamined });
  const namesOf = await nameRows(sql, rows);
  const relationships = rows.slice(0, first).map((row) => ({
    relationship: storedRelationshipOf({ ...row, ...namesOf(row) }),
    cursor: cursorOf(row),
  }));
  const last = relationships.at(-1)?.cursor;
  if (rows.length > first) return { relationships, hasMore: true, last, isCutShort: false };
  if (end === undefined) return { relationships, hasMore: false, last, isCutShort: false };
  return { relationships, hasMore: true, last: end, isCutShort: rows.length < first };
}

/** Undefined where it names something that nothing has. */
async function numbersOf(
  sql: TransactionSql,
  { objectType, object, relation, subject, condition }: RelationshipFilter,
): Promise<FilterNumbers | undefined> {
  const terms = new TermNumbers(sql);
  const types = [objectType, subject?.kind === 'wildcard' ? subject.type : undefined];
  const relations = [relation, subject?.kind === 'set' ? subject.relation : undefined];
  await terms.find([
    ...types.flatMap((name) => (name === undefined ? [] : [{ kind: 'type', name } as const])),
    ...relations.flatMap((name) => (name === undefined ? [] : [{ kind: 'relation', name } as const])),
    ...(condition === undefined ? [] : [{ kind: 'condition', name: condition } as const]),
  ]);
  const named = [object, subject === undefined || subject.kind === 'wildcard' ? undefined : subject.object];
  const nodes = await readNodes(
    sql,
    named.filter((one): one is ObjectRef => one !== undefined),
  );
  const [objectNumber, root] = object === undefined ? [undefined, nodes[0]] : nodes;
  const anyRelation = object && subject && relation === undefined ? await readRelationNumbers(sql) : undefined;
  const numbers = {
    anyRelation,
    type: objectType === undefined ? undefined : terms.numberOf('type', objectType),
    object: objectNumber ?? undefined,
    relation: relation === undefined ? undefined : terms.numberOf('relation', relation),
    subject: subject && subjectNumber(subject, root ?? undefined, terms),
    condition: condition === undefined ? undefined : terms.numberOf('condition', condition),
  };
  const asked = [objectType, object, relation, subject, condition];
  const found = [numbers.type, numbers.object, numbers.relation, numbers.subject, numbers.condition];
  const isOfOtherType = objectType !== undefined && object !== undefined && object.type !== objectType;
  const isMissing = asked.some((one, index) => one !== undefined && found[index] === undefined);
  return isMissing || isOfOtherType ? undefined : numbers;
}

function subjectNumber(
  subject: NonNullable<RelationshipFilter['subject']>,
  root: number | undefined,
  terms: TermNumbers,
): number | undefined {
  if (subject.kind === 'wildcard') return terms.numberOf('type', subject.type);
  if (subject.kind === 'object' || root === undefined) return root;
  const relation = terms.numberOf('relation', subject.relation);
  return relation === undefined ? undefined : packSubject({ kind: 'set', object: root, relation });
}
