/** What the resolvers of `AuthorizationModel` read. */
export interface ModelParent {
  readonly id: number;
  readonly dsl: string;
  readonly active: boolean;
  readonly createdAt: Date | string;
}

/** The number of a model, or undefined for an id that no model can have. */
export function parseModelId(id: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(id) ? Number(id) : undefined;
}
