// First of all: see there.
import './support/count-work.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, test } from 'vitest';
import { importStore } from '../src/cli/import-store.ts';
import { check } from '../src/engine/check/check.ts';
import { checkPermissions } from '../src/operations/access/check-permissions.ts';
import { explainPermission } from '../src/operations/access/explain-permission.ts';
import { listAccessibleObjects } from '../src/operations/access/list-accessible-objects.ts';
import { listSubjectsWithAccess } from '../src/operations/access/list-subjects-with-access.ts';
import type { Actor } from '../src/operations/actor.ts';
import { listAuditEvents } from '../src/operations/audit/list-audit-events.ts';
import { replayAuditLog } from '../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../src/operations/audit/verify-audit-log.ts';
import { publishModel } from '../src/operations/models/publish-model.ts';
import type { Postern } from '../src/operations/postern.ts';
import { listRelationships } from '../src/operations/relationships/list-relationships.ts';
import { writeRelationships } from '../src/operations/relationships/write-relationships.ts';
import { reviewAccess } from '../src/operations/reviews/review-access.ts';
import { extendGrant } from '../src/operations/roles/extend-grant.ts';
import { grantRole } from '../src/operations/roles/grant-role.ts';
import { offboardSubject } from '../src/operations/roles/offboard-subject.ts';
import { transferRole } from '../src/operations/roles/transfer-role.ts';
import { openStore } from '../src/store/postgres/open-store.ts';
import { remarkPlans } from './support/count-rows.ts';
import { isTimed } from './support/count-work.ts';
import { useDatabase } from './support/database.ts';
import { databaseCounters, expectGrowth } from './support/growth.ts';
import { localParser } from './support/local-parser.ts';
import { check as checkOf, object, relationship, subject } from './support/parse.ts';
import { done, everyEvent, operator, publish, signedIn, write, writing } from './support/postern.ts';

/**
 * Every operation at n, 2n and 4n, up to its documented limit: none grows by more than 1.3 of linear.
 *
 * What is counted is the same on every machine: see `test/support/growth.ts`. `GROWTH=1 npx vitest run test/growth.test.ts` prints
 * all counts.
 */

const platformPermissions = [
  ...['can_check_any_subject', 'can_read_relationships', 'can_write_relationships', 'can_publish_model'],
  ...['can_read_model', 'can_read_audit_log'],
];
const dsl = (pageView: string) => `model
  schema 1.1
type user
type platform
  relations
    define operator: [user]
${platformPermissions.map((name) => `    define ${name}: operator`).join('\n')}
type team
  relations
    define member: [user, user with until, team#member]
type folder
  relations
    define parent: [folder]
    define owner: [user]
    define blocked: [user]
    define viewer: [user, user with until, user:*, team#member]
    define can_view: (viewer or owner or can_view from parent) but not blocked
    define can_manage_access: owner or can_manage_access from parent
    define must_keep: owner
    define no_self_grant: owner
type page
  relations
    define viewer: [user]
    define blocked: [user]
    define can_view: ${pageView}
condition until(current_time: timestamp, last: timestamp) {
  current_time < last
}
`;
const ada: Actor = signedIn('user:ada');

const databaseUrl = useDatabase();
const counters = databaseCounters();
let postern: Postern;

beforeAll(async () => {
  if (!isTimed) await remarkPlans(databaseUrl());
  const { onStatement, onNotice } = counters;
  const options = { connections: 4, statementTimeoutMs: 60_000, onStatement, onNotice };
  const store = openStore(databaseUrl(), options, localParser);
  postern = {
    store,
    platform: object('platform:main'),
    report: (_message, error) => {
      throw error;
    },
  };
  await publish(postern, dsl('viewer'));
  await write(postern, ['platform:main#operator@user:ada']);
  return () => store.close();
});

interface Growth {
  readonly what: string;
  /** The greatest size: the documented limit, where there is one. */
  readonly most: number;
  readonly prepare?: (size: number) => Promise<unknown>;
  readonly run: (size: number) => Promise<unknown>;
}

const numbers = (size: number) => Array.from({ length: size }, (_, index) => index);
const many = (size: number, make: (index: number) => string) => numbers(size).map(make);

async function writeMany(list: readonly string[]): Promise<void> {
  for (let start = 0; start < list.length; start += 1000) await write(postern, list.slice(start, start + 1000));
}

const explain = (on: string, who: string) =>
  explainPermission(postern, ada, {
    ...{ subject: subject(who), permission: 'can_view', object: object(on) },
    ...{ context: new Map(), contextual: [] },
  }).then(done);

const ask = (checks: readonly string[], contextual: readonly string[] = []) =>
  checkPermissions(postern, ada, {
    ...{ checks: checks.map((one) => checkOf(one)), contextual: contextual.map((one) => relationship(one)) },
    modelId: undefined,
  }).then(done);

/** Teams in teams, in the shapes that a question can be slow in. */
const shapes: readonly (readonly [name: string, make: (size: number, name: string) => readonly string[]])[] = [
  ['side by side', (size, name) => many(size, (index) => `folder:${name}#viewer@team:${name}-${index}#member`)],
  [
    'in chains',
    (size, name) =>
      many(size, (index) => {
        const [chain, depth] = [Math.floor(index / 20), index % 20];
        if (depth === 0) return `folder:${name}#viewer@team:${name}-${chain}-1#member`;
        return `team:${name}-${chain}-${depth}#member@team:${name}-${chain}-${depth + 1}#member`;
      }),
  ],
  [
    'each in the one before it',
    (size, name) => [
      ...many(size / 2, (index) => `folder:${name}#viewer@team:${name}-${index}#member`),
      ...many(size / 2 - 1, (index) => `team:${name}-${index + 1}#member@team:${name}-${index}#member`),
      // Another one for each size: what leads up from a subject is followed whole.
      `team:${name}-0#member@user:first-${name}`,
    ],
  ],
  [
    'in a ring',
    (size, name) => [
      ...many(size / 2, (index) => `folder:${name}#viewer@team:${name}-${index}#member`),
      ...many(size / 2, (index) => `team:${name}-${index}#member@team:${name}-${(index + 1) % (size / 2)}#member`),
    ],
  ],
];

/** The half of the limit, and all of it with `GROWTH`. */
const mostTeams = process.env.GROWTH ? 4000 : 2000;

const questions = shapes.flatMap(([shape, make], number): readonly Growth[] => {
  const nameOf = (size: number) => `shape${number}-${size}`;
  const prepare = (size: number) => writeMany(make(size, nameOf(size)));
  const of = (who: string) => (size: number) => ask([`folder:${nameOf(size)}#can_view@user:${who}-${nameOf(size)}`]);
  return [
    { what: `a check over teams ${shape}`, most: mostTeams, prepare, run: of('first') },
    { what: `a check that nobody allows over teams ${shape}`, most: mostTeams, run: of('nobody') },
    {
      what: `an explanation over teams ${shape}`,
      most: mostTeams,
      run: (size) => explain(`folder:${nameOf(size)}`, `user:first-${nameOf(size)}`),
    },
    {
      what: `an explanation of a denial over teams ${shape}`,
      most: mostTeams,
      run: (size) => explain(`folder:${nameOf(size)}`, 'user:nobody'),
    },
    {
      what: `a list of subjects over teams ${shape}`,
      most: mostTeams,
      run: (size) => listSubjects(`folder:${nameOf(size)}`, 100),
    },
  ];
});

const listSubjects = (on: string, first: number, contextual: readonly string[] = []) =>
  listSubjectsWithAccess(postern, ada, {
    ...{ object: object(on), permission: 'can_view', subjectType: 'user', subjectRelation: undefined },
    ...{ context: new Map(), contextual: contextual.map((one) => relationship(one)), first, after: undefined },
  }).then(done);

const listObjects = (who: string, first: number, contextual: readonly string[] = []) =>
  listAccessibleObjects(postern, ada, {
    ...{ subject: subject(who), permission: 'can_view', type: 'folder', context: new Map() },
    ...{ contextual: contextual.map((one) => relationship(one)), first, after: undefined },
  }).then(done);

const grown = (size: number) => many(size, (index) => `folder:grown-${size}-${index}#viewer@user:viewer-${size}`);
const writeAs = (writes: readonly string[], deletes: readonly string[], options = {}) =>
  writeRelationships(postern, ada, writing(writes, deletes, options)).then(done);
const until = (size: number) =>
  numbers(size).map((index) => ({
    ...relationship(`folder:until-${size}-${index}#viewer@user:until-${size}`),
    condition: { name: 'until' as never, context: new Map([['last', '2090-01-01T00:00:00Z']]) },
  }));

const previewOf = async (text: string) => {
  const { preview } = await grantRole(postern, operator, {
    ...{ relationship: relationship(text), reason: undefined, idempotency: undefined, dryRun: true },
  }).then(done);
  if (preview?.isComplete !== true) throw new Error('A preview within its limits is complete.');
};

/** How many relationships the log has, in events of one or of many. */
let logged = 0;
async function log(size: number, together: number): Promise<void> {
  for (; logged < size; logged += together) {
    const start = logged;
    await write(
      postern,
      many(together, (index) => `folder:log-${start + index}#viewer@user:log`),
    );
  }
}

const growths: readonly Growth[] = [
  // While the log has nothing else.
  {
    what: 'a verification of many events',
    most: 200,
    prepare: (size) => log(size, 1),
    run: () => verifyAuditLog(postern.store.audit, { anchor: undefined }),
  },
  {
    what: 'a verification of large events',
    most: 4000,
    prepare: (size) => log(size, 500),
    run: () => verifyAuditLog(postern.store.audit, { anchor: undefined }),
  },
  {
    what: 'a replay of the audit log',
    most: 16_000,
    prepare: (size) => log(size, 1000),
    run: () => replayAuditLog(postern.store.audit),
  },
  ...questions,
  {
    what: 'a batch of checks of one subject',
    most: 1000,
    prepare: (size) => writeMany(grown(size)),
    run: (size) => ask(many(size, (index) => `folder:grown-${size}-${index}#can_view@user:viewer-${size}`)),
  },
  {
    what: 'a batch of checks of many subjects',
    most: 1000,
    run: (size) => ask(many(size, (index) => `folder:grown-1000-7#can_view@user:one-${index}`)),
  },
  {
    what: 'a batch of checks in a ring',
    most: 1000,
    run: (size) => ask(many(size, (index) => `team:shape3-2000-${index}#member@user:nobody`)),
  },
  {
    what: 'checks with contextual relationships',
    most: 100,
    run: (size) =>
      ask(
        many(size, (index) => `folder:new-${index}#can_view@user:new`),
        many(size, (index) => `folder:new-${index}#viewer@user:new`),
      ),
  },
  { what: 'a page of objects', most: 100, run: (size) => listObjects('user:viewer-1000', size) },
  {
    what: 'a page of objects with contextual relationships',
    most: 100,
    run: (size) =>
      listObjects(
        'user:new',
        20,
        many(size, (index) => `folder:new-${index}#viewer@user:new`),
      ),
  },
  {
    what: 'a page of subjects',
    most: 100,
    prepare: (size) => writeMany(many(size * 2, (index) => `folder:many#viewer@user:many-${size}-${index}`)),
    run: (size) => listSubjects('folder:many', size),
  },
  {
    what: 'a page of subjects with contextual relationships',
    most: 100,
    run: (size) =>
      listSubjects(
        'folder:fresh',
        20,
        many(size, (index) => `folder:fresh#viewer@user:fresh-${index}`),
      ),
  },
  {
    what: 'a page of relationships',
    most: 100,
    run: (size) => listRelationships(postern, ada, {}, { first: size, after: undefined }).then(done),
  },
  {
    what: 'a review of what belongs to an object',
    most: 1000,
    prepare: async (size) => {
      await writeMany(many(size, (index) => `folder:part-${size}-${index}#parent@folder:whole-${size}`));
      await writeMany(many(size, (index) => `folder:part-${size}-${index}#owner@user:part-${index}`));
    },
    run: (size) =>
      reviewAccess(postern, ada, {
        ...{ object: object(`folder:whole-${size}`), includeContained: true, role: undefined, subject: undefined },
        ...{ notHolding: undefined, expiresBefore: undefined, withoutEnd: false, first: 100, after: undefined },
      }).then(done),
  },
  {
    what: 'a write',
    most: 1000,
    run: (size) =>
      writeAs(
        many(size, (index) => `folder:made-${size}-${index}#viewer@user:made`),
        [],
      ),
  },
  {
    what: 'a write of what is there',
    most: 1000,
    run: (size) =>
      writeAs(
        many(size, (index) => `folder:made-${size}-${index}#viewer@user:made`),
        [],
        { onDuplicate: 'IGNORE' },
      ),
  },
  {
    what: 'a write of what is there with conditions',
    most: 1000,
    prepare: (size) => write(postern, until(size)),
    run: (size) => writeRelationships(postern, ada, writing(until(size), [], { onDuplicate: 'IGNORE' })).then(done),
  },
  {
    what: 'a deletion',
    most: 1000,
    run: (size) =>
      writeAs(
        [],
        many(size, (index) => `folder:made-${size}-${index}#viewer@user:made`),
      ),
  },
  {
    what: 'a write of owners of many objects',
    most: 1000,
    run: (size) =>
      writeAs(
        many(size, (index) => `folder:owned-${size}-${index}#owner@user:bea`),
        [],
      ),
  },
  {
    what: 'a write of owners of one object',
    most: 1000,
    run: (size) =>
      writeAs(
        many(size, (index) => `folder:crowd-${size}#owner@user:owner-${index}`),
        [],
      ),
  },
  {
    what: 'a write that takes the last owner from many objects',
    most: 1000,
    run: (size) =>
      writeRelationships(
        postern,
        ada,
        writing(
          [],
          many(size, (index) => `folder:owned-${size}-${index}#owner@user:bea`),
        ),
      ),
  },
  {
    what: 'a transfer from an object with many owners',
    most: 1000,
    run: (size) =>
      transferRole(postern, signedIn(`user:owner-0`), {
        ...{ object: object(`folder:crowd-${size}`), role: 'owner' as never, from: subject('user:owner-1') },
        ...{ to: subject('user:heir'), reason: undefined, idempotency: undefined },
      }).then(done),
  },
  {
    what: 'an extension on an object with many owners',
    most: 1000,
    run: (size) =>
      extendGrant(postern, signedIn(`user:owner-0`), {
        ...{ relationship: relationship(`folder:crowd-${size}#owner@user:owner-2`), expiresAt: new Date('2090-01-01') },
        ...{ startsAt: undefined, condition: undefined, reason: undefined, idempotency: undefined },
      }).then(done),
  },
  {
    what: 'an off-boarding',
    most: 4000,
    prepare: (size) => writeMany(many(size, (index) => `folder:left-${size}-${index}#viewer@user:leaver-${size}`)),
    run: (size) =>
      offboardSubject(postern, ada, {
        ...{ subject: subject(`user:leaver-${size}`), dryRun: false, reason: undefined, idempotency: undefined },
      }).then(done),
  },
  {
    what: 'a preview of an off-boarding',
    most: 1000,
    run: (size) =>
      offboardSubject(postern, ada, {
        ...{ subject: subject(`user:viewer-${size}`), dryRun: true, reason: undefined, idempotency: undefined },
      }).then(done),
  },
  {
    what: 'a preview of a grant on an object with much below it',
    most: 2000,
    prepare: (size) => writeMany(many(size, (index) => `folder:below-${size}-${index}#parent@folder:above-${size}`)),
    run: (size) => previewOf(`folder:above-${size}#viewer@user:previewed`),
  },
  {
    what: 'a preview of a grant to a team of many',
    most: 2000,
    prepare: (size) => writeMany(many(size, (index) => `team:crew-${size}#member@user:crew-${size}-${index}`)),
    run: (size) => previewOf(`folder:crew-${size}#viewer@team:crew-${size}#member`),
  },
  {
    what: 'a preview of a write of many relationships',
    most: 1000,
    run: (size) =>
      writeAs(
        many(size, (index) => `folder:tried#viewer@user:tried-${index}`),
        [],
        { dryRun: true },
      ),
  },
  {
    what: 'a page of audit events',
    most: 100,
    prepare: async (size) => {
      for (const index of numbers(size)) await write(postern, [`folder:event-${size}-${index}#viewer@user:event`]);
    },
    run: (size) => listAuditEvents(postern, ada, everyEvent, { first: size, after: undefined }).then(done),
  },
  {
    what: 'a page of audit events that involve somebody',
    most: 100,
    prepare: async (size) => {
      for (const index of numbers(size)) await write(postern, [`folder:with-${size}-${index}#viewer@user:involved`]);
    },
    run: (size) => {
      const question = { ...everyEvent, involving: subject('user:involved') };
      return listAuditEvents(postern, ada, question, { first: size, after: undefined }).then(done);
    },
  },
  {
    what: 'a dry run of a model',
    most: 1000,
    prepare: async (size) => {
      const pages = many(size, (index) => `page:${index}#viewer@user:reader-${index}`);
      await writeAs(pages, [], { onDuplicate: 'IGNORE' });
    },
    run: (size) => {
      const source = { kind: 'dsl', dsl: dsl('viewer but not blocked') } as const;
      return publishModel(postern, ada, { source, activate: false, dryRun: true, reason: String(size) }).then(done);
    },
  },
  {
    what: 'an import',
    most: 8000,
    prepare: writeStoreFile,
    run: (size) => importStore(postern, ada, storeFile(size)),
  },
  { what: 'an import of what is there', most: 8000, run: (size) => importStore(postern, ada, storeFile(size)) },
  {
    what: 'a publication of a model with many types',
    most: 2000,
    // It is compared with the one that it replaces, which is small each time.
    prepare: () => publish(postern, dsl('viewer')),
    run: (size) => publish(postern, withTypes('published', size)),
  },
  {
    what: 'a batch of checks under a model with many types',
    most: 1000,
    prepare: (size) => publish(postern, withTypes('checked', size)),
    run: (size) => ask(many(size, (index) => `folder:grown-1000-${index}#can_view@user:named-${index}`)),
  },
  {
    what: 'an off-boarding under a model with many types',
    most: 1000,
    prepare: async (size) => {
      await publish(postern, withTypes('left', size));
      await writeMany(many(size, (index) => `folder:gone-${size}-${index}#owner@user:gone-${size}`));
      await writeMany(many(size, (index) => `folder:gone-${size}-${index}#owner@user:heir`));
    },
    run: (size) =>
      offboardSubject(postern, ada, {
        ...{ subject: subject(`user:gone-${size}`), dryRun: false, reason: undefined, idempotency: undefined },
      }).then(done),
  },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-growth-'));
  return () => rm(folder, { recursive: true, force: true });
});

function storeFile(size: number): string {
  return join(folder, `store-${size}.fga.yaml`);
}

async function writeStoreFile(size: number): Promise<void> {
  const lines = many(size, (index) => `user,import-${index % 50},,viewer,folder,import-${size}-${index},,`);
  const header = 'user_type,user_id,user_relation,relation,object_type,object_id,condition_name,condition_context';
  await writeFile(join(folder, `${size}.csv`), [header, ...lines, ''].join('\n'));
  await writeFile(join(folder, 'model.fga'), dsl('viewer'));
  await writeFile(storeFile(size), `model_file: model.fga\ntuple_file: ${size}.csv\n`);
}

/** Types and relations of names that no model had before. */
function withTypes(what: string, size: number): string {
  const types = many(size, (index) => {
    const name = `${what}_${size}_${index}`;
    return `type ${name}\n  relations\n    define in_${name}: [user]`;
  });
  return dsl('viewer').replace('condition', `${types.join('\n')}\ncondition`);
}

test.each(growths.map((growth) => [growth.what, growth] as const))(
  '%s grows no faster than its size',
  { timeout: 120_000 },
  async (_what, { most, prepare, run }) => {
    // What is done once for all, such as reading the model, belongs to no size.
    await check(postern.store.reader, { checks: [checkOf('folder:warm#can_view@user:warm')], contextual: [] });
    await expectGrowth(most, counters, prepare, run);
  },
);
