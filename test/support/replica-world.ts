import { canonicalJson } from '../../src/base/canonical-json.ts';
import { ok } from '../../src/base/result.ts';
import { check } from '../../src/engine/check/check.ts';
import { checkAtOnce } from '../../src/engine/check/check-at-once.ts';
import type { Excerpt, ExcerptQuery } from '../../src/engine/excerpt.ts';
import type { Edge, EdgeSubject, NodeId } from '../../src/engine/ports.ts';
import { type ConsistencyToken, tokenOf } from '../../src/model/consistency-token.ts';
import type { Model } from '../../src/model/model.ts';
import type { RelationName, TypeName } from '../../src/model/names.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import type { Store } from '../../src/store/store.ts';
import type { StoreReader } from '../../src/store/store-reader.ts';
import type { StoreSnapshot } from '../../src/store/store-snapshot.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import { outcomeOf } from './decide.ts';
import { object } from './parse.ts';
import type { RandomWorld } from './random-world.ts';

/** Everything that random worlds name. */
const types = ['group', 'folder', 'doc', 'user', 'bot'] as TypeName[];
const objects = types.flatMap((type) => ['1', '2', '3'].map((id) => object(`${type}:${id}`)));
const relations = ['m', 'n', 'a', 'b', 'c', 'parent'] as RelationName[];

export interface WorldChange {
  readonly model?: { readonly model: Model; readonly dsl: string };
  readonly writes?: readonly Relationship[];
  readonly deletes?: readonly Relationship[];
}

/** Changes a store as an operation does, without asking anybody: as one revision with an event; returns its token. */
export async function change(
  store: Store,
  { model, writes = [], deletes = [] }: WorldChange,
): Promise<ConsistencyToken> {
  const written = await store.writer.write(unconstrained, async ({ models, relationships, audit }) => {
    if (model !== undefined) {
      const { id } = await models.add({ ...model, modules: undefined }, undefined);
      await models.activate(id);
    }
    await relationships.delete(deletes);
    for (const one of writes) await relationships.replace(one, undefined);
    const record = { actor: 'console test', delegate: undefined, action: 'test', outcome: 'done' } as const;
    await audit.record({ ...record, before: [], after: [], reason: undefined, requestId: undefined });
    return ok(undefined);
  });
  if (!written.ok) throw new Error('Nothing refuses it.');
  return tokenOf(written.value);
}

/** All that a reader says of a world: its checks, and each edge in each way that edges are read. */
export async function everythingOf(reader: StoreReader, { checks, contextual }: RandomWorld) {
  const { decisions } = await check(reader, { checks, contextual });
  const plain = await checkAtOnce(reader, () => ({ checks, contextual: [] }), { isWatched: () => false });
  const { decisions: goals } = await check(reader, { checks, contextual: [] });
  const atOnce = (plain?.decisions ?? goals).map(outcomeOf);
  // What is asked alone is read alone: another check of a batch may have asked for what this one needs.
  const alone = await Promise.all(
    checks.map((one) => checkAtOnce(reader, () => ({ checks: [one], contextual: [] }), { isWatched: () => false })),
  );
  const each = alone.map((answer, index) => answer?.decisions[0] ?? goals[index]).map((one) => one && outcomeOf(one));
  const read = await reader.withSnapshot(objects.slice(0, 7), readEverything);
  return { decisions: decisions.map(outcomeOf), atOnce, each, goals: goals.map(outcomeOf), ...read };
}

async function readEverything(snapshot: StoreSnapshot) {
  const nodes = await snapshot.resolve(objects);
  const known = nodes.filter((node) => node !== undefined);
  const sources = known.flatMap((node) => relations.map((relation) => ({ object: node, relation })));
  const direct = sources.flatMap((source) =>
    nodes.map((subject, index) => {
      const { type: subjectType } = objects[index] ?? object('user:1');
      return { ...source, subject, subjectType, asksWildcard: index % 2 === 0 };
    }),
  );
  const answer = await snapshot.readEdges({ direct, sets: sources, objects: sources });
  const sets = known.flatMap((node) => relations.map((relation) => ({ node, relation })));
  const reverse = await snapshot.readEdgesTo({ objects: known, sets, wildcards: types, relations }, 10_000);
  const subjects = await Promise.all(
    types.flatMap((type) =>
      [undefined, ...relations].map((relation) => snapshot.readSubjects({ sources, type, relation }, 0, 3)),
    ),
  );
  return {
    revision: snapshot.revision,
    identity: snapshot.identity,
    mark: snapshot.mark,
    nodes,
    direct: textsOf(answer.direct),
    sets: textsOf(answer.sets),
    objects: textsOf(answer.objects),
    from: textsOf((await snapshot.readEdgesFrom(sources, 10_000)).items),
    reverse: reverse.items.map((edge) => canonicalJson(edge)).toSorted(),
    subjects,
  };
}

function textsOf(edges: readonly Edge[]): readonly string[] {
  return edges
    .map((edge) =>
      canonicalJson({ ...edge, condition: edge.condition && [edge.condition.name, ...edge.condition.context] }),
    )
    .toSorted();
}

/** What is asked for in an excerpt: everybody who is a user, everything that they may have, by every way. */
export const excerptQuery: ExcerptQuery = {
  subjects: objects.filter(({ type }) => type === 'user'),
  objects: objects.filter(({ type }) => type !== 'user' && type !== 'bot'),
  demand: {
    // Those of groups are asked for by sets alone.
    direct: ['a', 'b', 'c'] as RelationName[],
    parents: ['parent' as RelationName],
    sets: [
      ...['m', 'n', 'a'].map((name) => ({ written: name as RelationName, held: name as RelationName })),
      { written: 'n' as RelationName, held: 'm' as RelationName },
    ],
  },
};

/** The relations by which somebody is led to: those of sets as well. */
const leading = [
  ...new Set([...excerptQuery.demand.direct, ...excerptQuery.demand.sets.map(({ written }) => written)]),
];

/** All that an excerpt says. */
export function saidBy(excerpt: Excerpt) {
  const all = reachedFrom(excerpt.objects, (node) => parentsIn(excerpt, node));
  return {
    revision: excerpt.revision,
    leading: textsOf(all.flatMap((node) => leading.flatMap((relation) => excerpt.leading(node, relation)))),
    parents: textsOf(all.flatMap((node) => parentsIn(excerpt, node))),
    conditions: [...new Set(excerpt.conditions)].toSorted(),
  };
}

function parentsIn(excerpt: Excerpt, node: NodeId): readonly Edge[] {
  return excerptQuery.demand.parents.flatMap((relation) => excerpt.parents(node, relation));
}

function reachedFrom(roots: Excerpt['objects'], edgesOf: (node: NodeId) => readonly Edge[]): readonly NodeId[] {
  const reached = new Set(roots.filter((node) => node !== undefined));
  for (const node of reached) {
    for (const { subject } of edgesOf(node)) if (subject.kind === 'object') reached.add(subject.node);
  }
  return [...reached];
}

/** The same, as the definition of excerpts says it, of all edges that a snapshot has. */
export async function excerptOf(reader: StoreReader): Promise<ReturnType<typeof saidBy>> {
  return reader.withSnapshot(objects, async (snapshot) => {
    const nodes = (await snapshot.resolve(objects)).filter((node) => node !== undefined);
    const sources = nodes.flatMap((node) => relations.map((relation) => ({ object: node, relation })));
    const { items: edges } = await snapshot.readEdgesFrom(sources, 10_000);
    const { demand } = excerptQuery;
    const ends = new Set([
      ...(await snapshot.resolve(excerptQuery.subjects)).flatMap((node) => (node === undefined ? [] : [endOf(node)])),
      'user:*',
    ]);
    const setEdges = new Set<Edge>();
    for (let size = 0; size < ends.size; ) {
      size = ends.size;
      for (const edge of edges) {
        if (!ends.has(textOf(edge.subject))) continue;
        for (const { written, held } of demand.sets) {
          if (written !== edge.relation) continue;
          setEdges.add(edge);
          ends.add(endOf(edge.object, held));
        }
      }
    }
    const asked = await snapshot.resolve(excerptQuery.objects);
    const parentsOf = (node: NodeId) =>
      edges.filter(({ object: on, relation, subject }) => {
        return on === node && demand.parents.includes(relation) && subject.kind === 'object';
      });
    const all = reachedFrom(asked, parentsOf);
    const leadingEdges = edges.filter(
      ({ object: on, relation, subject }) =>
        all.includes(on) && leading.includes(relation) && ends.has(textOf(subject)),
    );
    const parents = all.flatMap(parentsOf);
    const conditions = [...leadingEdges, ...parents, ...setEdges].flatMap(({ condition }) => condition?.name ?? []);
    return {
      revision: snapshot.revision,
      leading: textsOf(leadingEdges),
      parents: textsOf(parents),
      conditions: [...new Set(conditions)].toSorted(),
    };
  });
}

function endOf(node: NodeId, relation?: RelationName): string {
  return JSON.stringify([node, relation ?? null]);
}

function textOf(subject: EdgeSubject): string {
  if (subject.kind === 'wildcard') return `${subject.type}:*`;
  return endOf(subject.node, subject.kind === 'set' ? subject.relation : undefined);
}
