import type { Holding } from './holdings.ts';

/** Something that begins or ends by itself. */
export interface Coming {
  readonly at: string;
  readonly kind: 'begins' | 'ends';
  readonly holding: Holding;
}

/** What begins and ends from now on, the next first. */
export function comingOf(holdings: readonly Holding[], nowMs: number): readonly Coming[] {
  const all = holdings.flatMap((holding): readonly Coming[] => {
    const { startsAt, expiresAt } = holding.relationship;
    return [
      ...(startsAt === null ? [] : [{ at: startsAt, kind: 'begins' as const, holding }]),
      ...(expiresAt === null ? [] : [{ at: expiresAt, kind: 'ends' as const, holding }]),
    ];
  });
  const later = all.filter(({ at }) => Date.parse(at) > nowMs);
  return later.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
