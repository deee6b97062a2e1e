/** Most that the data of an answer are as JSON; what a client gets besides, words and the protocol's own, fits into the rest of 64 KiB. */
export const mostDataBytes = 44 * 1024;

/** The first of what somebody is to be told, as many as fit. */
export interface Fitting<Told> {
  readonly shown: readonly Told[];
  /** How many of them are not shown. */
  readonly leftOut: number;
}

/** As many as fit into so many bytes; where not even the first does, none. */
export function fitAll<Told>(all: readonly Told[], mostBytes: number): Fitting<Told> {
  let bytes = 0;
  const tooMuch = all.findIndex((one) => {
    bytes += bytesOf(one);
    return bytes > mostBytes;
  });
  const shown = tooMuch < 0 ? all : all.slice(0, tooMuch);
  return { shown, leftOut: all.length - shown.length };
}

/** With the comma behind it. */
export function bytesOf(told: unknown): number {
  return Buffer.byteLength(JSON.stringify(told)) + 1;
}
