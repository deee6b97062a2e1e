import { describe, expect, onTestFinished, test } from 'vitest';
import { formatModelChange } from '../../src/model/diff-models.ts';
import type { ModelParser, ParsePurpose } from '../../src/model/model-parser.ts';
import { checkPermissions } from '../../src/operations/access/check-permissions.ts';
import { activateModel } from '../../src/operations/models/activate-model.ts';
import { describeImpact } from '../../src/operations/models/describe-impact.ts';
import { listModels } from '../../src/operations/models/list-models.ts';
import { type ModelImpact, modelImpact } from '../../src/operations/models/model-impact.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { describeRefusal } from '../../src/operations/refusal.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore } from '../support/open-store.ts';
import { check, dsl, model, object, relationship, type Types } from '../support/parse.ts';
import { activate, done, everyStore, operator, publish, signedIn, usePosternOn, write } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  const platform = {
    admin: '[user]',
    reader: '[user]',
    can_publish_model: 'admin',
    can_read_model: 'admin',
    can_read_relationships: 'reader',
  };
  const show = {
    parent: '[network]',
    owner: '[user]',
    editor: '[user, user:*, team#member]',
    blocked: '[user]',
    can_publish: '(owner or editor or manager from parent) but not blocked',
    can_pitch: 'owner',
  };
  const types: Types = {
    user: {},
    platform,
    team: { member: '[user, team#member]' },
    network: { manager: '[user]' },
    show,
  };

  function withShow(changes: Types[string]): Types {
    return { ...types, show: { ...show, ...changes } };
  }

  const stored = [
    'platform:main#admin@user:ann',
    'platform:main#reader@user:rita',
    'team:a#member@user:ann',
    'team:a#member@user:ben',
    'team:all#member@team:a#member',
    'network:n#manager@user:max',
    'show:1#parent@network:n',
    'show:1#owner@user:olga',
    'show:1#editor@team:all#member',
    'show:2#owner@user:olga',
    'show:2#editor@user:*',
    'show:2#blocked@user:ben',
    'show:3#editor@user:eve',
  ];

  /** Everything is as it was stored, under the model that all impacts are compared with. */
  async function prepare(): Promise<number> {
    const id = await publish(postern(), dsl(types));
    const page = await postern().store.readRelationships({}, 1000, undefined);
    const old = page.relationships.map(({ relationship: one }) => one);
    if (old.length > 0) await write(postern(), [], old);
    await write(postern(), stored);
    return id;
  }

  async function impactOf(to: Types | string, maxChecks?: number): Promise<ModelImpact> {
    const text = typeof to === 'string' ? to : dsl(to);
    const impact = done(await modelImpact(postern(), operator, { from: undefined, to: model(text) }, maxChecks));
    if (impact === undefined) throw new Error('A model is active.');
    return impact;
  }

  test('somebody who is written to be nobody in particular hides nothing of what everybody gains', async () => {
    await prepare();
    await write(postern(), ['show:2#owner@user:written-nowhere-4f1c2a9e-6b5d-4f0a-9c83-7d2e51b0a6f8']);
    const pitching = await impactOf(withShow({ can_pitch: 'owner or editor' }));
    expect(describeImpact(pitching).join('\n')).toContain('everybody else of type user gain');
  });

  describe('what a model would mean', () => {
    const late = '(hour: int) {\n  hour > 17\n}';
    test.each<[what: string, to: Types | string, impact: readonly string[]]>([
      ['nothing', types, ['Nobody loses or gains a permission.']],
      ['a permission that nothing depends on', withShow({ viewer: '[user]' }), ['Nobody loses or gains a permission.']],
      [
        'an arm that is gone',
        withShow({ can_publish: '(owner or manager from parent) but not blocked' }),
        [
          '3 subjects and everybody else of type user lose can_publish on 3 shows.',
          '  user:ann on show:1',
          '  user:ben on show:1',
          '  user:* on show:2',
          '  user:eve on show:3',
        ],
      ],
      [
        'an arm that is gone, and nobody has it by name',
        withShow({ can_publish: '(editor or manager from parent) but not blocked' }),
        ['1 subject loses can_publish on 1 show.', '  user:olga on show:1'],
      ],
      [
        'a parent that no longer counts',
        withShow({ can_publish: '(owner or editor) but not blocked' }),
        ['1 subject loses can_publish on 1 show.', '  user:max on show:1'],
      ],
      [
        'something that no longer takes away',
        withShow({ can_publish: 'owner or editor or manager from parent' }),
        ['1 subject gains can_publish on 1 show.', '  user:ben on show:2'],
      ],
      [
        'a relation of another type',
        {
          ...types,
          network: { manager: '[user]', boss: '[user]' },
          show: { ...show, can_publish: 'owner or boss from parent' },
        },
        [
          '4 subjects and everybody else of type user lose can_publish on 3 shows.',
          '  user:ann on show:1',
          '  user:ben on show:1',
          '  user:max on show:1',
          '  user:* on show:2',
          '  user:eve on show:3',
        ],
      ],
      [
        'who can be assigned',
        withShow({ editor: '[user, team#member]' }),
        [
          'Everybody of type user loses can_publish on 1 show.',
          '  user:* on show:2',
          '1 relationship of show#editor is ignored while the model is active, and back after a roll-back.',
          '  show:2#editor@user:*',
        ],
      ],
      [
        'members of members that no longer count',
        { ...types, team: { member: '[user]' } },
        [
          '2 subjects lose can_publish on 1 show.',
          '  user:ann on show:1',
          '  user:ben on show:1',
          '1 relationship of team#member is ignored while the model is active, and back after a roll-back.',
          '  team:all#member@team:a#member',
        ],
      ],
      [
        'a permission that is gone',
        { ...types, show: Object.fromEntries(Object.entries(show).filter(([name]) => name !== 'can_pitch')) },
        ['1 subject loses can_pitch on 2 shows.', '  user:olga on show:1', '  user:olga on show:2'],
      ],
      [
        'a new permission',
        { ...types, team: { ...types.team, can_leave: 'member' } },
        [
          '2 subjects gain can_leave on 2 teams.',
          '  user:ann on team:a',
          '  user:ben on team:a',
          '  user:ann on team:all',
          '  user:ben on team:all',
        ],
      ],
      [
        'a type that is gone',
        {
          user: {},
          platform,
          team: types.team ?? {},
          show: { owner: '[user]', can_publish: 'owner', can_pitch: 'owner' },
        },
        [
          '4 subjects and everybody else of type user lose can_publish on 3 shows.',
          '  user:ann on show:1',
          '  user:ben on show:1',
          '  user:max on show:1',
          '  user:* on show:2',
          '  user:eve on show:3',
          '1 relationship of network#manager is ignored while the model is active, and back after a roll-back.',
          '  network:n#manager@user:max',
          '1 relationship of show#blocked is ignored while the model is active, and back after a roll-back.',
          '  show:2#blocked@user:ben',
          '3 relationships of show#editor are ignored while the model is active, and back after a roll-back.',
          '  show:1#editor@team:all#member',
          '  show:2#editor@user:*',
          '  show:3#editor@user:eve',
          '1 relationship of show#parent is ignored while the model is active, and back after a roll-back.',
          '  show:1#parent@network:n',
        ],
      ],
      [
        'subjects of a new type',
        { ...withShow({ owner: '[user, bot]' }), bot: {} },
        ['Nobody loses or gains a permission.'],
      ],
      [
        'a role that wants a condition',
        dsl(withShow({ owner: '[user with late]' }), { late }),
        [
          '1 subject loses can_pitch on 2 shows.',
          '  user:olga on show:1',
          '  user:olga on show:2',
          '1 subject loses can_publish on 1 show.',
          '  user:olga on show:1',
          '2 relationships of show#owner are ignored while the model is active, and back after a roll-back.',
          '  show:1#owner@user:olga',
          '  show:2#owner@user:olga',
        ],
      ],
    ])('%s', async (_what, to, lines) => {
      await prepare();
      const impact = await impactOf(to);
      expect(describeImpact(impact)).toEqual(lines);
      expect(impact.isComplete).toBe(true);
    });

    test('what depends on values for conditions is counted apart', async () => {
      const late = (limit: number) => ({
        late: `(hour: int) {\n  hour > ${limit}\n}`,
        now: '(current_time: timestamp) {\n  current_time > timestamp("2020-01-01T00:00:00Z")\n}',
      });
      const conditional = withShow({ editor: '[user with late, user with now]' });
      await publish(postern(), dsl(conditional, late(17)));
      const condition = ['late', {}] as const;
      const written = [
        relationship('show:c#editor@user:eve', { condition }),
        relationship('show:c#editor@user:ted', { condition: ['late', { hour: 18 }] }),
        relationship('show:c#editor@user:ned', { condition: ['now', {}] }),
      ];
      await write(postern(), written);
      const impact = await impactOf(dsl(conditional, late(18)));
      expect(describeImpact(impact)).toEqual([
        '1 subject loses can_publish on 1 show.',
        '  user:ted on show:c',
        'For 1 subject, can_publish on 1 show is undecided without a context: it may change or not.',
        '  user:eve on show:c',
      ]);
      const never = { ...late(17), now: '(current_time: timestamp, hour: int) {\n  hour > 1\n}' };
      expect(describeImpact(await impactOf(dsl(conditional, never)))).toContain(
        'For 1 subject, can_publish on 1 show becomes undecided without a context.',
      );
      await write(postern(), [], written);
    });
  });

  test('many who stand alike cost no more checks than one, and all are counted', async () => {
    await prepare();
    const members = Array.from({ length: 400 }, (_, index) => `team:crowd#member@user:c${index}`);
    const shows = Array.from({ length: 50 }, (_, index) => `show:s${index}#editor@team:crowd#member`);
    await write(postern(), [...members, ...shows]);
    const impact = await impactOf(withShow({ can_publish: 'owner' }));
    expect(describeImpact(impact)[0]).toBe(
      '404 subjects and everybody else of type user lose can_publish on 53 shows.',
    );
    expect(impact.checks).toBeLessThan(300);
  });

  test('where the budget ends, nothing that is incomplete looks complete', async () => {
    await prepare();
    const to = withShow({ can_publish: 'owner', can_pitch: 'blocked' });
    const whole = await impactOf(to);
    expect(whole.isComplete).toBe(true);
    let incomplete = 0;
    for (const most of [0, 1, 10, 30, whole.checks - 1, whole.checks]) {
      const impact = await impactOf(to, most);
      expect(impact.checks).toBeLessThanOrEqual(most);
      expect(impact.isComplete).toBe(most === whole.checks);
      expect(impact.isComplete).toBe(impact.notCompared.length === 0);
      for (const [index, one] of impact.permissions.entries()) {
        if (one.isComplete) expect(one).toEqual(whole.permissions[index]);
        else incomplete += 1;
      }
      const names = impact.notCompared.map(({ type, permission }) => `${type}#${permission}`);
      if (names.length > 0) expect(describeImpact(impact).at(-1)).toContain(`only in part: ${names.join(', ')}.`);
      if (most === 0) expect(names).toEqual(['show#can_pitch', 'show#can_publish']);
    }
    expect(incomplete).toBeGreaterThan(2);
  });

  describe('a dry run', () => {
    const next = dsl(withShow({ can_publish: '(owner or manager from parent) but not blocked' }));
    const ann = signedIn('user:ann');
    const state = async () => [
      (await postern().store.readModel(undefined))?.id,
      (await postern().store.readModels(100, undefined)).length,
      await postern().store.reader.withSnapshot([], async ({ revision }) => revision),
    ];

    const publishNext = (how: { readonly activate: boolean; readonly dryRun: boolean }) =>
      publishModel(postern(), ann, { source: { kind: 'dsl', dsl: next }, ...how, reason: undefined });

    test('of an activation shows diff and impact, and changes nothing', async () => {
      const id = await prepare();
      const { outcome } = done(await publishNext({ activate: false, dryRun: false }));
      const lines = [
        '~ show#can_publish: (owner or editor or manager from parent) but not blocked -> (owner or manager from parent) but not blocked',
      ];
      expect(outcome.preview.diff?.map(formatModelChange)).toEqual(lines);
      const before = await state();
      const dry = done(await activateModel(postern(), ann, { id: outcome.id ?? 0, dryRun: true, reason: undefined }));
      expect(await state()).toEqual(before);
      expect(dry.outcome).toMatchObject({ id: outcome.id, active: false });
      expect(dry.outcome.preview.diff?.map(formatModelChange)).toEqual(lines);
      // Ann may publish, and may not read relationships: she sees numbers and no names.
      expect(dry.outcome.preview.impact?.hasExamples).toBe(false);
      expect(describeImpact(dry.outcome.preview.impact as ModelImpact)).toEqual([
        expect.stringContaining('lose can_publish on'),
      ]);
      const real = done(await activateModel(postern(), ann, { id: outcome.id ?? 0, reason: undefined }));
      expect(real.outcome.preview).toMatchObject({ impact: undefined });
      const back = done(await activateModel(postern(), ann, { id, reason: undefined }));
      expect(back.outcome.preview.diff).toMatchObject([{ change: 'changed', after: show.can_publish }]);
    });

    test('of a publication shows both as well, with names to those who may read them', async () => {
      await prepare();
      await write(postern(), ['platform:main#reader@user:ann']);
      const before = await state();
      const { outcome } = done(await publishNext({ activate: true, dryRun: true }));
      expect(await state()).toEqual(before);
      expect(outcome.preview.diff).toHaveLength(1);
      expect(outcome.preview.impact?.hasExamples).toBe(true);
      expect(outcome.preview.impact?.permissions[0]?.lost.examples).toHaveLength(4);
    });

    test.each([['user:rita'], ['user:ben']])('is refused to %s', async (who) => {
      const id = await prepare();
      const forbidden = { ok: false, problem: { kind: 'forbidden' } };
      const actor = signedIn(who);
      expect(await activateModel(postern(), actor, { id, dryRun: true, reason: undefined })).toMatchObject(forbidden);
      expect(await modelImpact(postern(), actor, { from: undefined, to: id })).toMatchObject(forbidden);
      expect(
        await publishModel(postern(), actor, {
          source: { kind: 'dsl', dsl: next },
          activate: false,
          dryRun: true,
          reason: undefined,
        }),
      ).toMatchObject(forbidden);
    });

    test('of a model that does not exist is refused', async () => {
      await prepare();
      const unknown = { ok: false, problem: { kind: 'invalid', errors: [{ code: 'UNKNOWN_MODEL' }] } };
      expect(await activateModel(postern(), ann, { id: 999_999, dryRun: true, reason: undefined })).toMatchObject(
        unknown,
      );
    });
  });

  async function decide(texts: readonly string[]): Promise<readonly string[]> {
    const input = {
      checks: texts.map((text) => check(text)),
      contextual: [],
      modelId: undefined,
    };
    return done(await checkPermissions(postern(), operator, input)).decisions.map(outcomeOf);
  }

  const asked = ['1', '2', '3'].flatMap((id) =>
    ['ann', 'ben', 'max', 'olga', 'eve', 'zoe'].flatMap((who) => [
      `show:${id}#can_publish@user:${who}`,
      `show:${id}#editor@user:${who}`,
    ]),
  );

  test('a roll-back is instant: every decision is as before, and what was ignored counts again', async () => {
    const id = await prepare();
    const before = await decide(asked);
    const narrow = await publish(postern(), dsl(withShow({ editor: '[user]', can_publish: 'owner' })));
    expect(await decide(asked)).not.toEqual(before);
    const there = done(await modelImpact(postern(), operator, { from: id, to: narrow }));
    const back = done(await modelImpact(postern(), operator, { from: undefined, to: id }));
    expect(back?.permissions.map(({ gained }) => gained)).toEqual(there?.permissions.map(({ lost }) => lost));
    await activate(postern(), id);
    expect(await decide(asked)).toEqual(before);
  });

  test('under traffic, all answers of a request come from one model or the other', async () => {
    const wide = await prepare();
    const ofWide = await decide(asked);
    const narrow = await publish(postern(), dsl(withShow({ editor: '[user]', can_publish: 'owner' })));
    const ofNarrow = await decide(asked);
    expect(ofNarrow).not.toEqual(ofWide);
    const seen = new Set<string>();
    let isOver = false;
    const ask = async () => {
      while (!isOver) seen.add(JSON.stringify(await decide(asked)));
    };
    const traffic = [ask(), ask(), ask()];
    for (let round = 0; round < 20; round++) {
      await activate(postern(), round % 2 === 0 ? wide : narrow);
      await modelImpact(postern(), operator, { from: undefined, to: wide });
    }
    isOver = true;
    await Promise.all(traffic);
    expect(seen).toEqual(new Set([ofWide, ofNarrow].map((one) => JSON.stringify(one))));
  });

  test('models are listed, the newest first, page by page, to those who may read them', async () => {
    const id = await prepare();
    const ann = signedIn('user:ann');
    const ids: number[] = [];
    let after: string | undefined;
    do {
      const page = done(await listModels(postern(), ann, { first: 7, after }));
      ids.push(...page.models.map(({ model: one }) => one.id));
      expect(page.models.filter(({ model: one }) => one.active).map(({ model: one }) => one.id)).toEqual(
        ids.length <= 7 ? [id] : [],
      );
      after = page.hasMore ? page.models.at(-1)?.cursor : undefined;
    } while (after !== undefined);
    expect(ids).toEqual(Array.from({ length: id }, (_, index) => id - index));
    const first = done(await listModels(postern(), ann, { first: 1, after: undefined }));
    const stolen = await listModels(postern(), operator, { first: 1, after: first.models[0]?.cursor });
    expect(stolen).toMatchObject({ ok: false, problem: { kind: 'invalid' } });
    expect(await listModels(postern(), signedIn('user:ben'), { first: 1, after: undefined })).toMatchObject({
      problem: { kind: 'forbidden' },
    });
  });
});

const database = useDatabase();

test('as long as no model is active, a published one is read once, however often everything would be new', async () => {
  const purposes: ParsePurpose[] = [];
  const parser: ModelParser = {
    parse: (source, purpose) => {
      purposes.push(purpose);
      return localParser.parse(source, purpose);
    },
  };
  const store = openStore(database(), { connections: 4, statementTimeoutMs: 20_000 }, parser);
  onTestFinished(() => store.close());
  const fresh: Postern = { store, platform: object('platform:main'), report: () => {} };
  const source = { kind: 'dsl', dsl: dsl({ user: {}, doc: { can_view: '[user]' } }) } as const;
  const published = done(
    await publishModel(fresh, operator, { source, activate: false, dryRun: false, reason: undefined }),
  );
  const to = published.outcome.id ?? 0;
  purposes.length = 0;
  for (let time = 0; time < 3; time += 1) {
    const impact = done(await modelImpact(fresh, operator, { from: undefined, to }));
    expect(impact?.diff).toContainEqual({ what: 'type', type: 'doc', change: 'added' });
  }
  expect(purposes).toEqual(['load']);
  const unknown = await modelImpact(fresh, operator, { from: undefined, to: to + 1 });
  expect(unknown.ok ? undefined : describeRefusal(unknown.problem)).toContain(`the newest is "${to}"`);
});
