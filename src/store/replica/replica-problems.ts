/** The store is larger than the replica may be, or has numbers that it cannot hold. */
export class DoesNotFit extends Error {}

/** Another server answers, or the same one after it was restored. */
export class HistoryDiverged extends Error {}

/** What was read cannot be, so that nothing is answered from it. */
export class DamagedEdges extends Error {}

/** The store has not answered, so that nobody knows whether the replica is up to date. */
export class NotProven extends Error {}
