import type { Page, PagePart } from './make-pages.ts';

/** The page as a gateway asks for it: one `_entities` with a representation for each object. */
export function pageQuery({ parts }: Page): string {
  const query = `query Page($representations: [_Any!]!) {
    _entities(representations: $representations) { ${parts.map(fragment).join(' ')} }
  }`;
  const representations = parts.flatMap(({ type, objects }) =>
    objects.map(({ id }) => ({ __typename: pascalCase(type), id })),
  );
  return JSON.stringify({ query, variables: { representations }, operationName: 'Page' });
}

function fragment({ type, permissions }: PagePart): string {
  return `... on ${pascalCase(type)} { permissions { ${permissions.map(camelCase).join(' ')} } }`;
}

interface PageAnswer {
  readonly data: { readonly _entities: readonly { readonly permissions: Readonly<Record<string, boolean>> }[] };
}

/** The answer's booleans in the order of the page's checks. */
export function permissionsIn({ parts }: Page, answer: string): readonly boolean[] {
  const { data } = JSON.parse(answer) as PageAnswer;
  const permissions = parts.flatMap((part) => part.objects.map(() => part.permissions));
  return permissions.flatMap((names, index) =>
    names.map((name) => {
      const value = data._entities[index]?.permissions[camelCase(name)];
      if (value === undefined) throw new Error(`The server did not say whether "${name}" is allowed.`);
      return value;
    }),
  );
}

function camelCase(name: string): string {
  return name.replaceAll(/_(.)/g, (_match, letter: string) => letter.toUpperCase());
}

export function pascalCase(name: string): string {
  return camelCase(`_${name}`);
}
