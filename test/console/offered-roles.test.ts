import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ObjectRole } from '../../console/src/ask/object-roles.ts';
import { hindranceOf } from '../../console/src/parts/role-hindrance.ts';
import { readExample } from '../../src/cli/example.ts';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';

const { claims } = await readExample('examples/creators');
const server = usePosternServer(useDatabase(), { store: creatorsStore, claims });

/** What the console asks. */
const rolesQuery =
  readFileSync('console/src/pages/object.graphql', 'utf8').match(/query ObjectRoles[\s\S]*?\n}\n/)?.[0] ?? '';

/** Why the server would not have somebody give themselves a role; nothing where it would, and where only what is stored is in the way. */
async function refusalOf(as: string, object: string, { role, subjects }: ObjectRole): Promise<string | undefined> {
  const [type] = as.split(':');
  const fitting = subjects.find((one) => one.type === type && one.relation === null && !one.wildcard);
  const condition = fitting?.condition == null ? null : { name: fitting.condition };
  const query = `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { code } } }`;
  const variables = { input: { object, role, subject: as, condition, dryRun: true } };
  const { data, errors } = await server().ask(query, { as, variables });
  const [error] = errors;
  if (error !== undefined) return error.extensions.code;
  const { userErrors } = (data as { grantRole: { userErrors: readonly { code: string }[] } }).grantRole;
  return userErrors
    .map(({ code }) => code)
    .find((code) => !['ALREADY_EXISTS', 'CONFLICT', 'LAST_HOLDER'].includes(code));
}

test.each([
  ['user:olga', 'organization:northwind'],
  ['user:adam', 'organization:northwind'],
  ['user:adam', 'label:northwind'],
  ['user:audra', 'organization:northwind'],
  ['employee:sec-ines', 'organization:northwind'],
  ['employee:oda', 'show:nightshift'],
  ['user:tess', 'show:nightshift'],
])('%s is offered exactly what may be given on %s, and the rest says what it needs', async (as, object) => {
  const { data } = await server().ask(rolesQuery, { as, variables: { object } });
  const { objectRoles: roles } = data as { objectRoles: readonly ObjectRole[] };
  expect(roles.length).toBeGreaterThan(0);
  for (const role of roles) {
    const refusal = await refusalOf(as, object, role);
    const isOffered = hindranceOf(role, object, as, as) === undefined;
    expect([role.role, isOffered, refusal]).toEqual([role.role, refusal === undefined, refusal]);
  }
});
