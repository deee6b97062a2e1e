import { beforeAll, describe, expect, test } from 'vitest';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { context, dsl, object, relationship, subject } from '../support/parse.ts';
import { done, everyStore, operator, publish, signedIn, usePosternOn, write } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  const company = dsl({
    user: {},
    platform: { can_check_any_subject: '[user]', can_read_relationships: '[user]' },
    team: { lead: '[user]', member: '[user] or lead', can_manage_access: 'lead' },
    folder: { admin: '[user]', viewer: '[user, team#member]', can_view: 'viewer', can_manage_access: 'admin' },
    doc: { folder: '[folder]', author: '[user]', can_view: 'author or can_view from folder' },
  });

  beforeAll(async () => {
    await publish(postern(), company);
    await write(postern(), [
      'platform:main#can_check_any_subject@user:reader',
      'platform:main#can_read_relationships@user:reader',
      'platform:main#can_check_any_subject@user:adam',
      'platform:main#can_check_any_subject@user:asker',
      'folder:plans#admin@user:adam',
      'folder:plans#viewer@team:eng#member',
      'team:eng#lead@user:lea',
      'team:eng#member@user:mia',
      'doc:1#folder@folder:plans',
    ]);
  });

  interface Question {
    readonly of?: string;
    readonly on?: string;
    readonly contextual?: readonly string[];
  }

  async function explain(actor: Actor, { of = 'user:mia', on = 'doc:1', contextual = [] }: Question) {
    return explainPermission(postern(), actor, {
      subject: subject(of),
      permission: 'can_view',
      object: object(on),
      context: context({}),
      contextual: contextual.map((text) => relationship(text)),
    });
  }

  /** The text without the times of writing. */
  async function textOf(actor: Actor, question: Question = {}): Promise<readonly string[]> {
    const { text } = done(await explain(actor, question));
    return text.replaceAll(/ \(since [^)]*\)/g, '').split('\n');
  }

  const hidden = 'something that is not yours to see';

  describe('an explanation', () => {
    const whole = [
      'user:mia has can_view on doc:1:',
      '  user:mia has can_view on doc:1',
      '    because folder:plans is folder of doc:1',
      '    user:mia has can_view on folder:plans',
      '      user:mia has viewer on folder:plans',
      '        because team:eng#member is viewer of folder:plans',
      '        user:mia has member on team:eng',
      '          because user:mia is member of team:eng',
    ];

    const [decision = ''] = whole;
    const onlyDecision = [decision, 'What this rests on is not yours to see.'];

    test.each<readonly [who: string, actor: Actor, expected: readonly string[]]>([
      ['the console', operator, whole],
      ['a reader of relationships', signedIn('user:reader'), whole],
      [
        'an admin of the folder',
        signedIn('user:adam'),
        [decision, `  ${hidden}`, `    ${hidden}`, ...whole.slice(3, 6), `        ${hidden}`, `          ${hidden}`],
      ],
      ['somebody who may only ask', signedIn('user:asker'), onlyDecision],
      ['the subject itself', signedIn('user:mia'), onlyDecision],
    ])('shows %s what is theirs to see', async (_who, actor, expected) => {
      expect(await textOf(actor)).toEqual(expected);
    });

    test('names the roles that would be enough, of those that the asker could grant', async () => {
      const all = await explain(operator, { of: 'user:new' });
      expect(done(all).roles).toEqual([
        { object: 'doc:1', role: 'author' },
        { object: 'folder:plans', role: 'viewer' },
        { object: 'team:eng', role: 'member' },
        { object: 'team:eng', role: 'lead' },
      ]);
      expect(done(await explain(signedIn('user:adam'), { of: 'user:new' })).roles).toEqual([
        { object: 'folder:plans', role: 'viewer' },
      ]);
      expect(done(await explain(signedIn('user:asker'), { of: 'user:new' })).roles).toEqual([]);
      expect(done(await explain(signedIn('user:new'), { of: 'user:new' })).roles).toEqual([]);
    });
  });

  describe('relationships that come with the question', () => {
    const given = ['doc:new#folder@folder:new', 'folder:new#viewer@team:new#member', 'team:new#member@user:new'];

    test('lead on through objects that nothing is stored about', async () => {
      expect(await textOf(operator, { of: 'user:new', on: 'doc:new', contextual: given })).toEqual([
        'user:new has can_view on doc:new:',
        '  user:new has can_view on doc:new',
        '    because folder:new is folder of doc:new',
        '    user:new has can_view on folder:new',
        '      user:new has viewer on folder:new',
        '        because team:new#member is viewer of folder:new',
        '        user:new has member on team:new',
        '          because user:new is member of team:new',
      ]);
    });

    test.each([
      ['a subject that asks for itself', signedIn('user:new'), given, 'forbidden'],
      ['a relationship that the model does not admit', operator, ['doc:1#can_view@user:new'], 'invalid'],
      ['a type that the model lacks', operator, ['dog:1#author@user:new'], 'invalid'],
    ])('are refused for %s', async (_why, actor, contextual, kind) => {
      const explained = await explain(actor, { of: 'user:new', contextual });
      expect(explained).toMatchObject({ ok: false, problem: { kind } });
    });
  });
});
