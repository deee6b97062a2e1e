import { invariant } from '../../base/invariant.ts';
import type { ExcerptDemand, ExcerptQuery } from '../../engine/excerpt.ts';
import type { Edge, NodeId } from '../../engine/ports.ts';
import type { RelationName, TypeName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { firstObject, firstSetSubject } from '../packed-subject.ts';
import type { Terms } from '../terms.ts';
import { rowsOf } from './connect.ts';
import { type EdgeColumns, edgeOf } from './read-edges.ts';
import type { TransactionSql } from './sql.ts';

/** The edges that an excerpt has of a state, each at least once. */
export interface ExcerptEdges {
  readonly parents: readonly Edge[];
  readonly leading: readonly Edge[];
}

/** The same, with the state that they are of, and the nodes of what was named. */
export interface ExcerptRows extends ExcerptEdges {
  readonly now: Date;
  readonly revision: number;
  readonly identity: string;
  readonly activeModel: number | null;
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

/** Ends, objects and rows of one excerpt: what has more is read in parts, with turns for others between them. */
const mostEnds = 5000;
const mostObjects = 5000;
const mostRows = 20_000;
/** From this version on, a scan leaps from one wanted key to the next. Those before look for each key there could be, so only few. */
const firstThatLeaps = 170_000;
const mostKeys = 10_000;

/**
 * Reads an excerpt with one statement, and so from one state; undefined when there is too much of it.
 *
 * `held` follows the subjects, and everybody of their types, up to all sets that they are written into, `reached` the objects up to all their parents, and each
 * part of the answer is then one scan of an index that leaps from one wanted key to the next: it takes about as many steps as the
 * fewer of the two sides has members, be it a team of a million, or an object that is shared with ten thousand teams.
 */
export async function readExcerpt(
  sql: TransactionSql,
  terms: Terms,
  { subjects, objects, demand }: ExcerptQuery,
): Promise<ExcerptRows | undefined> {
  const types = (some: readonly ObjectRef[]) => some.map(({ type }) => terms.type.numberOf(type) ?? 0);
  const names = (some: readonly ObjectRef[]) => some.map(({ id }): string => id);
  const named = [types(subjects), names(subjects), types(objects), names(objects)];
  const read = await run(sql, terms, statementOfNames, [...numbersOf(demand, terms), ...named]);
  if (read === undefined) return undefined;
  const { now, ...state } = read.head;
  return {
    ...read.edges,
    ...state,
    now: new Date(now),
    subjects: nodesOf(state.subjects, subjects.length),
    objects: nodesOf(state.objects, objects.length),
  };
}

/** The same in a transaction that sees one state, by the clock of its snapshot. */
export async function readExcerptOfNodes(
  sql: TransactionSql,
  terms: Terms,
  { subjects, types, objects, demand }: NodesOfExcerpt,
  now: string,
): Promise<ExcerptEdges | undefined> {
  const wildcards = types.map((type) => terms.type.numberOf(type) ?? 0);
  const known = (nodes: readonly (NodeId | undefined)[]) => nodes.flatMap((node) => node ?? []);
  const named = [wildcards, known(subjects), known(objects), now];
  return (await run(sql, terms, statementOfNodes, [...numbersOf(demand, terms), ...named]))?.edges;
}

async function run(sql: TransactionSql, terms: Terms, statement: string, parameters: (string | (string | number)[])[]) {
  const rows = rowsOf(await sql.unsafe<ExcerptRow[]>(statement, parameters, { prepare: true }));
  const head = rows.find(({ part }) => part === 0)?.context;
  invariant(head !== undefined && head !== null, 'an excerpt says what state it is of');
  const { isWhole, ...state } = head as unknown as Head;
  if (!isWhole || rows.length > mostRows) return undefined;
  return { head: state, edges: { parents: edgesOf(rows, 1, terms), leading: edgesOf(rows, 2, terms) } };
}

/** One row is the head, the others are edges; what the head says is in the column that holds JSON. */
interface ExcerptRow extends EdgeColumns {
  readonly part: 0 | 1 | 2;
}

interface Head {
  readonly now: string;
  readonly revision: number;
  readonly identity: string;
  readonly activeModel: number | null;
  readonly subjects: readonly (number | null)[];
  readonly objects: readonly (number | null)[];
  /** Whether there was not too much of either side to be read; if there was, no edges follow. */
  readonly isWhole: boolean;
}

function nodesOf(numbers: readonly (number | null)[], count: number): readonly (NodeId | undefined)[] {
  invariant(numbers.length === count, 'the database says of each object whether it knows it');
  return numbers.map((number) => number ?? undefined);
}

function edgesOf(rows: readonly ExcerptRow[], part: 1 | 2, terms: Terms): readonly Edge[] {
  const edges: Edge[] = [];
  for (const row of rows) {
    const edge = row.part === part ? edgeOf(row, terms) : undefined;
    if (edge !== undefined) edges.push(edge);
  }
  return edges;
}

/** The demand in the numbers of the store, as the first parameters; a relation without a number has no edges. */
function numbersOf(demand: ExcerptDemand, terms: Terms): readonly number[][] {
  const known = numbersByDemand.get(demand);
  if (known?.terms === terms) return known.numbers;
  const numbers = (names: readonly RelationName[]) => names.flatMap((name) => terms.relation.numberOf(name) ?? []);
  const pairs = demand.sets.flatMap(({ written, held }) => {
    const [of, as] = [terms.relation.numberOf(written), terms.relation.numberOf(held)];
    return of === undefined || as === undefined ? [] : [{ of, as }];
  });
  const found = [numbers(demand.direct), numbers(demand.parents), pairs.map(({ of }) => of), pairs.map(({ as }) => as)];
  numbersByDemand.set(demand, { terms, numbers: found });
  return found;
}

/** Found once for each: the same demands come again and again. */
const numbersByDemand = new WeakMap<ExcerptDemand, { readonly terms: Terms; readonly numbers: readonly number[][] }>();

const edge = 'r.object, r.relation, r.subject, r.subject_type, r.condition, r.context';
/** As a sum, so that no plan goes through all subjects there are for it: it is about an object, which is to be looked up. */
const isObject = `(r.subject + 0 >= ${firstObject} and r.subject + 0 < ${firstSetSubject}::int8)`;

/** What the parts of a statement are asked of. */
interface Asked {
  /** Positions and numbers of the objects, and of the subjects. */
  readonly objects: string;
  readonly subjects: string;
  readonly now: string;
}

/** Always the same text, so that it is planned once for each connection. Its parameters: direct, parents, written, held, types of subjects, … */
const statementOf = ({ objects, subjects, now }: Asked) => `
  with recursive
  asked as materialized (${objects}),
  starts as materialized (${subjects}),
  held (subject) as (
    (
      select id from starts where id is not null
      union all
      select type::int8 from unnest($5::int2[]) wildcard (type)
    )
    union
    select next.subject
    from held
    cross join lateral (
      select pair.held::int8 * ${firstSetSubject}::int8 + r.object as subject
      from relationship r
      join unnest($3::int2[], $4::int2[]) pair (written, held) on pair.written = r.relation
      where r.subject = held.subject and r.relation = any($3::int2[])
      offset 0
    ) next
  ),
  ends as materialized (select array(select subject from held limit ${mostEnds + 1}) as subjects),
  reached (object) as (
    select id from asked where id is not null
    union
    select next.subject
    from reached
    cross join lateral (
      select r.subject from relationship r
      where r.object = reached.object and r.relation = any($2::int2[]) and ${isObject}
      offset 0
    ) next
  ),
  objects as materialized (select array(select object from reached limit ${mostObjects + 1}) as ids),
  sides as materialized (
    select ends.subjects, objects.ids from ends, objects
    where cardinality(ends.subjects) <= ${mostEnds} and cardinality(objects.ids) <= ${mostObjects}
      and (
        current_setting('server_version_num')::int4 >= ${firstThatLeaps}
        or cardinality(ends.subjects)::int8 * cardinality(objects.ids) * cardinality($1::int2[]) <= ${mostKeys}
      )
  )
  select 0::int2 as part, 0::int8 as object, 0::int2 as relation, 0::int8 as subject, 0::int2 as subject_type,
    null::int2 as condition, jsonb_build_object(
      'now', to_char(${now} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'revision', store.revision, 'identity', store.identity, 'activeModel', store.active_model,
      'subjects', (select coalesce(json_agg(id order by position), '[]') from starts),
      'objects', (select coalesce(json_agg(id order by position), '[]') from asked),
      'isWhole', exists (select from sides)
    ) as context
  from store
  union all
  (
    select 1::int2, ${edge} from relationship r
    where r.object = any((select ids from sides)::int8[]) and r.relation = any($2::int2[]) and ${isObject}
      and (r.expires_at is null or r.expires_at > ${now})
    limit ${mostRows}
  )
  union all
  (
    select 2::int2, ${edge} from relationship r
    where r.object = any((select ids from sides)::int8[]) and r.relation = any($1::int2[])
      and r.subject = any((select subjects from sides)::int8[]) and (r.expires_at is null or r.expires_at > ${now})
    limit ${mostRows}
  )
  union all
  (
    select 2::int2, ${edge} from relationship r
    where r.subject = any((select subjects from sides)::int8[]) and r.relation = any($3::int2[])
      and (r.expires_at is null or r.expires_at > ${now})
    limit ${mostRows}
  )`;

/** The numbers of objects, in their order, each looked up for itself; null for one that has none. */
function idsOf(types: string, names: string): string {
  return `
    select q.position, found.id
    from unnest(${types}::int2[], ${names}::text[]) with ordinality as q (type, name, position)
    left join lateral (select id from object o where o.type = q.type and o.name = q.name offset 0) found on true`;
}

const statementOfNames = statementOf({
  subjects: idsOf('$5', '$6'),
  objects: idsOf('$7', '$8'),
  now: 'statement_timestamp()',
});

const given = (nodes: string) =>
  `select position, id from unnest(${nodes}::int8[]) with ordinality as q (id, position)`;

const statementOfNodes = statementOf({
  subjects: given('$6'),
  objects: given('$7'),
  now: '$8::text::timestamptz',
});
