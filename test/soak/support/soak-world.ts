import { parseModel } from '../../../src/model/parse-model.ts';
import type { Relationship } from '../../../src/model/relationship.ts';
import { office } from '../../graphql/support/office.ts';
import { type Level, referenceCheck } from '../../reference/reference-check.ts';
import { check as parseCheck, relationship, unwrap } from '../../support/parse.ts';

/** A question about what no writer of the run touches, and its answer by the reference evaluator. */
export interface Judged {
  readonly subject: string;
  readonly permission: string;
  readonly object: string;
  readonly level: Level;
}

export interface SoakWorld {
  /** As a store file. */
  readonly store: string;
  readonly dsl: string;
  readonly questions: readonly Judged[];
}

const folders = 40;
const documents = 160;
const teams = 12;
const users = 60;

/** The office with more of everything: teams in teams, folders of teams, documents in folders. */
export function makeSoakWorld(): SoakWorld {
  const added = [...range(teams, teamOf), ...range(folders, folderOf), ...range(documents, documentOf)].flat();
  const given = office.slice(0, office.indexOf('tuples:'));
  const dsl = given.slice(given.indexOf('  model')).replaceAll(/^ {2}/gm, '');
  const tuples = [operator, ...writable, ...added];
  return {
    dsl,
    store: `${given}tuples:\n${tuples.map(tupleOf).join('\n')}\n`,
    questions: questionsOf(
      dsl,
      tuples.map((text) => relationship(text)),
    ),
  };
}

const operator = 'platform:main#operator@service:ops';
/** What writers write to. */
const writable = ['folder:shared#owner@user:olga'];

function teamOf(n: number): readonly string[] {
  const nested = n % 3 === 0 ? [] : [`team:t${n}#member@team:t${n - (n % 3)}#member`];
  return [
    `team:t${n}#lead@user:u${n}`,
    ...range(5, (m) => `team:t${n}#member@user:u${(n * 5 + m) % users}`),
    ...nested,
  ];
}

function folderOf(n: number): readonly string[] {
  const everybody = n % 10 === 0 ? [`folder:f${n}#viewer@user:*`] : [];
  const editors = n % 4 === 0 ? [] : [`folder:f${n}#editor@team:t${n % teams}#member`];
  return [`folder:f${n}#owner@user:u${n % users}`, ...editors, ...everybody];
}

function documentOf(n: number): readonly string[] {
  return [`document:d${n}#folder@folder:f${n % folders}`, `document:d${n}#author@user:u${(n * 7) % users}`];
}

function questionsOf(dsl: string, stored: readonly Relationship[]): readonly Judged[] {
  const { model } = unwrap(parseModel({ kind: 'dsl', dsl }));
  const world = { model, stored, contextual: [], now: new Date() };
  return range(1500, (n) => {
    const [permission, object] = askedOf(n);
    const subject = `user:u${(n * 13) % (users + 5)}`;
    const { least } = referenceCheck(world, parseCheck(`${object}#${permission}@${subject}`));
    return { subject, permission, object, level: least };
  });
}

function askedOf(n: number): readonly [permission: string, object: string] {
  if (n % 3 === 0) return ['can_view', `folder:f${n % folders}`];
  return n % 3 === 1 ? ['can_edit', `document:d${n % documents}`] : ['can_manage_access', `folder:f${n % folders}`];
}

function tupleOf(text: string): string {
  const [, object, relation, user] = /^([^#]*)#([^@]*)@(.*)$/.exec(text) ?? [];
  return `  - { user: "${user}", relation: ${relation}, object: "${object}" }`;
}

function range<Value>(count: number, make: (n: number) => Value): Value[] {
  return Array.from({ length: count }, (_, n) => make(n));
}
