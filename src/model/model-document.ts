/** A model as the syntax transformer gives it: OpenFGA's JSON. It is plain data, so that it can cross threads. */
export interface ModelDocument {
  readonly schema_version?: string;
  readonly type_definitions?: readonly TypeDocument[];
  readonly conditions?: Readonly<Record<string, ConditionDocument>>;
}

export interface TypeDocument {
  readonly type: string;
  readonly relations?: Readonly<Record<string, RewriteDocument>> | null;
  readonly metadata?: TypeMetadata | null;
}

export interface TypeMetadata {
  readonly module?: string;
  readonly source_info?: SourceInfo;
  readonly relations?: Readonly<Record<string, RelationMetadata>>;
}

export interface RelationMetadata {
  readonly directly_related_user_types?: readonly RestrictionDocument[];
  readonly module?: string;
  readonly source_info?: SourceInfo;
}

interface SourceInfo {
  readonly file: string;
}

export interface RestrictionDocument {
  readonly type: string;
  readonly relation?: string;
  readonly wildcard?: object;
  readonly condition?: string;
}

export interface RewriteDocument {
  readonly this?: object;
  readonly computedUserset?: { readonly relation: string };
  readonly tupleToUserset?: {
    readonly tupleset: { readonly relation: string };
    readonly computedUserset: { readonly relation: string };
  };
  readonly union?: { readonly child: readonly RewriteDocument[] };
  readonly intersection?: { readonly child: readonly RewriteDocument[] };
  readonly difference?: { readonly base: RewriteDocument; readonly subtract: RewriteDocument };
}

export interface ConditionDocument {
  readonly name: string;
  readonly expression: string;
  readonly parameters?: Readonly<Record<string, ParameterDocument>>;
  readonly metadata?: { readonly module?: string; readonly source_info?: SourceInfo };
}

export interface ParameterDocument {
  readonly type_name: string;
  readonly generic_types?: readonly ParameterDocument[];
}
