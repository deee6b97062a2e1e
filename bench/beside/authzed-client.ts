/** As much of `@authzed/authzed-node` as is used. It is no dependency: whoever measures SpiceDB installs it. */
export interface Authzed {
  readonly v1: {
    NewClient(token: string, address: string, security: number): AuthzedClient;
    readonly ClientSecurity: { readonly SECURE: number; readonly INSECURE_PLAINTEXT_CREDENTIALS: number };
    createStructFromObject(value: Readonly<Record<string, unknown>>): Struct;
  };
}

export interface AuthzedClient {
  readonly promises: {
    writeSchema(request: { readonly schema: string }): Promise<unknown>;
    writeRelationships(request: WriteRequest): Promise<unknown>;
    checkPermission(request: CheckRequest): Promise<{ readonly permissionship: number }>;
    checkBulkPermissions(request: BulkRequest): Promise<BulkAnswer>;
  };
  close(): void;
}

/** A message that the client made. */
export type Struct = { readonly fields: unknown };

export interface ObjectReference {
  readonly objectType: string;
  readonly objectId: string;
}

export interface SubjectReference {
  readonly object: ObjectReference;
  readonly optionalRelation: string;
}

export interface WriteRequest {
  readonly updates: readonly {
    readonly operation: number;
    readonly relationship: {
      readonly resource: ObjectReference;
      readonly relation: string;
      readonly subject: SubjectReference;
      readonly optionalCaveat?: { readonly caveatName: string; readonly context: Struct };
    };
  }[];
  readonly optionalPreconditions: readonly never[];
}

export interface CheckItem {
  readonly resource: ObjectReference;
  readonly permission: string;
  readonly subject: SubjectReference;
  readonly context: Struct;
}

export interface Consistency {
  readonly requirement:
    | { readonly oneofKind: 'minimizeLatency'; readonly minimizeLatency: true }
    | { readonly oneofKind: 'fullyConsistent'; readonly fullyConsistent: true };
}

export interface CheckRequest extends CheckItem {
  readonly consistency: Consistency;
  readonly withTracing: boolean;
}

export interface BulkRequest {
  readonly consistency: Consistency;
  readonly items: readonly CheckItem[];
  readonly withTracing: boolean;
}

export interface BulkAnswer {
  readonly pairs: readonly {
    readonly response:
      | { readonly oneofKind: 'item'; readonly item: { readonly permissionship: number } }
      | { readonly oneofKind: 'error'; readonly error: { readonly message: string } }
      | { readonly oneofKind: undefined };
  }[];
}

export async function loadAuthzed(): Promise<Authzed> {
  // Not a name that the compiler follows: it is not there unless somebody installed it.
  const name = '@authzed/authzed-node';
  const loaded: unknown = await import(name).catch((error: unknown) => {
    const next = 'Next: npm install --no-save @authzed/authzed-node@1.6.1';
    throw new Error(`SpiceDB is asked by its own client, which is not installed. ${next}`, { cause: error });
  });
  return loaded as Authzed;
}
