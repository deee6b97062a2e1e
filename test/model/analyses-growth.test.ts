// First of all: see there.

import { beforeAll, describe, expect, test } from 'vitest';
import { findAffectedPermissions } from '../../src/engine/impact/find-affected-permissions.ts';
import { prepareModel } from '../../src/engine/prepared-model.ts';
import { GrantPlan } from '../../src/engine/review/grant-plan.ts';
import { buildSubgraph } from '../../src/graphql/schema.ts';
import { compileModel } from '../../src/model/compile-model.ts';
import { containmentOf } from '../../src/model/containment.ts';
import { declarationProblems } from '../../src/model/declarations.ts';
import { diffModels } from '../../src/model/diff-models.ts';
import { documentProblems } from '../../src/model/document-problems.ts';
import { circleProblems } from '../../src/model/find-circles.ts';
import { findContributions } from '../../src/model/find-contributions.ts';
import { entryPointProblems } from '../../src/model/find-entry-points.ts';
import { limits } from '../../src/model/limits.ts';
import { linkModel } from '../../src/model/link-model.ts';
import type { Model } from '../../src/model/model.ts';
import { modelSteps } from '../../src/model/model-cost.ts';
import type { ModelDocument } from '../../src/model/model-document.ts';
import type { ModelSource } from '../../src/model/model-source.ts';
import { parseModel, parseStoredModel } from '../../src/model/parse-model.ts';
import { findProtectedRoles, protectedRoleProblems } from '../../src/model/protected-role.ts';
import { readDefinitions } from '../../src/model/read-definitions.ts';
import { readDocument } from '../../src/model/read-document.ts';
import { referenceProblems } from '../../src/model/reference-problems.ts';
import { isNamedAsSet, rolesOf } from '../../src/model/roles.ts';
import { runtimeParameterProblems } from '../../src/model/runtime-parameters.ts';
import { findSubtractingRelations } from '../../src/model/subtracting-relations.ts';
import type { UnlinkedModel } from '../../src/model/unlinked-model.ts';
import { readStaticSchema } from '../../src/server/read-static-schema.ts';
import { countBusiest } from '../support/count-work.ts';
import { dsl, model as modelOf, subject, type Types, unwrap } from '../support/parse.ts';

/**
 * Everything that is worked out about a model, at n, 2n and 4n, up to the largest that may be published: none grows by more
 * than 1.3 of linear. What is counted is as in `test/growth.test.ts`; the syntax package's own work is not.
 */
const mostOfLinear = 1.3;

const many = (size: number, make: (index: number) => string) => Array.from({ length: size }, (_, index) => make(index));
const type = (name: string, definitions: readonly string[]) =>
  [`type ${name}`, '  relations', ...definitions.map((one) => `    define ${one}`)].join('\n');
const text = (...parts: readonly (string | readonly string[])[]) =>
  ['model', '  schema 1.1', 'type user', ...parts.flat()].join('\n');
const nested = (depth: number): string => {
  if (depth === 0) return 'b';
  const inner = nested(depth - 1);
  return [`(a and ${inner})`, `(${inner} or c)`, `(c but not ${inner})`][depth % 3] ?? '';
};

interface Shape {
  /** The greatest size that may be published, or nearly; tried with `GROWTH=1`, an eighth of it otherwise. */
  readonly most: number;
  readonly isSmall?: true;
  /** So slow to read that it is tried at half of that eighth. */
  readonly isSlow?: true;
  readonly make: (size: number) => string;
  /** What the text is refused with; nothing if it may be published. */
  readonly refused?: RegExp;
  /** It names what is not there, so that it never becomes a model. */
  readonly isUnlinked?: true;
}

const shapes: Readonly<Record<string, Shape>> = {
  'a chain of computed relations': {
    most: 8000,
    make: (size) =>
      text(
        type(
          'doc',
          many(size, (index) => `can_r${index}: ${index === 0 ? '[user]' : `can_r${index - 1}`}`),
        ),
      ),
  },
  'a ring of types': {
    most: 240,
    make: (size) =>
      text(
        many(size, (index) => {
          const next = `t${(index + 1) % size}`;
          const relations = Array.from({ length: 12 }, (_, r) => [
            `r${r}: [user, ${next}#r${r}] or r${r} from parent${r > 0 ? ` or r${r - 1}` : ''}`,
            `can_r${r}: r${r}`,
          ]);
          return type(`t${index}`, [`parent: [${next}]`, ...relations.flat()]);
        }),
      ),
  },
  'a wide union': {
    most: 6000,
    make: (size) =>
      text(
        type('doc', [
          ...many(size, (index) => `r${index}: [user]`),
          `can_view: ${many(size, (index) => `r${index}`).join(' or ')}`,
        ]),
      ),
  },
  'a wide intersection, all open': {
    most: 6000,
    make: (size) =>
      text(
        type('doc', [
          ...many(size, (index) => `r${index}: [user:*]`),
          `can_view: ${many(size, (index) => `r${index}`).join(' and ')}`,
        ]),
      ),
  },
  'many types with one parent each': {
    most: 1600,
    make: (size) =>
      text(
        type('t0', ['viewer: [user]', 'can_view: viewer']),
        many(size - 1, (index) =>
          type(`t${index + 1}`, [
            `parent: [t${index}]`,
            'viewer: [user] or viewer from parent',
            'can_view: viewer but not can_view from parent',
          ]),
        ),
      ),
  },
  'parents of many types': {
    most: 2000,
    make: (size) =>
      text(
        many(100, (index) => type(`t${index}`, ['viewer: [user]'])),
        type('doc', [
          `parent: [${many(100, (index) => `t${index}`).join(', ')}]`,
          ...many(size, (index) => `can_r${index}: viewer from parent`),
        ]),
      ),
  },
  'many relations to parents': {
    most: 3000,
    make: (size) =>
      text(
        type('org', ['admin: [user]']),
        type('doc', [
          ...many(size, (index) => `p${index}: [org]`),
          ...many(size, (index) => `can_r${index}: admin from p${index}`),
        ]),
      ),
  },
  'many sets': {
    most: 2000,
    make: (size) =>
      text(
        many(size, (index) => type(`t${index}`, [`member: [user${index > 0 ? `, t${index - 1}#member` : ''}]`])),
        type('doc', [`viewer: [${many(size, (index) => `t${index}#member`).join(', ')}]`]),
      ),
  },
  'many conditions': {
    most: 1000,
    make: (size) =>
      text(
        type('doc', [`viewer: [${many(size, (index) => `user with c${index}`).join(', ')}]`]),
        many(
          size,
          (index) =>
            `condition c${index}(a: int, b: string) {\n  a > 1 && b.startsWith("x") || a + a + a == 7 && a != 9\n}`,
        ),
      ),
  },
  'conditions as long as may be': {
    most: 540,
    isSlow: true,
    make: (size) =>
      text(
        type('doc', [`viewer: [${many(size, (index) => `user with c${index}`).join(', ')}]`]),
        many(size, (index) => `condition c${index}(a: bool) {\n  ${'('.repeat(200)}a${')'.repeat(200)}\n}`),
      ),
  },
  'nested parentheses': {
    most: 400,
    make: (size) =>
      text(
        type('doc', [
          'a: [user]',
          'b: [user:*]',
          'c: [user]',
          ...many(size, (index) => `can_r${index}: ${nested(16)}`),
        ]),
      ),
  },
  'deeper and deeper parentheses': {
    most: 16,
    isSmall: true,
    make: (size) =>
      text(
        type('doc', [
          'a: [user:*]',
          'b: [user:*]',
          'c: [user:*]',
          ...many(50, (index) => `can_r${index}: ${nested(size)}`),
        ]),
      ),
  },
  'protected roles of many types': {
    most: 1000,
    make: (size) =>
      text(
        many(size, (index) =>
          type(`t${index}`, [
            ...(index > 0 ? [`parent: [t${index - 1}]`] : []),
            `owner: [user]${index > 0 ? ' or owner from parent' : ''}`,
            'helper: [user] or owner',
            'no_self_grant: owner or helper',
            'must_keep: owner',
          ]),
        ),
      ),
  },
  'parameters that the request fills': {
    most: 2000,
    make: (size) =>
      text(
        many(size, (index) => type(`t${index}`, ['viewer: [user with late]', 'runtime_parameters: [user with given]'])),
        many(2, (index) => {
          const parameters = many(size, (parameter) => `p${parameter}: int`).join(', ');
          return `condition ${['late', 'given'][index]}(${parameters}) {\n  p0 > 1\n}`;
        }),
      ),
  },
  'names that are not there': {
    most: 4000,
    make: (size) =>
      text(type('doc', ['viewer: [user]', ...many(size, (index) => `can_r${index}: viewr or v from parnt`)])),
    refused: /has no relation "viewr"/,
    isUnlinked: true,
  },
  'a name far behind its word': {
    most: 200_000,
    make: (size) => text(type('doc', ['viewer: [user]', `can_view: viewer from${' '.repeat(size)}parent`])),
    refused: /has no relation "parent"/,
    isUnlinked: true,
  },
  'what is there twice': {
    most: 4000,
    make: (size) => text(type('doc', ['viewer: [user]', ...many(size, (index) => `can_r${index}: viewer or viewer`)])),
    refused: /names "viewer" twice/,
  },
  circles: {
    most: 4000,
    make: (size) =>
      text(
        type(
          'doc',
          many(size, (index) => `can_r${index}: [user] or can_r${index ^ 1}`),
        ),
      ),
    refused: /is computed from itself/,
  },
  'what nothing leads to': {
    most: 2000,
    make: (size) =>
      text(
        many(size, (index) =>
          type(`t${index}`, [`parent: [t${(index + 1) % size}]`, 'can_view: can_view from parent']),
        ),
      ),
    refused: /Nothing that can be written leads to/,
  },
  'protected roles that come from others': {
    most: 1000,
    // Problems are looked for until there are 50.
    isSmall: true,
    make: (size) =>
      text(
        type('team', ['member: [user]']),
        many(size, (index) =>
          type(`t${index}`, [
            `parent: [${index > 0 ? `t${index - 1}` : 'team'}]`,
            `owner: [user] or ${index > 0 ? 'owner' : 'member'} from parent`,
            'no_self_grant: owner',
          ]),
        ),
      ),
    refused: /which is not in a "no_self_grant" there/,
  },
  'one protected role of many that comes from another': {
    most: 1000,
    make: (size) =>
      text(
        type('team', ['member: [user]']),
        many(size, (index) =>
          type(`t${index}`, [
            `parent: [${index > 0 ? `t${index - 1}` : 'user'}${index === size - 1 ? ', team' : ''}]`,
            `owner: [user]${index > 0 ? ' or owner from parent' : ''}${index === size - 1 ? ' or member from parent' : ''}`,
            'no_self_grant: owner',
          ]),
        ),
      ),
    refused: /which is not in a "no_self_grant" there/,
  },
  'declared parameters that nothing has': {
    most: 2000,
    make: (size) =>
      text(
        many(size, (index) => type(`t${index}`, ['viewer: [user]', 'runtime_parameters: [user with given]'])),
        `condition given(${many(size, (index) => `p${index}: int`).join(', ')}) {\n  p0 > 1\n}`,
      ),
    refused: /No other condition has the parameter/,
  },
  'more protected roles than a type may have': {
    most: 4000,
    make: (size) =>
      text(
        type('doc', [
          ...many(size, (index) => `r${index}: [user]`),
          `no_self_grant: ${many(size, (index) => `r${index}`).join(' or ')}`,
        ]),
      ),
    refused: /names more than 100 roles/,
  },
};

/** What is worked on: the text, what the syntax package makes of it, and a model that nobody has looked at. */
interface Definitions {
  readonly source: ModelSource;
  readonly document: ModelDocument;
  readonly unlinked: UnlinkedModel;
}

interface Material extends Definitions {
  readonly model: Model;
  /** The same, but that each relation can be assigned to one more. */
  readonly changed: Model;
}

const nothing = { types: new Map(), conditions: new Map() };
const changedModel = (unlinked: UnlinkedModel): UnlinkedModel => ({
  ...unlinked,
  types: new Map(
    [...unlinked.types].map(([name, { relations, ...rest }]) => {
      const more = { kind: 'object', type: 'user' as never, condition: undefined } as const;
      const changed = [...relations].map(
        ([key, one]) => [key, { ...one, restrictions: [...one.restrictions, more] }] as const,
      );
      return [name, { ...rest, relations: new Map(changed) }];
    }),
  ),
});

let staticSdl: string;
beforeAll(async () => {
  staticSdl = await readStaticSchema();
});

/** What is asked of every text. */
const readings: Readonly<Record<string, (definitions: Definitions) => unknown>> = {
  'reading it to publish it': ({ source }) => parseModel(source),
  'names, and what is there twice': ({ document }) => documentProblems(document),
  compiling: ({ document }) => compileModel(document),
  'the steps it takes': ({ unlinked }) => modelSteps(unlinked),
  references: ({ unlinked }) => referenceProblems(unlinked),
  linking: ({ unlinked }) => linkModel(unlinked),
};

/** What is asked of every text whose names are there, whether it may be published or not. */
const judgements: Readonly<Record<string, (material: Material) => unknown>> = {
  circles: ({ model }) => circleProblems(model),
  declarations: ({ model }) => declarationProblems(model),
  'declared parameters': ({ model }) => runtimeParameterProblems(model),
  'protected roles': ({ model }) => protectedRoleProblems(model),
  'entry points': ({ model }) => entryPointProblems(model),
};

/** What is asked of models that may be published. */
const analyses: Readonly<Record<string, (material: Material) => unknown>> = {
  'reading a stored one': ({ source }) => parseStoredModel(source),
  'what reaches whom': ({ model }) => {
    const { reachable } = prepareModel(model);
    return model.relations.filter((relation) => reachable.canReach(relation, subject('user:ann')));
  },
  'all contributions': ({ model }) => findContributions(model, model.relations, 'all'),
  'sufficient contributions': ({ model }) => findContributions(model, model.relations, 'sufficient'),
  'what subtracts': ({ model }) => findSubtractingRelations(model),
  containment: ({ model }) => containmentOf(model),
  roles: ({ model }) => [...model.types.values()].flatMap((one) => rolesOf(model, one)),
  'what is named as a set': ({ model }) => model.relations.filter((relation) => isNamedAsSet(model, relation)),
  'what gives protected roles': ({ model }) =>
    [...model.types.values()].flatMap((one) => findProtectedRoles(model, one)),
  'where grants come from': ({ model }) => {
    const plan = new GrantPlan(model);
    return model.relations.map((relation) => plan.stepsOf(plan.stageOf(relation)));
  },
  'everything new': ({ model }) => diffModels(nothing, model),
  'what changes': ({ model, changed }) => diffModels(model, changed),
  'permissions that change': ({ model, changed }) =>
    findAffectedPermissions(model, changed, diffModels(model, changed)),
};

/** A text whose names are not there never becomes a model. */
function definitionsOf(source: ModelSource, document: ModelDocument): Definitions {
  return { source, document, unlinked: unwrap(readDefinitions(document, 'refused')) };
}

function materialOf(definitions: Definitions): Material {
  const { unlinked } = definitions;
  return { ...definitions, model: unwrap(linkModel(unlinked)), changed: unwrap(linkModel(changedModel(unlinked))) };
}

describe.each(Object.entries(shapes))('%s', (_shape, { most: largest, make, refused, isSmall, isSlow, isUnlinked }) => {
  const most = isSmall || process.env.GROWTH ? largest : Math.floor(largest / (isSlow ? 128 : 64)) * 8;
  const sizes = [most / 4, most / 2, most];
  const sources = sizes.map((size): ModelSource => ({ kind: 'dsl', dsl: make(size) }));
  const documents: ModelDocument[] = [];
  beforeAll(() => {
    documents.push(...sources.map((source) => unwrap(readDocument(source)).json));
  });

  test('is as large as may be', () => {
    const [source] = sources.slice(-1);
    const parsed = parseModel(source ?? { kind: 'dsl', dsl: '' });
    if (refused === undefined) expect(parsed).toMatchObject({ ok: true });
    else expect(parsed.ok ? '' : parsed.problem[0]?.message).toMatch(refused);
    expect(make(most).length).toBeLessThanOrEqual(limits.modelBytes.most);
  });

  /** What is done to a text of each size; a model that was never looked at, because what is kept about one is found out again. */
  async function expectGrowth<Prepared>(
    prepare: (definitions: Definitions) => Prepared,
    run: (prepared: Prepared) => unknown,
  ) {
    const counts: number[] = [];
    const prepared = (index: number) => {
      const [source, document] = [sources[index], documents[index]];
      if (source === undefined || document === undefined) throw new Error('The text was not read.');
      return prepare(definitionsOf(source, document));
    };
    // What has never run is not counted from its first run on.
    run(prepared(0));
    for (const index of sources.keys()) {
      const one = prepared(index);
      counts.push(await countBusiest(async () => void run(one)));
    }
    expectLinear(counts);
  }

  test.each(Object.entries(readings))('%s', { timeout: 120_000 }, async (_what, run) => {
    await expectGrowth((definitions) => definitions, run);
  });

  if (isUnlinked) return;
  test.each(Object.entries(refused === undefined ? { ...judgements, ...analyses } : judgements))(
    '%s',
    { timeout: 120_000 },
    async (_what, run) => {
      await expectGrowth(materialOf, run);
    },
  );
});

test('a model that was judged elsewhere is compiled without its conditions', async () => {
  const { json } = unwrap(readDocument({ kind: 'dsl', dsl: shapes['many conditions']?.make(200) ?? '' }));
  const compiled = (wrong: 'refused' | 'undecided') => countBusiest(async () => void unwrap(compileModel(json, wrong)));
  await compiled('refused');
  expect((await compiled('undecided')) * 20).toBeLessThan(await compiled('refused'));
});

describe('the schema', () => {
  test.each<[what: string, most: number, make: (size: number) => Types]>([
    [
      'of many types',
      process.env.GROWTH ? 4000 : 400,
      (size) => Object.fromEntries(many(size, (index) => `t${index}`).map((name) => [name, { can_view: '[user]' }])),
    ],
    [
      'of many permissions',
      800,
      (size) => ({ doc: Object.fromEntries(many(size, (index) => `can_r${index}`).map((name) => [name, '[user]'])) }),
    ],
  ])('%s', { timeout: 120_000 }, async (_what, most, make) => {
    const build = (types: Types) => {
      const model = modelOf(dsl({ user: {}, ...types }));
      return countBusiest(async () => void unwrap(buildSubgraph(staticSdl, model, new Map())));
    };
    await build({});
    const without = await build({});
    const counts: number[] = [];
    for (const size of [most / 4, most / 2, most]) counts.push((await build(make(size))) - without);
    expectLinear(counts);
  });
});

/** What is less than this is done once for all, whatever the size. */
const fewPieces = 200;

function expectLinear(counts: readonly number[]): void {
  const [first = 0] = counts;
  const least = Math.max(first, fewPieces);
  const growth = counts.map((count) => (count / least).toFixed(2));
  if (process.env.GROWTH) console.log(expect.getState().currentTestName, JSON.stringify(counts), growth.join(' '));
  expect(first).toBeGreaterThan(0);
  for (const [index, count] of counts.entries()) expect(count).toBeLessThan(2 ** index * mostOfLinear * least);
}
