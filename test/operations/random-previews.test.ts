import { beforeAll, expect, test } from 'vitest';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import { type Check, check } from '../../src/engine/check/check.ts';
import { findContainedObjects } from '../../src/engine/review/find-contained-objects.ts';
import { type Model, permissionsOf } from '../../src/model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { emptyContext } from '../../src/model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../src/model/subject-ref.ts';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import type { Refusal } from '../../src/operations/refusal.ts';
import { reviewAccess } from '../../src/operations/reviews/review-access.ts';
import type { AccessPreview } from '../../src/operations/writes/access-preview.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { subject, unwrap } from '../support/parse.ts';
import { done, operator, usePostern } from '../support/postern.ts';
import { RandomAdministration } from '../support/random-administration.ts';

/**
 * What is previewed is what happens: a write is tried, then done, and everybody is asked before and after. The same number gives the
 * same writes; `npm run fuzz:previews` makes more of them.
 */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const writes = Number(process.env.TEST_PREVIEWS ?? 20);
const perRound = 50;

const postern = usePostern(useDatabase());
let model: Model;

beforeAll(async () => {
  const source = await readModelFile('examples/creators/fga.mod');
  model = unwrap(parseModel(source)).model;
  done(await publishModel(postern(), operator, { source, activate: true, dryRun: false, reason: undefined }));
});

const stranger = 'user:nobody-has-this-name';

interface Answer {
  readonly subject: SubjectRef;
  readonly object: ObjectRef;
  readonly permission: string;
  readonly outcome: string;
}

/** Everything that anybody may do with these objects. */
async function everythingOn(
  objects: readonly ObjectRef[],
  users: readonly string[],
): Promise<ReadonlyMap<string, Answer>> {
  const subjects = [...users, stranger].map(subject);
  const asked = objects.flatMap((object) =>
    subjects.flatMap((by) =>
      permissionsOf(model.types.get(object.type) ?? ({ relations: new Map() } as never)).map(
        ({ name }): Check => ({ subject: by, relation: name, object, context: emptyContext }),
      ),
    ),
  );
  const { decisions } = await check(postern().store.reader, { checks: asked, contextual: [] });
  return new Map(
    asked.map(({ subject: by, object, relation }, index) => {
      const answer = { subject: by, object, permission: relation, outcome: outcomeOf(decisions[index]) };
      return [keyOf(answer), answer] as const;
    }),
  );
}

const keyOf = ({ subject: by, object, permission }: Omit<Answer, 'outcome'>) =>
  JSON.stringify([formatSubjectRef(by), formatObjectRef(object), permission]);

type Kind = 'gained' | 'lost' | 'becameUndecided';
const kinds: readonly Kind[] = ['gained', 'lost', 'becameUndecided'];

/** What differs, by kind. */
function differences(before: ReadonlyMap<string, Answer>, after: ReadonlyMap<string, Answer>) {
  const found: Record<Kind, Answer[]> = { gained: [], lost: [], becameUndecided: [] };
  for (const [key, answer] of after) {
    if (outcomeKind(answer.outcome) === outcomeKind(before.get(key)?.outcome ?? '')) continue;
    found[outcomeKind(answer.outcome)].push(answer);
  }
  return found;
}

function outcomeKind(outcome: string): Kind {
  return outcome === 'allowed' ? 'gained' : outcome === 'denied' ? 'lost' : 'becameUndecided';
}

async function containedIn(roots: readonly ObjectRef[]): Promise<readonly ObjectRef[]> {
  const found = await postern().store.reader.withSnapshot(roots, async (snapshot) => {
    const all = [];
    for (const root of roots) all.push(...(await findContainedObjects(snapshot, root, 10_000)).objects);
    return all;
  });
  return [...new Map(found.map((object) => [formatObjectRef(object), object])).values()];
}

function codeOf(problem: Refusal): string {
  return problem.kind === 'invalid'
    ? problem.errors.map(({ code, field }) => `${code} ${field.join('.')}`).join()
    : problem.kind;
}

/** Counts of a preview, held against those of everybody who was asked. */
function expectCounts(preview: AccessPreview, found: Record<Kind, Answer[]>, about: string): void {
  for (const kind of kinds) {
    const all = found[kind].filter(({ subject: by }) => formatSubjectRef(by) !== stranger);
    const ofStranger = found[kind].filter(({ subject: by }) => formatSubjectRef(by) === stranger);
    const covered = new Set(
      ofStranger.map(({ object, permission }) => JSON.stringify([formatObjectRef(object), permission])),
    );
    const certain = all.filter(
      ({ object, permission }) => !covered.has(JSON.stringify([formatObjectRef(object), permission])),
    );
    const { count, examples } = preview[kind];
    // Of those whom only a wildcard covers, some stand in it.
    expect(count, `${kind}, ${about}`).toBeGreaterThanOrEqual(certain.length + ofStranger.length);
    expect(count, `${kind}, ${about}`).toBeLessThanOrEqual(all.length + ofStranger.length);
    const real = new Set(found[kind].map(keyOf));
    const told = examples.map((one) =>
      keyOf(one.subject.kind === 'wildcard' ? { ...one, subject: subject(stranger) } : one),
    );
    expect(
      told.filter((one) => !real.has(one)),
      `${kind}, ${about}`,
    ).toEqual([]);
    expect(examples.length > 0, `${kind}, ${about}`).toBe(count > 0);
  }
}

/** What is told of those whom the write names, one by one. */
function expectSubjects(preview: AccessPreview, found: Record<Kind, Answer[]>, about: string): void {
  for (const { subject: by, object, permissions, below } of preview.subjects) {
    if (by.kind !== 'object') continue;
    const own = (kind: Kind) => found[kind].filter((one) => formatSubjectRef(one.subject) === formatSubjectRef(by));
    const root = formatObjectRef(object.object);
    const belongs = new Set(object.contained.map((one) => formatObjectRef(one.object)));
    for (const kind of kinds) {
      const here = own(kind).filter((one) => formatObjectRef(one.object) === root);
      expect(permissions[kind].toSorted(), `${kind}, ${about}`).toEqual(here.map((one) => one.permission).toSorted());
      const there = own(kind).filter((one) => belongs.has(formatObjectRef(one.object)));
      const counts = Map.groupBy(there, (one) => one.object.type);
      const expected = [...counts].map(([type, all]) => [
        type,
        new Set(all.map((one) => formatObjectRef(one.object))).size,
      ]);
      const told = below.filter((one) => one[kind] > 0).map((one) => [one.type, one[kind]]);
      expect(told.toSorted(), `${kind} below, ${about}`).toEqual(expected.toSorted());
    }
  }
}

/** Whoever asks could see all of it by a review, or in an explanation. */
async function expectVisible(actor: Actor, preview: AccessPreview, about: string): Promise<void> {
  const roots = new Map(preview.subjects.map(({ object: { object } }) => [formatObjectRef(object), object]));
  for (const object of roots.values()) {
    const question = { object, includeContained: true, role: undefined, subject: undefined, expiresBefore: undefined };
    const page = { withoutEnd: false, notHolding: undefined, first: 1, after: undefined };
    expect((await reviewAccess(postern(), actor, { ...question, ...page })).ok, about).toBe(true);
  }
  const seen = new Set((await containedIn([...roots.values()])).map(formatObjectRef));
  const told = kinds.flatMap((kind) => preview[kind].examples.map(({ object }) => formatObjectRef(object)));
  expect(
    told.filter((object) => !seen.has(object)),
    about,
  ).toEqual([]);
  for (const way of preview.remainsThrough.filter(({ isAfter }) => !isAfter)) {
    for (const permission of way.permissions) {
      const question = { subject: way.subject, permission, object: way.object, context: emptyContext, contextual: [] };
      const { decision, steps } = done(await explainPermission(postern(), actor, question));
      expect(decision.kind, about).toBe('allowed');
      const shown = steps.map(({ relationship }) => JSON.stringify(relationship));
      expect(
        way.relationships.filter(({ relationship }) => !shown.includes(JSON.stringify(relationship))),
        about,
      ).toEqual([]);
    }
  }
}

test(`${writes} random writes are what their previews said (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  const seen = new Map<string, number>();
  const note = (what: string) => void seen.set(what, (seen.get(what) ?? 0) + 1);
  // What is always refused, or changes nothing, teaches nothing: a run goes on until some writes made a difference.
  const teachesLittle = () => (seen.get('with a difference') ?? 0) <= writes * 0.1;
  const rounds = Math.ceil(writes / perRound);
  for (let index = 0; index < rounds || (teachesLittle() && index < rounds * 5); index++) {
    const round = new RandomAdministration(postern(), model, seed + index, `p${index}`, 'everybody');
    await round.begin();
    // What everybody may do is asked after each write: that is before the next one, whose preview must not change it.
    let before = await everythingOn(round.objects, round.users);
    for (let step = 0; step < Math.min(perRound, writes); step++) {
      const { text, kind, actor, run } = round.choose(step % 2 === 0 ? operator : undefined);
      const about = `round ${index}, step ${step}: ${text}`;
      const previewed = await run(true);
      const preview = previewed.ok ? previewed.value.preview : undefined;
      const scope = await containedIn(preview?.subjects.map(({ object: { object } }) => object) ?? []);
      if (preview !== undefined && actor !== operator) await expectVisible(actor, preview, about);
      const written = await run(false);
      note(`${kind} ${written.ok ? 'done' : 'refused'}`);
      expect(previewed.ok ? 'done' : codeOf(previewed.problem), about).toBe(
        written.ok ? 'done' : codeOf(written.problem),
      );
      // What is refused changes nothing.
      if (preview === undefined) continue;
      const inScope = new Set(scope.map(formatObjectRef));
      const of = (all: ReadonlyMap<string, Answer>) =>
        new Map([...all].filter(([, { object }]) => inScope.has(formatObjectRef(object))));
      const after = await everythingOn(round.objects, round.users);
      const found = differences(of(before), of(after));
      before = after;
      expect(preview.isComplete, about).toBe(preview.notShown.length === 0);
      expectCounts(preview, found, about);
      expectSubjects(preview, found, about);
      if (kinds.some((one) => found[one].length > 0)) note('with a difference');
      if (preview.remainsThrough.length > 0) note('with something kept');
      if (preview.notShown.length > 0) note('with something not shown');
    }
  }
  process.stdout.write(`${writes} previews: ${JSON.stringify(Object.fromEntries([...seen].toSorted()))}\n`);
  expect(teachesLittle()).toBe(false);
});
