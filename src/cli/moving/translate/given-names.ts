/** Names that somebody chose, by those of the source: `docs/document` → `document`, and `document#view`, `view` or `caveat tier` → a name. */
export interface GivenNames {
  readonly types: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

export const noNames: GivenNames = { types: new Map(), names: new Map() };

/** What a name that somebody chose is for. */
export const memberKey = (type: string, name: string): string => `${type}#${name}`;
export const caveatKey = (name: string): string => `caveat ${name}`;
export const parameterKey = (caveat: string, parameter: string): string => `caveat ${caveat}#${parameter}`;
