import { invariant } from '../../base/invariant.ts';
import type { Meter } from '../../engine/meter.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import type { Grant } from './finding-scope.ts';

/** Subjects each of whom has each of some roles, by a grant of their own. */
export interface Rectangle {
  readonly subjects: number;
  readonly places: number;
  /** One for each subject and role. */
  readonly grants: readonly Grant[];
}

export interface Rectangles {
  readonly rectangles: readonly Rectangle[];
  /** Whether everybody was looked at. */
  readonly isWhole: boolean;
}

/** Subjects that are looked at, and as many whose roles are compared with each other's: all pairs of them. */
const mostSubjects = 300;
const mostCompared = 40;
/** Subjects that are passed over in one step. */
const subjectsPerStep = 16;

/**
 * The greatest rectangle first, by what a group would save; then the greatest of what is left, until none saves anything. What is looked at
 * are roles that somebody has altogether, and those that two have in common: a greedy search, and no proof that there is no better one.
 */
export async function findRectangles(grants: readonly Grant[], most: number, meter: Meter): Promise<Rectangles> {
  const left = new Map<string, Map<string, Grant>>();
  for (const grant of grants) {
    const subject = formatSubjectRef(grant.relationship.subject);
    const own = left.get(subject) ?? new Map<string, Grant>();
    left.set(subject, own.set(JSON.stringify([grant.edge.object, grant.edge.relation]), grant));
  }
  const isWhole = left.size <= mostSubjects;
  for (const subject of [...left.keys()].slice(mostSubjects)) left.delete(subject);
  const rectangles: Rectangle[] = [];
  while (rectangles.length < most) {
    const best = await greatestOf(left, meter);
    if (best === undefined) break;
    const taken = best.subjects.flatMap((subject) => {
      const own = left.get(subject);
      return best.places.map((place) => {
        const grant = own?.get(place);
        invariant(grant !== undefined, 'whoever is in a rectangle has all of it');
        own?.delete(place);
        return grant;
      });
    });
    rectangles.push({ subjects: best.subjects.length, places: best.places.length, grants: taken });
  }
  return { rectangles, isWhole };
}

interface Candidate {
  readonly subjects: readonly string[];
  readonly places: readonly string[];
}

type Held = ReadonlyMap<string, ReadonlyMap<string, Grant>>;

/** The first of those that save most. */
async function greatestOf(held: Held, meter: Meter): Promise<Candidate | undefined> {
  let best: Candidate | undefined;
  const saved = ({ subjects, places }: Candidate) => subjects.length * places.length - subjects.length - places.length;
  for (const places of placesOf(held)) {
    if (places.length < 2) continue;
    meter.charge(Math.ceil(held.size / subjectsPerStep));
    const rest = meter.pause();
    if (rest !== undefined) await rest;
    const subjects = [...held].flatMap(([subject, own]) => (places.every((place) => own.has(place)) ? [subject] : []));
    const found = { subjects, places };
    if (subjects.length >= 2 && saved(found) > 0 && (best === undefined || saved(found) > saved(best))) best = found;
  }
  return best;
}

/** What somebody has altogether, each once, and what two have in common. */
function placesOf(held: Held): readonly (readonly string[])[] {
  const all = new Map<string, readonly string[]>();
  const add = (places: readonly string[]) => all.set(JSON.stringify(places), places);
  const each = [...held.values()].map((own) => [...own.keys()].toSorted());
  for (const places of each) add(places);
  const compared = [...all.values()].slice(0, mostCompared);
  for (const [index, one] of compared.entries()) {
    for (const other of compared.slice(index + 1)) {
      const others = new Set(other);
      add(one.filter((place) => others.has(place)));
    }
  }
  return [...all.values()];
}
