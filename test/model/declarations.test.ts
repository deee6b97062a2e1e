import { describe, expect, test } from 'vitest';
import { keptRoleOf, protectedRolesOf } from '../../src/model/declarations.ts';
import { formatModelProblem } from '../../src/model/model-source.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { dsl, model, relationship } from '../support/parse.ts';

const roles = {
  owner: '[user]',
  either: '[user, user with late] or owner',
  auditor: '[user, bot, user with late]',
  blocked: '[user, user:*]',
  parent: '[firm]',
  open: '[user:*]',
  shared: '[user, team#member]',
  dated: '[user with late]',
  both: '[user] and owner',
  inherited: 'owner from parent',
  computed: 'owner or auditor',
};

function firm(declarations: Readonly<Record<string, string>>): string {
  const team = { member: '[user]' };
  return dsl(
    { user: {}, bot: {}, team, firm: { ...roles, ...declarations } },
    { late: '(hour: int) {\n  hour > 17\n}' },
  );
}

function problemsOf(declarations: Readonly<Record<string, string>>): readonly string[] {
  const parsed = parseModel({ kind: 'dsl', dsl: firm(declarations) });
  return parsed.ok ? [] : parsed.problem.map(formatModelProblem);
}

describe('must_keep', () => {
  test.each([
    ['owner', { role: 'owner', except: undefined }],
    ['either', { role: 'either', except: undefined }],
    ['owner but not blocked', { role: 'owner', except: 'blocked' }],
  ])('%s', (rewrite, kept) => {
    const type = model(firm({ must_keep: rewrite })).types.get('firm');
    expect(type && keptRoleOf(type)).toEqual(kept);
  });

  const shape = '"must_keep" names one role, or one role "but not" one other relation of the type.';
  const role = (name: string) =>
    `The role "${name}" cannot be kept: it must be assigned directly, to a type without a condition.`;
  const except = (name: string) =>
    `The relation "${name}" cannot stand behind "but not" here: it must be assigned directly and only so, to types without a condition.`;

  test.each([
    ['[user]', shape],
    ['owner or auditor', shape],
    ['owner and auditor', shape],
    ['owner from parent', shape],
    ['(owner or auditor) but not blocked', shape],
    ['owner but not (blocked or open)', shape],
    ['owner but not blocked from parent', shape],
    ['[user] but not blocked', shape],
    ['computed', role('computed')],
    ['inherited', role('inherited')],
    ['open', role('open')],
    ['dated', role('dated')],
    ['both but not blocked', role('both')],
    ['owner but not shared', except('shared')],
    ['owner but not dated', except('dated')],
    ['owner but not either', except('either')],
    ['owner but not inherited', except('inherited')],
  ])('%s is invalid, at its place', (rewrite, message) => {
    expect(problemsOf({ must_keep: rewrite })).toEqual([`21:12: ${message}`]);
  });
});

describe('no_self_grant', () => {
  test.each([
    ['auditor', ['auditor']],
    ['owner or auditor or dated', ['owner', 'auditor', 'dated']],
  ])('%s', (rewrite, names) => {
    const type = model(firm({ no_self_grant: rewrite })).types.get('firm');
    expect(type && protectedRolesOf(type)).toEqual(names);
  });

  const shape = '"no_self_grant" names roles of the type, joined by "or".';
  const plain = (name: string) =>
    `The role "${name}" in "no_self_grant" may be assigned to plain subjects only, not to sets or wildcards.`;

  test.each([
    ['[user]', shape],
    ['owner and auditor', shape],
    ['owner but not blocked', shape],
    ['owner or auditor from parent', shape],
    ['owner or (auditor and dated)', shape],
    ['owner or shared', plain('shared')],
    ['open', plain('open')],
    ['computed', '"computed" in "no_self_grant" is not a role: it is computed and cannot be assigned.'],
  ])('%s is invalid, at its place', (rewrite, message) => {
    expect(problemsOf({ no_self_grant: rewrite })).toEqual([`21:12: ${message}`]);
  });
});

describe('a protected role that comes from elsewhere', () => {
  const source = (role: string, name: string, type: string) =>
    `The role "${role}" in "no_self_grant" comes from "${name}" of the type "${type}", which is not in a "no_self_grant" there: somebody could give it to themselves through that.`;
  const problems = (types: Parameters<typeof dsl>[0]) => {
    const parsed = parseModel({ kind: 'dsl', dsl: dsl({ user: {}, ...types }) });
    return parsed.ok ? [] : parsed.problem.map(({ message }) => message);
  };
  const vault = { club: '[club]', keeper: '[user] or officer from club', no_self_grant: 'keeper' };
  const protectedClub = { officer: '[user]', no_self_grant: 'officer' };

  test.each<[what: string, types: Parameters<typeof dsl>[0], messages: readonly string[]]>([
    ['a role of another object', { club: { officer: '[user]' }, vault }, [source('keeper', 'officer', 'club')]],
    ['a protected role of another object', { club: protectedClub, vault }, []],
    [
      'what such a role is computed from',
      { club: { ...protectedClub, officer: '[user] or chair', chair: '[user]' }, vault },
      [],
    ],
    [
      'a set in a role of the same object',
      {
        team: { member: '[user]' },
        vault: { clerk: '[user, team#member]', keeper: '[user] or clerk', no_self_grant: 'keeper' },
      },
      [source('keeper', 'member', 'team')],
    ],
    [
      'itself, of a parent',
      { vault: { parent: '[vault]', keeper: '[user] or keeper from parent', no_self_grant: 'keeper' } },
      [],
    ],
    [
      'a role of the same object',
      { vault: { clerk: '[user]', keeper: '[user] or clerk', no_self_grant: 'keeper' } },
      [],
    ],
    [
      'what is only taken away from it',
      {
        club: { barred: '[user]' },
        vault: { club: '[club]', keeper: '[user] but not barred from club', no_self_grant: 'keeper' },
      },
      [],
    ],
  ])('%s', (_what, types, messages) => {
    expect(problems(types)).toEqual(messages);
  });
});

test('in a module, the place is of that module', () => {
  const core = `module core\ntype user\ntype firm\n  relations\n    define owner: [user]\n    define other: [user]\n`;
  const extra = `module extra\nextend type firm\n  relations\n    define must_keep: owner or other\n`;
  const parsed = parseModel({
    kind: 'modules',
    modules: [
      { name: 'core.fga', dsl: core },
      { name: 'extra.fga', dsl: extra },
    ],
  });
  expect(parsed.ok || parsed.problem.map(formatModelProblem)).toEqual([
    'extra.fga:4:12: "must_keep" names one role, or one role "but not" one other relation of the type.',
  ]);
});

test('a type without declarations declares nothing', () => {
  const type = model(firm({})).types.get('firm');
  expect(type && [keptRoleOf(type), protectedRolesOf(type)]).toEqual([undefined, []]);
});

describe('runtime_parameters', () => {
  const parse = (relation: string, request = '(territory: string) { territory != "" }') => {
    const types = { user: {}, doc: { viewer: '[user with local]' }, request: { runtime_parameters: relation } };
    const text = dsl(types, { local: '(territory: string) { territory == "SE" }', in_request: request });
    const parsed = parseModel({ kind: 'dsl', dsl: text });
    return parsed.ok ? [...parsed.value.model.runtimeParameters] : parsed.problem.map(({ message }) => message);
  };

  test('declares the parameters of the conditions that it takes, beside the clock', () => {
    expect(parse('[user with in_request]')).toEqual(['current_time', 'territory']);
  });

  const shape = expect.stringContaining('"runtime_parameters" takes types "with" a condition only');
  test.each<[what: string, relation: string, request: string | undefined, problem: unknown]>([
    ['a type without a condition', '[user, user with in_request]', undefined, shape],
    ['another relation', '[user with in_request] or other', undefined, expect.anything()],
    [
      'a parameter that no other condition has',
      '[user with in_request]',
      '(teritory: string) { teritory != "" }',
      'No other condition has the parameter "teritory". Did you mean "territory"?',
    ],
  ])('is refused with %s', (_what, relation, request, problem) => {
    expect(parse(relation, request)).toEqual([problem]);
  });

  test('is never written', () => {
    const types = {
      user: {},
      doc: { viewer: '[user with local]' },
      request: { runtime_parameters: '[user with local]' },
    };
    const ours = model(
      dsl(
        { ...types, doc: { viewer: '[user with other]' } },
        {
          local: '(territory: string) { territory == "SE" }',
          other: '(territory: string) { territory == "SE" }',
        },
      ),
    );
    const condition = ['local', {}] as const;
    const written = validateRelationship(ours, relationship('request:1#runtime_parameters@user:ann', { condition }));
    expect(written).toMatchObject({ ok: false, problem: { message: expect.stringContaining('is not written') } });
  });
});
