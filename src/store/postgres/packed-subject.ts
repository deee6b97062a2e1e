import { firstObject, firstSetSubject } from './tables.ts';

/** A subject as the one number that edges store: see tables.ts. */
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
