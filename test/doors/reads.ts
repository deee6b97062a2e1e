import { isRecord } from '../../src/base/canonical-json.ts';
import { callTool, problemCodeOf } from '../mcp/support/mcp-client.ts';
import type { PosternServer } from '../support/postern-server.ts';

/** A question that the door for agents and GraphQL are asked by one caller. */
interface ReadQuestion {
  readonly as: string;
  readonly tool: string;
  readonly sent: Readonly<Record<string, unknown>>;
  readonly query: string;
  readonly ofTool: (data: Data) => unknown;
  readonly ofGraphql: (data: Data) => unknown;
}

type Data = Readonly<Record<string, unknown>>;

/** What both said, each in the same form: what was found, or the code of why nothing was answered. */
export interface ReadAnswers {
  readonly question: string;
  readonly agents: unknown;
  readonly graphql: unknown;
}

/** Asks both doors everything that agents read of one object and its type, as these callers. */
export async function askReads(
  server: PosternServer,
  object: string,
  callers: readonly string[],
): Promise<readonly ReadAnswers[]> {
  const questions = callers.flatMap((as) => readsOf(as, object));
  const answers: ReadAnswers[] = [];
  for (const { as, tool, sent, query, ofTool, ofGraphql } of questions) {
    const told = await callTool(server, tool, sent, { as });
    const { data, errors } = await server.ask(query, { as, variables: sent });
    const content = told.body?.result?.structuredContent;
    const refused = errors[0]?.extensions.code;
    answers.push({
      question: `${as} ${tool} ${JSON.stringify(sent)}`,
      agents: content === undefined ? { refused: problemCodeOf(told) } : ofTool(content),
      graphql: refused === undefined && isRecord(data) ? ofGraphql(data) : { refused },
    });
  }
  return answers;
}

function readsOf(as: string, object: string): readonly ReadQuestion[] {
  const type = object.slice(0, object.indexOf(':'));
  const listed = ['a', 'b', 'parent', 'fly'].flatMap((permission) => [
    ownObjects(as, permission, type),
    subjectsOf(as, permission, object),
  ]);
  return [...listed, reviewOf(as, object, false), reviewOf(as, object, true), storedOf(as, object)];
}

function ownObjects(as: string, permission: string, type: string): ReadQuestion {
  return {
    ...{ as, tool: 'list_objects', sent: { permission, type, first: 100 } },
    query:
      'query ($permission: String!, $type: String!) { viewer { objects(permission: $permission, type: $type, first: 100) { edges { node } undecidedCount } } }',
    ofTool: ({ objects, undecidedCount }) => ({ objects, undecidedCount }),
    ofGraphql: ({ viewer }) => {
      const { edges, undecidedCount } = partOf(viewer, 'objects');
      return { objects: nodesOf(edges), undecidedCount };
    },
  };
}

function subjectsOf(as: string, permission: string, object: string): ReadQuestion {
  return {
    ...{ as, tool: 'list_subjects', sent: { object, permission, subjectType: 'user', first: 100 } },
    query: `query ($object: ObjectRef!, $permission: String!, $subjectType: String!) {
      subjectsWithAccess(object: $object, permission: $permission, subjectType: $subjectType, first: 100) { edges { node } excluded undecided { subject error { code } } } }`,
    ofTool: ({ subjects, excluded, undecided }) => ({ subjects, excluded, undecided }),
    ofGraphql: ({ subjectsWithAccess }) => {
      const { edges, excluded, undecided } = recordOf(subjectsWithAccess);
      return {
        subjects: nodesOf(edges),
        excluded,
        undecided: listOf(undecided).map(({ subject, error }) => ({ name: subject, ...recordOf(error) })),
      };
    },
  };
}

function reviewOf(as: string, object: string, includeContained: boolean): ReadQuestion {
  const plain = ({ object: on, role, subject, via }: Data) => ({ on, role, subject, via: listOf(via).map(named) });
  return {
    ...{ as, tool: 'review_access', sent: { object, includeContained, first: 100 } },
    query: `query ($object: ObjectRef!, $includeContained: Boolean!) { accessReview(object: $object, includeContained: $includeContained, first: 100) {
      edges { node { object role subject isEffective ineffectiveReason error { code } via { object relation subject } } } isComplete rightsComeFrom } }`,
    ofTool: ({ grants, isComplete, rightsComeFrom }) => ({
      grants: listOf(grants).map((grant) => ({
        ...plain(grant),
        effect: grant.effect,
        why: grant.why ?? grant.code ?? null,
      })),
      ...{ isComplete, rightsComeFrom },
    }),
    ofGraphql: ({ accessReview }) => {
      const { edges, isComplete, rightsComeFrom } = recordOf(accessReview);
      return {
        grants: listOf(edges).map(({ node }) => ({ ...plain(recordOf(node)), ...effectOf(recordOf(node)) })),
        isComplete,
        rightsComeFrom,
      };
    },
  };
}

function effectOf({ isEffective, ineffectiveReason, error }: Data) {
  if (isEffective === true) return { effect: 'effective', why: null };
  return error === null
    ? { effect: 'none', why: ineffectiveReason }
    : { effect: 'undecided', why: recordOf(error).code };
}

function storedOf(as: string, object: string): ReadQuestion {
  return {
    ...{ as, tool: 'list_relationships', sent: { object, first: 100 } },
    query:
      'query ($object: ObjectRef!) { accessRelationships(first: 100, filter: { object: $object }) { edges { node { object relation subject } } } }',
    ofTool: ({ relationships }) => listOf(relationships).map(named),
    ofGraphql: ({ accessRelationships }) =>
      listOf(recordOf(accessRelationships).edges).map(({ node }) => named(recordOf(node))),
  };
}

function named({ object, relation, subject }: Data) {
  return { object, relation, subject };
}

function nodesOf(edges: unknown): readonly unknown[] {
  return listOf(edges).map(({ node }) => node);
}

function partOf(value: unknown, name: string): Data {
  return recordOf(recordOf(value)[name]);
}

function recordOf(value: unknown): Data {
  if (isRecord(value)) return value;
  throw new Error(`There is ${JSON.stringify(value)} instead of an object.`);
}

function listOf(value: unknown): readonly Data[] {
  if (Array.isArray(value)) return value.map(recordOf);
  throw new Error(`There is ${JSON.stringify(value)} instead of a list.`);
}
