let newest: string | undefined;

/** Keeps of this tab's writes the last one: what is read afterwards has to see it. */
export function noteWritten(token: string | null): void {
  newest = token ?? newest;
}

/** How fresh an answer has to be; anything will do as long as nothing was written. */
export function freshness(): { readonly atLeastAsFresh: string } | undefined {
  return newest === undefined ? undefined : { atLeastAsFresh: newest };
}
