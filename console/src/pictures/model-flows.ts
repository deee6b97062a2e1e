import type { ModelRelation, ModelType } from '../ask/models.ts';

/** That rights on objects of one type come from objects, or sets, of another. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  /** `rights`: what one may there counts here. `members`: a set of there can be given a role here. */
  readonly kind: 'rights' | 'members';
  /** What leads from here to there; for members, which sets they are. */
  readonly through: readonly string[];
}

/** Along what rights flow between types: by `x from relation`, and by sets that roles can be given to. */
export function flowsOf(types: readonly ModelType[]): readonly Flow[] {
  const relationsOf = new Map(types.map(({ name, relations }) => [name, relations]));
  const steps = types.flatMap((type) => type.relations.flatMap((relation) => stepsInto(type, relation, relationsOf)));
  const groups = Map.groupBy(steps, ({ from, to, kind }) => JSON.stringify([from, to, kind]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, through: [...new Set(group.flatMap(({ through }) => through))] }];
  });
}

function stepsInto(
  { name: to, relations }: ModelType,
  { definition, kind, subjects }: ModelRelation,
  relationsOf: ReadonlyMap<string, readonly ModelRelation[]>,
): readonly Flow[] {
  const rights = fromsIn(definition).flatMap(({ what, along }) => {
    const reached = relations.find(({ name }) => name === along)?.subjects ?? [];
    const having = reached.filter(({ type }) => relationsOf.get(type)?.some(({ name }) => name === what));
    return having.map(({ type }): Flow => ({ from: type, to, kind: 'rights', through: [along] }));
  });
  const sets = kind === 'STRUCTURE' ? [] : subjects.filter(({ relation }) => relation !== null);
  const members = sets.map(
    ({ type, relation }): Flow => ({ from: type, to, kind: 'members', through: [`${type}#${relation}`] }),
  );
  return [...rights, ...members];
}

/** Each `what from along` of a definition; what stands in brackets are subjects. */
function fromsIn(definition: string): readonly { readonly what: string; readonly along: string }[] {
  const computed = definition.replaceAll(/\[[^\]]*\]/g, '');
  return Array.from(computed.matchAll(/([^\s()]+)\s+from\s+([^\s()]+)/g), ([, what = '', along = '']) => ({
    what,
    along,
  }));
}
