import { nearestName } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import { zip } from '../base/zip.ts';
import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { SubjectRef } from '../model/subject-ref.ts';
import type { DecidingSnapshot } from '../store/deciding-snapshot.ts';
import type { AuditedActor } from './audited-actor.ts';
import { authorizeRead } from './authorize.ts';
import type { Postern } from './postern.ts';

/** More of them would be a caller's who writes new objects on purpose. */
const mostUnnamed = 3;

/**
 * Tells of objects that no relationship has ever named, with the nearest that one has: they are legal, and often misspelt.
 *
 * Only for those who may read all relationships: for everybody else, who exists is nothing to be found out by guessing. The
 * snapshot was opened with these objects. Returns what it tells, for answers that are text themselves.
 */
export async function noticeUnnamed(
  { notice, platform }: Postern,
  snapshot: DecidingSnapshot,
  audited: AuditedActor,
  named: readonly (ObjectRef | SubjectRef | undefined)[],
): Promise<readonly string[]> {
  if (notice === undefined) return [];
  const unnamed = (await findUnnamed(snapshot, named)).slice(0, mostUnnamed);
  if (unnamed.length === 0) return [];
  const reader = await authorizeRead(snapshot, audited, 'can_read_relationships', platform);
  if (!reader.ok) return [];
  const told: string[] = [];
  for (const object of unnamed) {
    const message = await unnamedSentence(snapshot, object);
    notice({ code: 'UNNAMED_OBJECT', message });
    told.push(message);
  }
  return told;
}

/** That nothing names an object, and which one may have been meant; for those only who may know who exists. */
export async function unnamedSentence(snapshot: DecidingSnapshot, object: ObjectRef): Promise<string> {
  const near = nearestName(object.id, await snapshot.readNearIds(object));
  const hint = near === undefined ? '' : ` Did you mean ${quote(`${object.type}:${near}`)}?`;
  return `No relationship names ${quote(formatObjectRef(object))}.${hint}`;
}

/** Of these, the objects that no relationship names; a wildcard names no object. */
async function findUnnamed(
  snapshot: DecidingSnapshot,
  named: readonly (ObjectRef | SubjectRef | undefined)[],
): Promise<readonly ObjectRef[]> {
  const objects = named.flatMap((one) => (one === undefined ? [] : (objectIn(one) ?? [])));
  const byText = new Map(objects.map((object) => [formatObjectRef(object), object]));
  // A type that no model ever had is a problem of its own.
  const known = [...byText.values()].filter((object) => snapshot.hasName('type', object.type));
  const nodes = await snapshot.resolve(known);
  return zip(known, nodes).flatMap(([object, node]) => (node === undefined ? [object] : []));
}

/** The object that a subject is, or is a set of. */
export function objectIn(named: ObjectRef | SubjectRef): ObjectRef | undefined {
  if (!('kind' in named)) return named;
  return named.kind === 'wildcard' ? undefined : named.object;
}
