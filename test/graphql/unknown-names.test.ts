import { afterAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';
import { expectProblem, problemsOf, questions } from './support/problems.ts';

const server = usePosternServer(useDatabase(), { store: office });

const ask = (query: string, variables: object = {}, as = 'service:ops') =>
  server().ask(query, { as, variables: { ...variables } });

const prototype = Object.getOwnPropertyNames(Object.prototype).toSorted();

afterAll(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(prototype);
});

describe('an unknown name is named, with the nearest that is known', () => {
  const relationship = { object: 'folder:1', relation: 'editor', subject: 'user:x' };

  test.each<readonly [keyof typeof questions, object, string, string]>([
    ['check', { object: 'documnt:1' }, 'UNKNOWN_TYPE', 'Unknown type "documnt". Did you mean "document"?'],
    ['check', { subject: 'usr:mia' }, 'UNKNOWN_TYPE', 'Unknown type "usr". Did you mean "user"?'],
    [
      'check',
      { permission: 'can_edti' },
      'UNKNOWN_RELATION',
      'Unknown permission "can_edti" on type "document". Did you mean "can_edit"?',
    ],
    [
      'check',
      { permission: 'autor' },
      'UNKNOWN_RELATION',
      'Unknown relation "autor" on type "document". Did you mean "author"?',
    ],
    [
      'check',
      { subject: 'team:writers#membr' },
      'UNKNOWN_RELATION',
      'Unknown relation "membr" on type "team". Did you mean "member"?',
    ],
    ['can', { object: 'documnt:1' }, 'UNKNOWN_TYPE', 'Did you mean "document"?'],
    ['can', { permission: 'can_edti' }, 'UNKNOWN_RELATION', 'Did you mean "can_edit"?'],
    ['permissions', { object: 'documnt:1' }, 'UNKNOWN_TYPE', 'Did you mean "document"?'],
    ['decisions', { permission: 'can_edti' }, 'UNKNOWN_RELATION', 'Did you mean "can_edit"?'],
    ['objects', { type: 'documnt' }, 'UNKNOWN_TYPE', 'Did you mean "document"?'],
    ['objects', { permission: 'can_edti' }, 'UNKNOWN_RELATION', 'Did you mean "can_edit"?'],
    ['objects', { subject: 'usr:mia' }, 'UNKNOWN_TYPE', 'Did you mean "user"?'],
    ['subjects', { object: 'documnt:1' }, 'UNKNOWN_TYPE', 'Did you mean "document"?'],
    ['subjects', { type: 'usr' }, 'UNKNOWN_TYPE', 'Did you mean "user"?'],
    ['subjects', { type: 'team', relation: 'membr' }, 'UNKNOWN_RELATION', 'Did you mean "member"?'],
    ['contextual', { contextual: { ...relationship, relation: 'edito' } }, 'BAD_USER_INPUT', 'Did you mean "editor"?'],
    ['grant', { object: 'foldr:1' }, 'UNKNOWN_TYPE', 'Did you mean "folder"?'],
    ['grant', { role: 'edito' }, 'UNKNOWN_RELATION', 'Did you mean "editor"?'],
    ['grant', { subject: 'usr:x' }, 'UNKNOWN_TYPE', 'Did you mean "user"?'],
    ['grant', { subject: 'team:x#membr' }, 'UNKNOWN_RELATION', 'Did you mean "member"?'],
    [
      'grant',
      { condition: { name: 'in_region', context: { levl: 1 } } },
      'INVALID_RELATIONSHIP',
      'Did you mean "level"?',
    ],
    ['write', { write: { ...relationship, relation: 'edito' } }, 'UNKNOWN_RELATION', 'Did you mean "editor"?'],
    ['write', { write: { ...relationship, object: 'foldr:1' } }, 'UNKNOWN_TYPE', 'Did you mean "folder"?'],
  ])('%s %j', async (question, variables, code, part) => {
    const answer = await ask(questions[question], variables, question === 'grant' ? 'user:adam' : undefined);
    expectProblem(answer, code, part);
  });

  test('a condition', async () => {
    const answer = await ask(questions.grant, { condition: { name: 'in_regio' } }, 'user:adam');
    expectProblem(answer, 'UNKNOWN_CONDITION', 'Unknown condition "in_regio". Did you mean "in_region"?');
  });

  /** Permissions stand in the schema; who may have which role, and under which condition, is nobody else's to know. */
  test.each<readonly [keyof typeof questions, object, string]>([
    ['can', { object: 'folder:plans', permission: 'edito' }, 'Unknown relation "edito" on type "folder".'],
    ['decisions', { object: 'folder:plans', permission: 'edito' }, 'Unknown relation "edito" on type "folder".'],
    ['grant', { role: 'edito' }, 'Unknown relation "edito" on type "folder".'],
    ['grant', { subject: 'team:x#membr' }, 'Unknown relation "membr" on type "team".'],
    ['grant', { condition: { name: 'in_regio' } }, 'Unknown condition "in_regio".'],
    ['grant', { condition: { name: 'in_region', context: { levl: 1 } } }, 'has no parameter "levl".'],
    ['grant', { subject: 'service:x' }, 'does not take "service:x".'],
  ])('and not to strangers: %s %j', async (question, variables, part) => {
    const [problem] = problemsOf(await ask(questions[question], variables, 'user:stranger'));
    expect(problem).toMatch(new RegExp(`${part.replaceAll('.', '\\.')}$`));
  });

  test.each([
    ['__proto__'],
    ['constructor'],
    ['toString'],
    ['hasOwnProperty'],
    ['valueOf'],
    ['x\u0000'],
    ['x\ud800'],
    [''],
    ['x'.repeat(10_000)],
  ])('%j is an unknown name like any other', async (name) => {
    for (const question of ['check', 'can', 'decisions', 'objects', 'subjects'] as const) {
      expectProblem(await ask(questions[question], { permission: name }), 'UNKNOWN_RELATION', '');
    }
    expectProblem(await ask(questions.objects, { type: name }), 'UNKNOWN_TYPE', '');
    expectProblem(await ask(questions.grant, { role: name }, 'user:adam'), 'UNKNOWN_RELATION', '');
    if (!/^[\w]{1,20}$/.test(name)) return;
    expectProblem(await ask(questions.check, { object: `${name}:1` }), 'UNKNOWN_TYPE', '');
    expectProblem(await ask(questions.check, { subject: `team:1#${name}` }), 'UNKNOWN_RELATION', '');
    expect(problemsOf(await ask(questions.check, { object: `document:${name}` }))).toEqual([
      `UNNAMED_OBJECT: No relationship names "document:${name}".`,
    ]);
  });
});
