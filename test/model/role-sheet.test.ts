import { describe, expect, test } from 'vitest';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import { check } from '../../src/engine/check/check.ts';
import { prepareModel } from '../../src/engine/prepared-model.ts';
import type { Model, Relation, Restriction } from '../../src/model/model.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { emptyContext } from '../../src/model/relationship.ts';
import { type RoleSheet, roleSheetOf } from '../../src/model/role-sheet.ts';
import { rolesOf } from '../../src/model/roles.ts';
import { MemoryEdges } from '../support/memory-edges.ts';
import { dsl, model, object, relationship, subject, type Types, unwrap } from '../support/parse.ts';

const creators = unwrap(parseModel(await readModelFile('examples/creators/fga.mod'))).model;

function sheet(of: Model, type: string, role: string): RoleSheet {
  const relation = of.types.get(type)?.relations.get(role);
  if (relation === undefined) throw new Error(`${type}#${role}`);
  return roleSheetOf(of, relation);
}

interface Given {
  readonly here?: readonly string[];
  readonly below?: Readonly<Record<string, readonly string[]>>;
}

const doc = { viewer: '[user]', editor: '[user]', blocked: '[user]' };

test.each<readonly [what: string, types: Types, role: string, Given]>([
  [
    'what is computed from it',
    { user: {}, doc: { ...doc, can_see: 'viewer or editor' } },
    'viewer',
    { here: ['can_see'] },
  ],
  ['not what needs another role besides', { user: {}, doc: { ...doc, can_see: 'viewer and editor' } }, 'viewer', {}],
  [
    'what a block may take away',
    { user: {}, doc: { ...doc, can_see: 'viewer but not blocked' } },
    'viewer',
    { here: ['can_see'] },
  ],
  ['not what a block gives to nobody', { user: {}, doc: { ...doc, can_see: 'viewer but not blocked' } }, 'blocked', {}],
  [
    'not what it takes away itself',
    { user: {}, doc: { viewer: '[user]', blocked: '[user] or viewer', can_see: 'viewer but not blocked' } },
    'viewer',
    {},
  ],
  [
    'over relations that are no permissions',
    { user: {}, doc: { ...doc, reader: 'viewer or writer', writer: 'editor', can_see: 'reader' } },
    'editor',
    { here: ['can_see'] },
  ],
  [
    'on what belongs to its object, and to that',
    {
      user: {},
      doc: { ...doc, can_see: 'viewer' },
      page: { doc: '[doc]', can_read: 'can_see from doc', can_edit: 'editor from doc' },
      line: { page: '[page]', can_mark: 'can_read from page' },
    },
    'viewer',
    { here: ['can_see'], below: { page: ['can_read'], line: ['can_mark'] } },
  ],
  [
    'on objects of its own type below',
    { user: {}, doc: { parent: '[doc]', viewer: '[user]', can_see: 'viewer or can_see from parent' } },
    'viewer',
    { here: ['can_see'], below: { doc: ['can_see'] } },
  ],
  [
    'not what needs two ways to objects above',
    {
      user: {},
      doc: { ...doc, can_see: 'viewer' },
      page: { doc: '[doc]', book: '[doc]', can_read: 'can_see from doc and can_see from book' },
    },
    'viewer',
    { here: ['can_see'] },
  ],
  [
    'not what others give to a set of it',
    { user: {}, team: { viewer: '[user]' }, doc: { editor: '[team#viewer]', can_edit: 'editor' } },
    'viewer',
    {},
  ],
])('a role gives %s', (_what, types, role, { here = [], below = {} }) => {
  const holder = 'viewer' in (types.team ?? {}) ? 'team' : 'doc';
  const found = sheet(model(dsl(types)), holder, role);
  expect(found).toEqual({
    here,
    below: Object.entries(below).map(([type, permissions]) => ({ type, permissions })),
    isComplete: true,
  });
});

/** Somebody who can be written for a role, and whom checks are then asked about. */
function holderOf({ restrictions }: Relation): readonly [written: string, asked: string] | undefined {
  const [first] = restrictions.filter(({ condition }) => condition === undefined);
  if (first === undefined) return undefined;
  return {
    object: [`${first.type}:made`, `${first.type}:made`],
    wildcard: [`${first.type}:*`, `${first.type}:made`] as const,
    set: [setOf(first), setOf(first)],
  }[first.kind] as readonly [string, string];
}

function setOf(restriction: Restriction): string {
  return restriction.kind === 'set' ? `${restriction.type}:made#${restriction.relation}` : '';
}

/** The relationships from an object below to the role's own, step by step; each two steps that follow each other come once. */
function* chainsFrom(type: string): Generator<readonly [on: string, links: readonly string[]]> {
  const open: { readonly type: string; readonly on: string; readonly by: string; readonly links: readonly string[] }[] =
    [{ type, on: `${type}:made`, by: '', links: [] }];
  const seen = new Set<string>();
  for (const above of open) {
    for (const relation of creators.relations) {
      const by = `${relation.type}#${relation.name}`;
      const leads = relation.restrictions.some(
        (one) => one.kind === 'object' && one.type === above.type && !one.condition,
      );
      const steps = JSON.stringify([above.by, by]);
      if (!leads || seen.has(steps)) continue;
      seen.add(steps);
      const on = `${relation.type}:below-${open.length}`;
      const links = [...above.links, `${on}#${relation.name}@${above.on}`];
      open.push({ type: relation.type, on, by, links });
      yield [on, links];
    }
  }
}

async function allowedOn(on: string, asked: string, written: readonly string[]): Promise<readonly string[]> {
  const { type } = object(on);
  const store = new MemoryEdges(
    prepareModel(creators),
    written.map((one) => relationship(one)),
  );
  const names = [...(creators.types.get(type)?.relations.keys() ?? [])].filter((name) => name.startsWith('can_'));
  const checks = names.map((relation) => ({
    subject: subject(asked),
    relation,
    object: object(on),
    context: emptyContext,
  }));
  const { decisions } = await check(store, { checks, contextual: [] });
  return names.filter((_, index) => decisions[index]?.kind === 'allowed');
}

const roles = [...creators.types.values()].flatMap((type) => rolesOf(creators, type)).filter((role) => holderOf(role));

describe('of the creators', () => {
  test('there are roles to look at', () => {
    expect(roles.length).toBeGreaterThan(40);
  });

  test.each(roles.map((role) => [`${role.type}#${role.name}`, role] as const))(
    'what %s gives is what the check allows to whoever holds nothing else',
    async (_name, role) => {
      const [written = '', asked = ''] = holderOf(role) ?? [];
      const on = `${role.type}:made`;
      const grant = `${on}#${role.name}@${written}`;
      const found = roleSheetOf(creators, role);
      expect(found.here).toEqual(await allowedOn(on, asked, [grant]));
      const below = new Map<string, Set<string>>();
      for (const [last, links] of chainsFrom(role.type)) {
        const { type } = object(last);
        for (const permission of await allowedOn(last, asked, [grant, ...links])) {
          below.set(type, (below.get(type) ?? new Set()).add(permission));
        }
      }
      const sorted = (entries: Iterable<readonly [string, Iterable<string>]>) =>
        [...entries].map(([type, names]) => [type, [...names].toSorted()] as const).toSorted();
      expect(sorted(found.below.map(({ type, permissions }) => [type, permissions] as const))).toEqual(sorted(below));
    },
  );
});
