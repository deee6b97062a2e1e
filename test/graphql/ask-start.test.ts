import { beforeAll, expect, test } from 'vitest';
import { askStart } from '../../src/graphql/ask-start.ts';
import { maxModelSteps, modelSteps } from '../../src/model/model-cost.ts';
import { type AskStart, parseFor } from '../../src/model/model-parser.ts';
import { readStaticSchema } from '../../src/server/read-static-schema.ts';
import { definitions, dsl } from '../support/parse.ts';

let ask: AskStart;
beforeAll(async () => {
  ask = askStart(await readStaticSchema(), new Map());
});

test.each<[what: string, type: string, relations: Readonly<Record<string, string>>, problem: RegExp]>([
  ['Postern has', 'permission', { owner: '[user]', can_edit: 'owner' }, /"Viewer\.permissions".* is taken already/],
  ['Postern has for its entrance', 'query', { can_edit: '[user]' }, /has a type "Query" already/],
  ['Postern has for a scalar', 'date_time', { can_edit: '[user]' }, /has a type "DateTime" already/],
  [
    'two permissions have',
    'file',
    { owner: '[user]', can_editAll: 'owner', can_editall: 'owner' },
    /"can_editAll" and "can_editall" of "file" are both "CAN_EDITALL".* Rename one/,
  ],
])('a name that %s is refused before a model is stored', (_what, type, relations, problem) => {
  const source = { kind: 'dsl', dsl: dsl({ user: {}, [type]: relations }) } as const;
  const parsed = parseFor(source, 'publish', ask);
  expect(parsed.ok ? '' : parsed.problem.map(({ message }) => message).join(' ')).toMatch(problem);
});

test('a ring of 150 types takes few steps', () => {
  const types = Array.from({ length: 150 }, (_, index) => {
    const next = `t${(index + 1) % 150}`;
    const relations = Array.from({ length: 12 }, (_, role): readonly (readonly [string, string])[] => [
      [`r${role}`, `[user, ${next}#r${role}] or r${role} from parent${role > 0 ? ` or r${role - 1}` : ''}`],
      [`can_r${role}`, `r${role}`],
    ]);
    return [`t${index}`, Object.fromEntries([['parent', `[${next}]`], ...relations.flat()])] as const;
  });
  expect(modelSteps(definitions(dsl({ user: {}, ...Object.fromEntries(types) })))).toBeLessThan(maxModelSteps / 10);
});
