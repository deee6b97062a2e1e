import type { PermissionCheck } from '../decision.ts';

/** Most checks that are asked at once; what is beyond is left to the subgraphs. */
export const maxChecks = 1000;

/** Collects different checks, and says where each one is in the list. */
export class CheckList {
  /** How many values of arguments may still be read: many fields can name one long list. */
  readonly budget = { left: 10 * maxChecks };
  readonly #checks: PermissionCheck[] = [];
  readonly #places = new Map<string, Map<string, number>>();

  get checks(): readonly PermissionCheck[] {
    return this.#checks;
  }

  /** The places of checks of one permission on each of the objects, or undefined when they do not fit any more. */
  add(permission: string, objects: readonly string[]): readonly number[] | undefined {
    const places = this.#places.get(permission) ?? new Map<string, number>();
    const fresh = objects.filter((object) => !places.has(object));
    if (this.#checks.length + fresh.length > maxChecks) return undefined;
    this.#places.set(permission, places);
    for (const object of fresh) places.set(object, this.#checks.push({ permission, object }) - 1);
    return objects.map((object) => places.get(object) ?? -1);
  }
}
