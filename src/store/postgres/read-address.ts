import postgres from 'postgres';

/** What the driver has read in an address of the database, with what it puts in for what that leaves out. */
export type DatabaseAddress = ReturnType<typeof postgres>['options'];

/**
 * Only the driver knows which variables of the environment it puts in. But which server is right is no question for it: it would ask
 * for itself, on a promise that nobody waits for, which ends the process where the connection is lost meanwhile.
 */
export function readAddress(url: string, settings: object = {}): DatabaseAddress {
  const { options } = postgres(withoutAttributes(url), { max: 1, ...settings, target_session_attrs: 'primary' });
  return { ...options, target_session_attrs: undefined };
}

/** Which server somebody wants, in the words of libpq. */
export function wantedAttributes(url: string): string | undefined {
  return /[?&]target_session_attrs=([^&#]*)/.exec(url)?.[1];
}

function withoutAttributes(url: string): string {
  return url.replace(/([?&])target_session_attrs=[^&#]*&?/g, '$1');
}
