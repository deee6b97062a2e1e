import type { GraphQLFieldResolver } from 'graphql';
import type { ObjectRef } from '../model/object-ref.ts';
import { listViewerObjects } from '../operations/access/list-accessible-objects.ts';
import { pageSize } from './checked-arguments.ts';
import type { EntityBinding } from './entity-binding.ts';
import type { EntityParent } from './entity-parent.ts';
import { badInput, refusalError } from './errors.ts';
import { objectConnection } from './object-connection.ts';
import type { RequestContext } from './request-context.ts';
import type { ViewerParent } from './viewer-parent.ts';

/** The SDL of the lists of what a viewer may touch: one for each bound entity. */
export function printEntityLists(bindings: readonly EntityBinding[]): string {
  if (bindings.length === 0) return '';
  return `extend type Viewer {\n${bindings.map(printField).join('\n')}\n}\n${bindings.map(printTypes).join('\n')}`;
}

function printField({ name, list, type }: EntityBinding): string {
  return `  """
  The objects of the type \`${type}\` on which the viewer has a permission, in the order of their ids: one is listed if and
  only if the check allows it. Errors: \`BAD_USER_INPUT\`, \`AUTHORIZATION_UNAVAILABLE\`.
  """
  ${list}(
    "The permission."
    permission: ${name}Permission!
    "How many at most: 1 to 100, 20 if it is left out."
    first: Int
    "The cursor to go on after; it is good for the same viewer and the same question only."
    after: String
  ): Viewer${name}Connection!
    @cost(weight: 20)
    @listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)`;
}

function printTypes({ name, permissions }: EntityBinding): string {
  const values = permissions.map(({ permission, value }) => `  "The permission \`${permission}\`."\n  ${value}`);
  return `
"The permissions of a \`${name}\`."
enum ${name}Permission {
${values.join('\n')}
}

"A page of what the viewer may touch (Relay)."
type Viewer${name}Connection {
  "The entities of the page; the subgraphs that own them know more about them."
  edges: [Viewer${name}Edge!]!
  "Whether there are more."
  pageInfo: PageInfo!
  """
  How many objects in the range of the page are not listed because the permission could not be decided. Which ones they are is
  for those who may ask about any subject: \`accessibleObjects\`.
  """
  undecidedCount: Int!
  """
  Whether the page ends before it is full because nothing was found for too long; \`pageInfo\` then says that there may be
  more, and where to go on.
  """
  isCutShort: Boolean!
  "The state that the page comes from."
  consistencyToken: ConsistencyToken!
  """
  How many milliseconds before the question that state was the last one, at most. 0 when it contains everything that was committed
  before the question arrived; it is never more where no operator allows older answers.
  """
  stateAgeMs: Int!
}

"An entity in its page."
type Viewer${name}Edge {
  "Where to go on after this one."
  cursor: String!
  "The entity."
  node: ${name}!
}
`;
}

interface ListArguments {
  readonly permission: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

type ListResolver = GraphQLFieldResolver<ViewerParent, RequestContext, ListArguments>;

/** The resolvers of these lists, as fields of `Viewer`. */
export function entityListResolvers(bindings: readonly EntityBinding[]): Readonly<Record<string, ListResolver>> {
  return Object.fromEntries(bindings.map((binding) => [binding.list, listResolver(binding)]));
}

function listResolver({ name, type, permissions }: EntityBinding): ListResolver {
  const permissionOf = new Map(permissions.map(({ permission, value }) => [value, permission]));
  return async ({ viewer, consistency, decisions }, { permission: value, first, after }, { postern }) => {
    const permission = permissionOf.get(value);
    if (permission === undefined) throw badInput(`"${value}" is no permission of "${name}".`);
    const input = { permission, type, first: pageSize(first), after: after ?? undefined, consistency };
    const page = await listViewerObjects(postern, viewer, input);
    if (!page.ok) throw refusalError(page.problem);
    const nodeOf = ({ id }: ObjectRef): EntityParent => ({ __typename: name, id, decisions });
    const { undecided, ...connection } = objectConnection(page.value, after, nodeOf);
    return { ...connection, undecidedCount: undecided.length };
  };
}
