/** A way into the server that tokens are for; a token of one door is none at another. */
export type Door = (typeof doorNames)[number];

export const doorNames = ['graphql', 'authzen', 'mcp'] as const;

/** Of a token class that does not say. */
export const usualDoors: readonly Door[] = ['graphql'];
