import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import { EdgeTable } from '../../engine/check/edge-table.ts';
import type { ExcerptDemand, ExcerptQuery } from '../../engine/excerpt.ts';
import type { NodeId } from '../../engine/ports.ts';
import { type HistoryMark, markOf } from '../../model/history-mark.ts';
import type { ConditionName, RelationName, TypeName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Terms } from '../terms.ts';
import { rowsOf } from './connect.ts';
import { mostRows, statementInSnapshot, statementOfNames, statementOfNumbers } from './excerpt-statements.ts';
import { KnownNodes, type Recalled } from './known-nodes.ts';
import { goesOnFrom, type LastEvent, type SeenState } from './last-event.ts';
import { type EdgeColumns, edgeOf } from './read-edges.ts';
import type { TransactionSql } from './sql.ts';

/** The edges that an excerpt has of a state. */
export interface ExcerptEdges {
  readonly parents: EdgeTable;
  readonly leading: EdgeTable;
  readonly conditions: ReadonlySet<ConditionName>;
  /** How many edges were read. */
  readonly size: number;
}

/** What is read together: the objects and the subjects of one question, or of several, and what is demanded of them. */
export interface ExcerptsQuery extends Pick<ExcerptQuery, 'subjects' | 'objects'> {
  readonly demands: readonly ExcerptDemand[];
  /** The last event when the model was known, under which they are read. */
  readonly modelSince: LastEvent;
  /** The time to decide by; the server's own without it. */
  readonly now?: string | undefined;
}

/** The same, with the state that they are of, and the nodes of what was named. */
export interface ExcerptRows extends ExcerptEdges, LastEvent {
  readonly now: Date;
  readonly revision: number;
  readonly mark: HistoryMark | undefined;
  readonly activeModel: number | null;
  /** Whether the state goes on from where the model was known. */
  readonly isOfModel: boolean;
  /** Whether the server was a standby when it answered. */
  readonly isOfStandby: boolean;
  readonly subjects: readonly (NodeId | undefined)[];
  readonly objects: readonly (NodeId | undefined)[];
}

/** What an excerpt is of whose objects were found before. */
export interface NodesOfExcerpt {
  readonly subjects: readonly (NodeId | undefined)[];
  readonly types: readonly TypeName[];
  readonly objects: readonly (NodeId | undefined)[];
  readonly demand: ExcerptDemand;
}

/**
 * Reads an excerpt with one statement, and so from one state; undefined when there is too much of it. Where what was known of its
 * objects is of another history, the statement is repeated with their names.
 */
export async function readExcerpt(
  sql: TransactionSql,
  terms: Terms,
  query: ExcerptsQuery,
  known: KnownNodes,
): Promise<ExcerptRows | undefined> {
  const named = [...query.subjects, ...query.objects];
  const recalled = known.recall(named);
  const asked = askedOf(terms, query, named, recalled);
  const read = await run(sql, terms, asked.statement, asked.parameters);
  if (!known.confirms(recalled, read.state)) return readExcerpt(sql, terms, query, new KnownNodes());
  const found = foundOf(asked.unknown, read.state.found);
  known.learn(recalled, read.state, found);
  if (read.edges === undefined) return undefined;
  const byName = new Map(found);
  const nodes = recalled.nodes.map((node, index) => node ?? byName.get(named[index] as ObjectRef));
  const { nowMicros, modelHashThen, ...state } = read.state;
  return {
    ...read.edges,
    ...state,
    isOfModel: goesOnFrom(query.modelSince, { identity: state.identity, hashThen: modelHashThen }),
    mark: markOf(state.event, state.hash),
    now: new Date(Math.floor(nowMicros / 1000)),
    subjects: nodes.slice(0, query.subjects.length),
    objects: nodes.slice(query.subjects.length),
  };
}

/** The same in a transaction that sees one state, by the clock of its snapshot. */
export async function readExcerptOfNodes(
  sql: TransactionSql,
  terms: Terms,
  { subjects, types, objects, demand }: NodesOfExcerpt,
  now: string,
): Promise<ExcerptEdges | undefined> {
  const ends = [wildcardsOf(terms, types), definedOf(subjects)].flat();
  const parameters = [...listsOf([demand], terms), listOf(ends), listOf(definedOf(objects)), now];
  return (await run(sql, terms, statementInSnapshot, parameters)).edges;
}

/** A statement, and those of the objects that it looks up by their names, subjects first. */
interface Asked {
  readonly statement: string;
  readonly parameters: readonly (string | number | null | readonly string[])[];
  readonly unknown: readonly ObjectRef[];
}

function askedOf(
  terms: Terms,
  { subjects, demands, modelSince, now }: ExcerptsQuery,
  named: readonly ObjectRef[],
  { nodes, since }: Recalled,
): Asked {
  const count = subjects.length;
  const wildcards = wildcardsOf(
    terms,
    subjects.map(({ type }) => type),
  );
  const ends = [...wildcards, ...definedOf(nodes.slice(0, count))];
  const numbers = [
    listOf(ends),
    listOf(definedOf(nodes.slice(count))),
    since?.event ?? 0,
    modelSince.event,
    now ?? null,
  ];
  const parameters = [...listsOf(demands, terms), ...numbers];
  const unknown = named.filter((_, index) => nodes[index] === undefined);
  if (unknown.length === 0) return { statement: statementOfNumbers, parameters, unknown };
  const types = listOf(unknown.map(({ type }) => terms.type.numberOf(type) ?? 0));
  const names = unknown.map(({ id }): string => id);
  const unknownSubjects = nodes.slice(0, count).filter((node) => node === undefined).length;
  return { statement: statementOfNames, parameters: [...parameters, types, names, unknownSubjects], unknown };
}

function foundOf(
  unknown: readonly ObjectRef[],
  found: readonly (number | null)[] | null,
): readonly (readonly [ObjectRef, NodeId])[] {
  if (unknown.length === 0) return [];
  invariant(found?.length === unknown.length, 'the database says of each object whether it knows it');
  return unknown.flatMap((object, index): (readonly [ObjectRef, NodeId])[] => {
    const node = found[index] ?? undefined;
    return node === undefined ? [] : [[object, node]];
  });
}

async function run(sql: TransactionSql, terms: Terms, statement: string, parameters: Asked['parameters']) {
  const rows = rowsOf(await sql.unsafe<ExcerptRow[]>(statement, [...parameters] as never, { prepare: true }));
  const head = rows.find(({ part }) => part === 0)?.head;
  invariant(head !== undefined && head !== null, 'an excerpt says what state it is of');
  const { isWhole, ...state } = stateOf(JSON.parse(head) as Head);
  const edges = !isWhole || rows.length > mostRows ? undefined : edgesOf(rows, terms);
  return { state, edges };
}

/** One row is the head, the others are edges. */
interface ExcerptRow extends EdgeColumns {
  readonly part: 0 | 1 | 2;
  readonly head: string | null;
}

type Head = readonly [
  nowMicros: number,
  identity: string,
  revision: number,
  activeModel: number | null,
  event: number,
  hash: string,
  hashThen: string | null,
  modelHashThen: string | null,
  /** Whether there was not too much of either side to be read; if there was, no edges follow. */
  isWhole: boolean,
  found: readonly (number | null)[] | null,
  isOfStandby: boolean,
];

function stateOf(head: Head) {
  const [
    nowMicros,
    identity,
    revision,
    activeModel,
    event,
    hash,
    hashThen,
    modelHashThen,
    isWhole,
    found,
    isOfStandby,
  ] = head;
  const seen: SeenState = { identity, event, hash, hashThen: hashThen ?? undefined };
  return {
    ...seen,
    modelHashThen: modelHashThen ?? undefined,
    nowMicros,
    revision,
    activeModel,
    isWhole,
    found,
    isOfStandby,
  };
}

function edgesOf(rows: readonly ExcerptRow[], terms: Terms): ExcerptEdges {
  const [parents, leading] = [new EdgeTable(), new EdgeTable()];
  const conditions = new Set<ConditionName>();
  for (const row of rows) {
    const edge = row.part === 0 ? undefined : edgeOf(row, terms);
    if (edge === undefined) continue;
    if (edge.condition !== undefined) conditions.add(edge.condition.name);
    (row.part === 1 ? parents : leading).add(edge);
  }
  return { parents, leading, conditions, size: rows.length - 1 };
}

/** A demand in the numbers of the store; a relation without a number has no edges. */
interface DemandNumbers {
  readonly direct: readonly number[];
  readonly parents: readonly number[];
  readonly written: readonly number[];
  /** For each that is written, what may be held by it. */
  readonly held: readonly number[];
}

/** The first parameters: whatever is in any of the demands. */
function listsOf(demands: readonly ExcerptDemand[], terms: Terms): readonly string[] {
  const different = [...new Set(demands)].map((demand) => numbersOf(demand, terms));
  const union = (of: 'direct' | 'parents') => listOf([...new Set(different.flatMap((numbers) => numbers[of]))]);
  const pairs = new Map<number, Set<number>>();
  for (const { written, held } of different) {
    for (const [one, other] of zip(written, held)) pairs.set(one, (pairs.get(one) ?? new Set()).add(other));
  }
  const sets = [...pairs].flatMap(([written, ofWritten]) => [...ofWritten].map((held) => [written, held] as const));
  return [
    union('direct'),
    union('parents'),
    listOf(sets.map(([written]) => written)),
    listOf(sets.map(([, held]) => held)),
  ];
}

function numbersOf(demand: ExcerptDemand, terms: Terms): DemandNumbers {
  const known = numbersByDemand.get(demand);
  if (known?.terms === terms) return known.numbers;
  const numbersOfNames = (names: readonly RelationName[]) =>
    names.flatMap((name) => terms.relation.numberOf(name) ?? []);
  const pairs = demand.sets.flatMap(({ written, held }) => {
    const [of, as] = [terms.relation.numberOf(written), terms.relation.numberOf(held)];
    return of === undefined || as === undefined ? [] : [{ of, as }];
  });
  const numbers = {
    direct: numbersOfNames(demand.direct),
    parents: numbersOfNames(demand.parents),
    written: pairs.map(({ of }) => of),
    held: pairs.map(({ as }) => as),
  };
  numbersByDemand.set(demand, { terms, numbers });
  return numbers;
}

/** Found once for each: the same demands come again and again. */
const numbersByDemand = new WeakMap<ExcerptDemand, { readonly terms: Terms; readonly numbers: DemandNumbers }>();

/** Everybody of some types, each type once. */
function wildcardsOf(terms: Terms, types: readonly TypeName[]): readonly number[] {
  return [...new Set(types)].flatMap((type) => terms.type.numberOf(type) ?? []);
}

function definedOf(nodes: readonly (NodeId | undefined)[]): readonly NodeId[] {
  return nodes.filter((node) => node !== undefined);
}

/** As the database reads it; the driver would look at each number for itself. */
function listOf(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}
