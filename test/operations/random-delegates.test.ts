import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zip } from '../../src/base/zip.ts';
import type { Decision } from '../../src/model/decision.ts';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import { formatSubjectRef, subjectOf } from '../../src/model/subject-ref.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { checkForAsker } from '../../src/operations/access/check-for-asker.ts';
import { checkPermissions } from '../../src/operations/access/check-permissions.ts';
import { checkViewer } from '../../src/operations/access/check-viewer.ts';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import { listObjectsForAsker, listViewerObjects } from '../../src/operations/access/list-accessible-objects.ts';
import { listHeldPermissions } from '../../src/operations/access/list-held-permissions.ts';
import { listViewerPermissions } from '../../src/operations/access/list-viewer-permissions.ts';
import type { Agent, Viewer } from '../../src/operations/actor.ts';
import type { Right } from '../../src/operations/ask-rights.ts';
import { reviewAccess } from '../../src/operations/reviews/review-access.ts';
import { type Level, type ReferenceWorld, referenceCheck } from '../reference/reference-check.ts';
import { context, object, relationship, storedModel, subject } from '../support/parse.ts';
import { done, publish, write } from '../support/postern.ts';
import { randomModels } from '../support/random-model.ts';
import { type RandomWorld, randomWorlds } from '../support/random-world.ts';
import { useScratchPostern } from '../support/scratch-postern.ts';

/** Many with `npm run fuzz:delegates`. */
const worlds = Number(process.env.TEST_DELEGATE_WORLDS ?? 5);
/** The same number gives the same worlds: set it to see a failure again. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

const scratch = useScratchPostern();

const objects = ['group', 'folder', 'doc'].flatMap((type) => ['1', '2', '3'].map((id) => object(`${type}:${id}`)));

/** The model of a world in which users let bots act for them, and what can be held is a permission. */
function textOf({ dsl }: RandomWorld): string {
  const [types = '', condition] = dsl.split('condition when');
  const permitted = types
    .replaceAll(/\[([^\]]*)\]/g, (_list, inside: string) => `[${withBots(inside.split(', ')).join(', ')}]`)
    .replaceAll(/^ {4}define ([abcmn]): .*$/gm, '$&\n    define can_$1: $1')
    .replaceAll(/define can_a: a$/gm, '$&\n    define can_review_access: a')
    .replace('type bot', acted);
  return `${permitted}${platform}${condition === undefined ? '' : `condition when${condition}`}`;
}

/** Where users are admitted, so are bots: otherwise there is hardly anything that both have. */
function withBots(admitted: readonly string[]): readonly string[] {
  const users = admitted.filter((one) => /^user\b/.test(one));
  return [...new Set([...admitted, ...users.map(ofBot)])];
}

function ofBot(text: string): string {
  return text.replace(/^user/, 'bot');
}

/** Some of what is written for users, for bots of the same id. */
function twinsOf({ stored }: RandomWorld, chosen: readonly boolean[]): readonly Relationship[] {
  const users = stored.filter(({ subject: who }) => formatSubjectRef(who).startsWith('user:'));
  const twins = users.map((one) => ({ ...one, subject: subject(ofBot(formatSubjectRef(one.subject))) }));
  return twins.filter((_one, index) => chosen[index % chosen.length]);
}

const acted = `type bot
  relations
    define principal: [user, user:*, group#m, bot]
    define can_act_for: principal`;
const platform = `type platform
  relations
    define operator: [user:*, bot:*]
    define can_check_any_subject: operator
`;

/** Whom bots may act for. */
const principals = ['user:1', 'user:2', 'user:*', 'group:1#m'].flatMap((who) =>
  ['bot:1', 'bot:2'].map((bot) => relationship(`${bot}#principal@${who}`)),
);

/** Whoever may ask about any subject hears of the one it acts for what that one and it may. */
const askers = ['platform:main#operator@user:*', 'platform:main#operator@bot:*'].map((text) => relationship(text));

interface Acting {
  readonly viewer: Viewer;
  readonly agent: Agent;
}

const facts = fc.constantFrom<Readonly<Record<string, unknown>>>({ x: 1 }, { x: 1 }, {}, { x: -1 }, { x: 0 });

/** Somebody, and an agent that may well have the same id. */
const actings: fc.Arbitrary<Acting> = fc
  .record({ user: fc.constantFrom('1', '1', '2', '3'), bot: fc.constantFrom('1', '2'), ofUser: facts, ofBot: facts })
  .map(({ user, bot, ofUser, ofBot }) => {
    const agent: Agent = {
      kind: 'agent',
      object: object(`bot:${bot}`),
      context: context(ofBot),
      permission: 'can_act_for',
    };
    const who = { kind: 'subject', subject: subject(`user:${user}`), context: context(ofUser) } as const;
    return { agent, viewer: { ...who, requestId: undefined, delegate: agent } };
  });

/** The agent on its own account. */
function alone({ viewer, agent }: Acting): Viewer {
  return { ...viewer, subject: subjectOf(agent.object), context: agent.context, delegate: undefined };
}

async function prepare(world: RandomWorld, acted: readonly Relationship[]): Promise<ReferenceWorld> {
  await scratch.empty();
  const dsl = textOf(world);
  await publish(scratch.postern, dsl);
  const model = storedModel(dsl);
  const stored = [...world.stored, ...acted].filter((one) => validateRelationship(model, one).ok);
  const each = [...new Map(stored.map((one) => [formatRelationship(one), one])).values()];
  if (each.length > 0) await write(scratch.postern, each);
  return { model, stored: each, contextual: [], now: new Date() };
}

const levels = { denied: 0, undecided: 1, allowed: 2 } as const satisfies Record<Decision['kind'], Level>;

function rightsOf({ model }: ReferenceWorld): readonly Right[] {
  return objects.flatMap((on) => {
    const relations = [...(model.types.get(on.type)?.relations.keys() ?? [])];
    return relations.filter((name) => name.startsWith('can_')).map((permission) => ({ permission, object: on }));
  });
}

/** What the reference says of each part, the least and the most that all of them together come to. */
function expected(world: ReferenceWorld, { viewer, agent }: Acting, { permission, object: on }: Right) {
  const empty = context({});
  const own = { subject: viewer.subject, context: empty, facts: viewer.context };
  const parts = [
    { ...own, relation: permission, object: on },
    { ...own, relation: agent.permission, object: agent.object },
    { subject: subjectOf(agent.object), relation: permission, object: on, context: empty, facts: agent.context },
  ].map((check) => referenceCheck(world, check));
  return { least: Math.min(...parts.map(({ least }) => least)), most: Math.min(...parts.map(({ most }) => most)) };
}

async function levelsOf(viewer: Viewer, rights: readonly Right[]): Promise<readonly Level[]> {
  const decisions = await checkViewer(scratch.postern, viewer, rights);
  return decisions.map(({ kind }) => levels[kind]);
}

/** Every object of a type, page by page. */
async function listed(acting: Acting, permission: string, type: string) {
  const [allowed, undecided]: [string[], Set<string>] = [[], new Set()];
  const own = { subject: acting.viewer.subject, context: context({}), contextual: [] };
  let after: string | undefined;
  for (;;) {
    const question = { permission, type, first: 1, after, consistency: undefined };
    const page = await listViewerObjects(scratch.postern, acting.viewer, question);
    const asked = await listObjectsForAsker(scratch.postern, acting.viewer, { ...question, ...own });
    expect(asked.ok && asked.value.objects).toEqual(page.ok && page.value.objects);
    if (!page.ok) return page.problem.kind;
    allowed.push(...page.value.objects.map(formatObjectRef));
    for (const one of page.value.undecided) undecided.add(formatObjectRef(one.object));
    const { hasMore, lastId, cursorOf } = page.value;
    if (!hasMore || lastId === undefined) return { allowed, undecided: [...undecided].toSorted() };
    after = cursorOf(lastId);
  }
}

interface Asking {
  readonly mayAct: Level;
  readonly asksAll: boolean;
}

/** What one may do, on every way that one is told of it. */
async function compareAll(
  acting: Acting,
  rights: readonly Right[],
  found: readonly Level[],
  { mayAct, asksAll }: Asking,
) {
  const { viewer } = acting;
  const { postern } = scratch;
  const known = new Map(zip(rights.map(textOfRight), found));
  const named = (level: Level, within: readonly Right[]) =>
    within.filter((right) => known.get(textOfRight(right)) === level);

  const permissions = await listViewerPermissions(postern, viewer, objects);
  for (const { object: on, granted, undecided } of permissions.ok ? permissions.value : []) {
    const here = rights.filter((right) => right.object === on);
    expect(granted.toSorted()).toEqual(
      named(2, here)
        .map(({ permission }) => permission)
        .toSorted(),
    );
    expect(undecided.map(({ permission }) => permission).toSorted()).toEqual(
      named(1, here)
        .map(({ permission }) => permission)
        .toSorted(),
    );
  }
  for (const [key, here] of Map.groupBy(rights, (right) => `${right.permission} ${right.object.type}`)) {
    const [permission = '', type = ''] = key.split(' ');
    const list = await listed(acting, permission, type);
    const names = (level: Level) => named(level, here).map((right) => formatObjectRef(right.object));
    // Nothing can be said of any where nobody knows whether the agent may act.
    if (mayAct === 1) expect(list).toBe('undecided');
    else expect(list).toEqual({ allowed: names(2), undecided: names(1) });
  }
  const [first] = rights;
  for (const right of first === undefined ? [] : [first, ...named(2, rights).slice(0, 2)]) {
    const level = known.get(textOfRight(right));
    const own = { subject: viewer.subject, object: right.object, context: context({}) };
    const check = { ...own, relation: right.permission };
    const asked = { checks: [check], consistency: { mode: 'usual', atLeastAsFresh: [] }, wording: undefined } as const;
    expect(done(await checkForAsker(postern, viewer, asked)).map(({ kind }) => levels[kind])).toEqual([level]);
    const held = done(await listHeldPermissions(postern, viewer, { ...own, first: 100, after: undefined }));
    expect(held.permissions.includes(right.permission)).toBe(level === 2);
    const explained = done(
      await explainPermission(postern, viewer, { ...own, permission: right.permission, contextual: [] }),
    );
    expect(levels[explained.decision.kind]).toBe(level);
    const mayNotAct = explained.parts.at(-1)?.decision.kind === 'denied';
    expect(explained.parts.map(({ kind }) => kind)).toEqual([...(mayNotAct ? [] : ['subject', 'delegate']), 'acting']);
    expect(Math.min(...explained.parts.map(({ decision }) => levels[decision.kind]))).toBe(level);
  }
  const checks = rights.map((right) => {
    return { subject: viewer.subject, relation: right.permission, object: right.object, context: context({}) };
  });
  const checked = await checkPermissions(postern, viewer, { checks, contextual: [], modelId: undefined });
  if (checked.ok) expect(checked.value.decisions.map(({ kind }) => levels[kind])).toEqual(found);
  expect(checked.ok).toBe(asksAll && mayAct === 2);
  for (const right of rights.filter(({ permission }) => permission === 'can_review_access')) {
    const review = await reviewAccess(postern, viewer, {
      ...{ object: right.object, includeContained: false, role: undefined, subject: undefined, first: 1 },
      ...{ after: undefined, expiresBefore: undefined, withoutEnd: false, notHolding: undefined },
      ...{ subjectType: undefined, isDirect: undefined, isEffective: undefined },
    });
    const outcome = review.ok ? 2 : review.problem.kind === 'forbidden' ? 0 : 1;
    expect([formatObjectRef(right.object), outcome]).toEqual([
      formatObjectRef(right.object),
      known.get(textOfRight(right)),
    ]);
  }
}

function textOfRight({ permission, object: on }: Right): string {
  return `${permission} ${formatObjectRef(on)}`;
}

const counted = new Map<string, number>();

test(`what an agent may do for somebody is what all three say, everywhere (seed ${seed})`, {
  timeout: 3_600_000,
}, async () => {
  const each = fc.tuple(
    randomWorlds(randomModels),
    fc.uniqueArray(fc.constantFrom(...principals), { minLength: 3, maxLength: 6, selector: formatRelationship }),
    fc.array(fc.constantFrom(true, true, true, false), { minLength: 4, maxLength: 8 }),
    fc.boolean(),
    fc.array(actings, { minLength: 2, maxLength: 2 }),
  );
  await fc.assert(
    fc.asyncProperty(each, async ([world, principalsOf, twins, asksAll, all]) => {
      const more = [...principalsOf, ...twinsOf(world, twins), ...(asksAll ? askers : [])];
      // The language's own validator also refuses what is only written twice.

      fc.pre(parseModel({ kind: 'dsl', dsl: textOf(world) }).ok);
      const reference = await prepare(world, more);
      const rights = rightsOf(reference);
      for (const acting of all) {
        const { viewer, agent } = acting;
        const found = await levelsOf(viewer, rights);
        const ofUser = await levelsOf({ ...viewer, delegate: undefined }, rights);
        const ofAgent = await levelsOf(alone(acting), rights);
        const [mayAct = 0] = await levelsOf({ ...viewer, delegate: undefined }, [agent]);
        expect(found).toEqual(zip(ofUser, ofAgent).map((both) => Math.min(...both, mayAct)));
        for (const [right, level] of zip(rights, found)) {
          const { least, most } = expected(reference, acting, right);
          expect(level, textOfRight(right)).toBeGreaterThanOrEqual(least);
          expect(level, textOfRight(right)).toBeLessThanOrEqual(most);
          counted.set(`${level}`, (counted.get(`${level}`) ?? 0) + 1);
        }
        await compareAll(acting, rights, found, { mayAct, asksAll });
      }
    }),
    { numRuns: worlds, seed },
  );
  process.stdout.write(`${worlds} worlds: ${JSON.stringify(Object.fromEntries(counted))}\n`);
});
