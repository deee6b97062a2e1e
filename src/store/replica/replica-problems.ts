/** The store is larger than the replica may be, or has numbers that it cannot hold. */
export class DoesNotFit extends Error {}

/** What was read cannot be, so that nothing is answered from it. */
export class DamagedEdges extends Error {}
