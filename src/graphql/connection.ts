interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

interface Page {
  /** The cursor that the page comes after, if it is not the first. */
  readonly after: string | null | undefined;
  readonly hasMore: boolean;
  /** What the next page comes after, where that is not the last edge: what was looked at last need not be in the page. */
  readonly endCursor?: string | undefined;
}

/** A page of a list as a Relay connection. */
export function connectionOf<Node>(edges: readonly Edge<Node>[], { after, hasMore, endCursor }: Page) {
  return {
    edges,
    pageInfo: {
      hasNextPage: hasMore,
      hasPreviousPage: typeof after === 'string',
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: endCursor ?? edges.at(-1)?.cursor ?? null,
    },
  };
}
