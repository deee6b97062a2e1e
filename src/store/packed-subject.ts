/** Subjects from here on are subject sets. */
export const firstSetSubject = 2 ** 37;
/** Subjects and objects from here on are objects; below are wildcards: `user:*` is the type number of `user`. */
export const firstObject = 8192;

/** A subject as the one number that edges store: `relation * 2^37 + object`. The same in SQL is in `postgres/packed-subject.ts`. */
export type PackedSubject =
  | { readonly kind: 'object'; readonly object: number }
  | { readonly kind: 'set'; readonly object: number; readonly relation: number }
  | { readonly kind: 'wildcard'; readonly type: number };

export function packSubject(subject: PackedSubject): number {
  switch (subject.kind) {
    case 'object':
      return subject.object;
    case 'set':
      return subject.relation * firstSetSubject + subject.object;
    case 'wildcard':
      return subject.type;
  }
}

export function unpackSubject(packed: number): PackedSubject {
  if (packed >= firstSetSubject) {
    return { kind: 'set', relation: Math.floor(packed / firstSetSubject), object: packed % firstSetSubject };
  }
  return packed >= firstObject ? { kind: 'object', object: packed } : { kind: 'wildcard', type: packed };
}

/** The numbers of the objects of a type, or of their sets of a relation, stand together: `base` is added to each object's. */
export function packedRange(relation: number | undefined) {
  const base = (relation ?? 0) * firstSetSubject;
  return { base, first: base + firstObject, end: base + firstSetSubject };
}
