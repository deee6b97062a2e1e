/** Search parameters as everybody writes them: an id that looks like a number is text. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(search).filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string' && entry[1] !== '';
  });
  const text = new URLSearchParams(given).toString();
  return text === '' ? '' : `?${text}`;
}

/** Takes of an address what a page knows. */
export function texts<Name extends string>(...names: readonly Name[]) {
  return (search: Readonly<Record<string, unknown>>): Partial<Record<Name, string>> => {
    const known = new Map(Object.entries(search));
    const given = names.flatMap((name): (readonly [Name, string])[] => {
      const value = known.get(name);
      return typeof value === 'string' ? [[name, value]] : [];
    });
    return Object.fromEntries(given) as Partial<Record<Name, string>>;
  };
}
