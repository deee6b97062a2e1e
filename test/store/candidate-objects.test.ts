import { expect, test } from 'vitest';
import { ContextualReverse } from '../../src/engine/check/contextual-reverse.ts';
import { findCandidateObjects } from '../../src/engine/check/find-candidate-objects.ts';
import { NodeTable } from '../../src/engine/check/node-table.ts';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { object, relationship, subject } from '../support/parse.ts';
import { useScratchPostern } from '../support/scratch-postern.ts';

const actor = { kind: 'console', command: 'test' } as const;
const scratch = useScratchPostern();

/** A role says what it is good for by opening it to everybody; only who is bound to the role has it. */
function modelWith(rewrite: string): string {
  return `model
  schema 1.1
type user
type role
  relations
    define edit: [user:*]
    define view: [user]
type binding
  relations
    define role: [role]
    define assignee: [user]
    define blocked: [user]
    define edit: ${rewrite}
type doc
  relations
    define binding: [binding]
    define edit: edit from binding`;
}

const stored = [
  'role:a#edit@user:*',
  ...['1', '2', '3'].flatMap((id) => [`binding:${id}#role@role:a`, `doc:${id}#binding@binding:${id}`]),
  'binding:2#assignee@user:ann',
].map((text) => relationship(text));

async function candidatesOf(rewrite: string): Promise<readonly string[]> {
  await scratch.empty();
  const source = { kind: 'dsl', dsl: modelWith(rewrite) } as const;
  const published = await publishModel(scratch.postern, actor, {
    source,
    activate: true,
    dryRun: false,
    reason: undefined,
  });
  expect(published).toMatchObject({ ok: true });
  const options = { onDuplicate: 'ERROR', onMissing: 'ERROR', reason: undefined, idempotency: undefined } as const;
  const written = await writeRelationships(scratch.postern, actor, { writes: stored, deletes: [], ...options });
  expect(written).toMatchObject({ ok: true });
  const ann = object('user:ann');
  return scratch.postern.store.reader.withSnapshot([ann], async (snapshot) => {
    const edit = snapshot.prepared.model.types.get('doc')?.relations.get('edit');
    if (edit === undefined) throw new Error('The model has lost a relation.');
    const who = subject('user:ann');
    const [node] = await snapshot.resolve([ann]);
    const reverse = await ContextualReverse.open([], new NodeTable(snapshot));
    const found = await findCandidateObjects(snapshot, reverse, who, node, edit, 100);
    const names = await snapshot.readNames([...(found ?? [])]);
    return [...names.values()].map(formatObjectRef).toSorted();
  });
}

const onlyBound = ['doc:2'];
const all = ['doc:1', 'doc:2', 'doc:3'];

test.each([
  ['assignee and edit from role', onlyBound],
  ['edit from role and assignee', onlyBound],
  ['(edit from role and assignee) but not blocked', onlyBound],
  ['edit from role', all],
  ['assignee or edit from role', all],
  ['edit from role and (edit from role or assignee)', all],
])('following "%s" back from a person', async (rewrite, expected) => {
  expect(await candidatesOf(rewrite)).toEqual(expected);
});
