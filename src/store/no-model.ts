/** No model is active yet, or the one that was asked for does not exist: nothing can be decided. */
export class NoModel extends Error {}
