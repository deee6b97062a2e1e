import { queryOptions, useQuery } from '@tanstack/react-query';
import { EntityTypesDocument, KnownObjectsDocument } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { recentObjects } from './recent-objects.ts';
import { useCaller } from './session.ts';
import { useSettled } from './use-settled.ts';

/** What a field is for. */
export type NameKind = 'object' | 'objectType' | 'permission' | 'subject' | 'subjectType';

export interface NameQuestion {
  readonly kind: NameKind;
  /** What was typed so far. */
  readonly text: string;
  /** The object whose permissions are meant, as far as it is known. */
  readonly object?: string;
  /** Whether somebody is there who looks for a name: before, nothing is asked. */
  readonly isWanted: boolean;
}

/**
 * Names that somebody may mean: of what they may look at themselves, since to ask for more would be refused, and recorded. Any other
 * name can be written all the same.
 */
export function useSuggestions({ kind, text, object = '', isWanted }: NameQuestion): readonly string[] {
  const { subject: caller } = useCaller();
  const { data: types = [] } = useQuery({ ...entityTypesQuery(caller), enabled: isWanted });
  const found = useFoundObjects(text, isWanted && (kind === 'object' || kind === 'subject'));
  const ownType = typeOf(caller);
  switch (kind) {
    case 'objectType':
      return types.map(({ type }) => type);
    case 'subjectType':
      return [ownType];
    case 'permission': {
      const known = types.filter(({ type }) => type === typeOf(object));
      return [...new Set((known.length > 0 ? known : types).flatMap(({ permissions }) => permissions))].toSorted();
    }
    case 'subject':
      return text.includes(':') ? found : [`${ownType}:`];
    case 'object':
      return text.includes(':') ? found : [...recentObjects(caller), ...types.map(({ type }) => `${type}:`)];
  }
}

/** Objects that begin as what was typed, once its type is whole. */
function useFoundObjects(text: string, isWanted: boolean): readonly string[] {
  const { subject: caller } = useCaller();
  const [, type, startsWith] = /^([^\s:#]+):([^\s:#*]*)$/.exec(useSettled(text.trim()) ?? '') ?? [];
  const { data = [] } = useQuery({
    queryKey: ['known-objects', caller, type, startsWith],
    queryFn: async () => {
      const { edges } = (await ask(KnownObjectsDocument, { type: type ?? '', startsWith })).knownObjects;
      return edges.map(({ node }) => node);
    },
    enabled: isWanted && type !== undefined,
    // Whoever goes on typing has what was found until there is something else.
    placeholderData: (before) => before,
  });
  return data;
}

/** The types that the supergraph knows, with their permissions. */
function entityTypesQuery(caller: string) {
  return queryOptions({
    queryKey: ['entity-types', caller],
    queryFn: async () => (await ask(EntityTypesDocument, {})).accessEntityTypes,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function typeOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(':')));
}
