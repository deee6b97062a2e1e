/** A schema of SpiceDB, as it is written; every part knows its line. */
export interface Schema {
  readonly definitions: readonly Definition[];
  readonly caveats: readonly Caveat[];
  /** The flags that it begins with: `use expiration`. */
  readonly uses: readonly Placed[];
}

/** A name, and the line that it stands in. */
export interface Placed {
  readonly name: string;
  readonly line: number;
}

export interface Definition extends Placed {
  readonly relations: readonly SchemaRelation[];
  readonly permissions: readonly Permission[];
}

/** What relationships are written for. */
export interface SchemaRelation extends Placed {
  readonly subjects: readonly SubjectType[];
}

/** One of the kinds of subject that a relation takes: `user`, `user:*`, `group#member`, each perhaps `with` something. */
export interface SubjectType {
  readonly kind: 'object' | 'wildcard' | 'set';
  readonly type: string;
  /** Of a set. */
  readonly relation: string;
  readonly caveat: string | undefined;
  /** Whether it is `with expiration`. */
  readonly expires: boolean;
  readonly line: number;
}

/** What is computed. */
export interface Permission extends Placed {
  readonly expression: SchemaExpression;
}

export type SchemaExpression =
  | { readonly kind: 'name'; readonly name: string; readonly line: number }
  | { readonly kind: 'nil' | 'self'; readonly line: number }
  | ArrowExpression
  | { readonly kind: 'union' | 'intersection'; readonly operands: readonly SchemaExpression[] }
  | { readonly kind: 'exclusion'; readonly base: SchemaExpression; readonly subtracted: SchemaExpression };

/** `through->name`: who holds `name` on any, or on all, of the objects that `through` names. */
export interface ArrowExpression {
  readonly kind: 'arrow';
  readonly through: string;
  readonly name: string;
  readonly of: 'any' | 'all';
  readonly line: number;
}

export interface Caveat extends Placed {
  readonly parameters: readonly CaveatParameter[];
  /** In CEL, as it is written. */
  readonly expression: string;
}

export interface CaveatParameter extends Placed {
  readonly type: CaveatType;
}

/** `int`, or `list<string>`. */
export interface CaveatType {
  readonly name: string;
  readonly of: readonly CaveatType[];
}

/** What is wrong with a line. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

export function findDefinition(schema: Schema, type: string): Definition | undefined {
  return schema.definitions.find(({ name }) => name === type);
}

/** The relation or permission of this name. */
export function findMember(definition: Definition | undefined, name: string): SchemaRelation | Permission | undefined {
  return [...(definition?.relations ?? []), ...(definition?.permissions ?? [])].find((one) => one.name === name);
}
