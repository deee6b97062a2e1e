import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantRole } from '../../src/operations/grant-role.ts';
import { reviewAccess } from '../../src/operations/review-access.ts';
import { connect, type Sql } from '../../src/store/connect.ts';
import { useDatabase } from '../support/database.ts';
import { dsl, object, relationship } from '../support/parse.ts';
import { done, publish, signedIn, usePostern, write } from '../support/postern.ts';

/** What is not closed yet; a test that begins to pass is to become an ordinary one. */
const database = useDatabase();
const postern = usePostern(database);
let app: Sql;

beforeAll(async () => {
  app = connect(database(), { connections: 1, statementTimeoutMs: 5000 });
  const model = dsl({
    user: {},
    team: { member: '[user]' },
    doc: {
      owner: '[user]',
      viewer: '[user, team#member]',
      can_view: 'viewer or owner',
      can_manage_access: 'owner',
    },
  });
  await publish(postern(), model);
  await write(postern(), ['doc:1#owner@user:mallory', 'team:victims#member@user:vic', 'team:victims#member@user:val']);
});
afterAll(() => app.end());

test.fails('the role of servers cannot say that the chain begins later', async () => {
  await expect(app`update store set audit_start = audit_length`).rejects.toThrow(/permission denied/);
});

test.fails('the owner of one object does not learn who is in a team of others', async () => {
  const mallory = signedIn('user:mallory');
  const input = {
    relationship: relationship('doc:1#viewer@team:victims#member'),
    reason: undefined,
    idempotency: undefined,
  };
  done(await grantRole(postern(), mallory, input));
  const page = done(
    await reviewAccess(postern(), mallory, {
      ...{ object: object('doc:1'), includeContained: false, role: undefined, subject: undefined },
      ...{ expiresBefore: undefined, withoutEnd: false, notHolding: undefined, first: 100, after: undefined },
    }),
  );
  expect(JSON.stringify(page.entries)).not.toMatch(/vic|val"/);
});
