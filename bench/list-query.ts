import { formatObjectRef } from '../src/model/object-ref.ts';
import { type BenchRequest, entriesPerPage, type ObjectsRequest, type SubjectsRequest } from './bench-request.ts';
import { viewerContext } from './make-pages.ts';
import { pascalCase } from './page-query.ts';

type ListRequest = Extract<BenchRequest, { readonly kind: 'objects' | 'subjects' }>;

/** The body of a request for a page of a list, after the cursor. */
export function listQuery(request: ListRequest, after: string | undefined, first = entriesPerPage): string {
  if (request.kind === 'subjects') return subjectsQuery(request, first);
  return request.asker === 'viewer' ? viewerQuery(request, after, first) : objectsQuery(request, after, first);
}

const pageInfo = 'pageInfo { hasNextPage endCursor }';

function viewerQuery({ type, permission }: ObjectsRequest, after: string | undefined, first: number): string {
  const query = `query List($permission: ${pascalCase(type)}Permission!, $first: Int, $after: String) {
    viewer {
      list: ${type}s(permission: $permission, first: $first, after: $after) { edges { node { id } } ${pageInfo} }
    }
  }`;
  return bodyFor(query, { permission: permission.toUpperCase(), first, after });
}

function objectsQuery(request: ObjectsRequest, after: string | undefined, first: number): string {
  const { subject, permission, type } = request;
  const query = `query List(
    $subject: SubjectRef!, $permission: String!, $type: String!, $context: JSONObject, $first: Int, $after: String
  ) {
    list: accessibleObjects(
      subject: $subject, permission: $permission, type: $type, context: $context, first: $first, after: $after
    ) { edges { node } ${pageInfo} }
  }`;
  return bodyFor(query, { subject: formatObjectRef(subject), permission, type, context, first, after });
}

function subjectsQuery({ object, permission, subjectType, subjectRelation }: SubjectsRequest, first: number): string {
  const query = `query List(
    $object: ObjectRef!, $permission: String!, $type: String!, $relation: String, $context: JSONObject, $first: Int
  ) {
    list: subjectsWithAccess(
      object: $object, permission: $permission, subjectType: $type, subjectRelation: $relation, context: $context,
      first: $first
    ) { edges { node } ${pageInfo} }
  }`;
  const asked = { object: formatObjectRef(object), permission, type: subjectType, relation: subjectRelation };
  return bodyFor(query, { ...asked, context, first });
}

const context = Object.fromEntries(viewerContext);

function bodyFor(query: string, variables: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ query, variables, operationName: 'List' });
}

interface List {
  readonly edges: readonly { readonly node: string | { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface ListAnswer {
  readonly data: { readonly list?: List; readonly viewer?: { readonly list: List } };
}

/** What a page of a list has, and where the next one goes on. */
export function pageOfList(request: ListRequest, text: string) {
  const { data } = JSON.parse(text) as ListAnswer;
  const list = data.list ?? data.viewer?.list;
  if (list === undefined) throw new Error('The server gave no list.');
  const type = request.kind === 'objects' ? request.type : '';
  const entries = list.edges.map(({ node }) => (typeof node === 'string' ? node : `${type}:${node.id}`));
  return { entries, hasMore: list.pageInfo.hasNextPage, endCursor: list.pageInfo.endCursor ?? undefined };
}
