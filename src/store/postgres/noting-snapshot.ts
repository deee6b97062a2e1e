import type { ExcerptQuery } from '../../engine/excerpt.ts';
import type { EdgeQuery } from '../../engine/ports.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Footprint } from './footprint.ts';
import type { PostgresSnapshot } from './postgres-snapshot.ts';

/** What a snapshot says without looking at anything that a write may change beside others. */
const fixed: ReadonlySet<PropertyKey> = new Set([
  'now',
  'nowText',
  'revision',
  'identity',
  'mark',
  'ageMs',
  'model',
  'prepared',
  'meter',
  'hasName',
  'nodeOf',
]);

/**
 * The same snapshot, which notes what it is asked. What checks read is noted edge by edge; whatever else is asked counts as a look at
 * everything, and so does what is asked by a method that is not known here.
 */
export function notingSnapshot(snapshot: PostgresSnapshot, seen: Footprint): PostgresSnapshot {
  const noted: Partial<PostgresSnapshot> = {
    resolve: (objects: readonly ObjectRef[]) => {
      seen.addNames(objects);
      return snapshot.resolve(objects);
    },
    readEdges: (query: EdgeQuery) => {
      for (const source of [...query.direct, ...query.sets, ...query.objects]) seen.addSource(source);
      return snapshot.readEdges(query);
    },
    asIfBegun: () => notingSnapshot(snapshot.asIfBegun(), seen),
    readExcerpt: (query: ExcerptQuery) => {
      seen.addExcerpt(query);
      return snapshot.readExcerpt(query);
    },
  };
  return new Proxy(snapshot, {
    get: (target, property) => {
      if (Object.hasOwn(noted, property)) return noted[property as keyof PostgresSnapshot];
      // Whoever awaits a snapshot looks for a method "then", which it has not.
      if (!fixed.has(property) && property in target) seen.addEverything();
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
