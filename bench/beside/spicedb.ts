import type { Check } from '../../src/engine/check/check.ts';
import type { Model } from '../../src/model/model.ts';
import type { ObjectRef } from '../../src/model/object-ref.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import type { SubjectRef } from '../../src/model/subject-ref.ts';
import type {
  Authzed,
  AuthzedClient,
  CheckItem,
  Consistency,
  ObjectReference,
  SubjectReference,
  WriteRequest,
} from './authzed-client.ts';
import { type AskingMode, contextOf, type OtherServer, writeInPortions } from './other-server.ts';
import { spicedbSchema, writtenName } from './spicedb-schema.ts';

/** SpiceDB's own limit. */
const writesAtOnce = 1000;
const touch = 2;
const [denied, allowed] = [1, 2];

/** SpiceDB by its gRPC API. It must be empty: a schema is of the whole server. */
export function openSpicedb(
  authzed: Pick<Authzed['v1'], 'createStructFromObject'>,
  client: AuthzedClient,
): OtherServer {
  const makeItem = (check: Check, now: Date): CheckItem => ({
    resource: reference(check.object),
    permission: check.relation,
    subject: subjectReference(check.subject),
    context: authzed.createStructFromObject(contextOf(check, now)),
  });
  return {
    name: 'SpiceDB',
    load: async ({ model: { model }, relationships }, onProgress) => {
      await client.promises.writeSchema({ schema: spicedbSchema(model) });
      const write = async (portion: readonly Relationship[]) => {
        const updates = portion.map((one) => updateOf(authzed, model, one));
        await client.promises.writeRelationships({ updates, optionalPreconditions: [] });
      };
      await writeInPortions(relationships, writesAtOnce, write, onProgress);
    },
    modes: [
      mode('SpiceDB, lowest latency', client, makeItem, { oneofKind: 'minimizeLatency', minimizeLatency: true }),
      mode('SpiceDB, fully consistent', client, makeItem, { oneofKind: 'fullyConsistent', fullyConsistent: true }),
    ],
    close: async () => client.close(),
  };
}

/** An address on this machine needs no certificate; every other one has one. */
export function connectSpicedb({ v1 }: Authzed, address: string, token: string): AuthzedClient {
  const isLocal = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):/.test(address);
  const { SECURE, INSECURE_PLAINTEXT_CREDENTIALS } = v1.ClientSecurity;
  return v1.NewClient(token, address, isLocal ? INSECURE_PLAINTEXT_CREDENTIALS : SECURE);
}

function mode(
  title: string,
  { promises }: AuthzedClient,
  makeItem: (check: Check, now: Date) => CheckItem,
  requirement: Consistency['requirement'],
): AskingMode {
  const options = { consistency: { requirement }, withTracing: false };
  return {
    title,
    prepare: (checks) => {
      const now = new Date();
      const items = checks.map((check) => makeItem(check, now));
      const [only] = items;
      // One check has a call of its own, which is the faster one.
      if (items.length === 1 && only !== undefined) {
        return async () => [isAllowed((await promises.checkPermission({ ...only, ...options })).permissionship)];
      }
      return async () => {
        const { pairs } = await promises.checkBulkPermissions({ ...options, items });
        return pairs.map(({ response }) => {
          if (response.oneofKind === 'item') return isAllowed(response.item.permissionship);
          const reason = response.oneofKind === 'error' ? response.error.message : 'no answer';
          throw new Error(`SpiceDB left a check undecided: ${reason}`);
        });
      };
    },
  };
}

function isAllowed(permissionship: number): boolean {
  if (permissionship === allowed || permissionship === denied) return permissionship === allowed;
  throw new Error(`SpiceDB left a check undecided: it answered ${permissionship}.`);
}

function updateOf(
  authzed: Pick<Authzed['v1'], 'createStructFromObject'>,
  model: Model,
  { object, relation, subject, condition }: Relationship,
): WriteRequest['updates'][number] {
  const defined = model.types.get(object.type)?.relations.get(relation);
  if (defined === undefined) throw new Error(`The model has no relation "${relation}" on "${object.type}".`);
  const relationship = {
    resource: reference(object),
    relation: writtenName(defined),
    subject: subjectReference(subject),
  };
  if (condition === undefined) return { operation: touch, relationship };
  const context = authzed.createStructFromObject(Object.fromEntries(condition.context));
  return {
    operation: touch,
    relationship: { ...relationship, optionalCaveat: { caveatName: condition.name, context } },
  };
}

function reference({ type, id }: ObjectRef): ObjectReference {
  return { objectType: type, objectId: id };
}

function subjectReference(subject: SubjectRef): SubjectReference {
  if (subject.kind === 'wildcard') return { object: { objectType: subject.type, objectId: '*' }, optionalRelation: '' };
  return { object: reference(subject.object), optionalRelation: subject.kind === 'set' ? subject.relation : '' };
}
