import type { PermissionCheck } from '../decision.ts';

/** The most questions that are kept of one operation: as many as travel in one call. */
const maxChecks = 1000;
const maxOperations = 1000;
const maxChecksOfAll = 100_000;

/** By permission, then by object: the parts of a key are never joined. */
type Questions = Map<string, Map<string, PermissionCheck>>;

interface Operation {
  readonly questions: Questions;
  count: number;
}

/**
 * What operations have asked lately. It is a guess at what they will ask, and nothing rests on it: whatever else is asked then keeps an
 * answer out of the cache, and is known the next time.
 */
export class QuestionMemory {
  /** The one that was used last is at the end. */
  readonly #operations = new Map<string, Operation>();
  #count = 0;

  of(operation: string): readonly PermissionCheck[] {
    const known = this.#operations.get(operation);
    if (known === undefined) return [];
    this.#operations.delete(operation);
    this.#operations.set(operation, known);
    return [...known.questions.values()].flatMap((objects) => [...objects.values()]);
  }

  add(operation: string, check: PermissionCheck): void {
    let known = this.#operations.get(operation);
    if (known !== undefined && known.count >= maxChecks) {
      this.#forget(operation, known);
      known = undefined;
    }
    known ??= this.#enter(operation);
    const objects = known.questions.get(check.permission) ?? new Map<string, PermissionCheck>();
    known.questions.set(check.permission, objects);
    if (objects.has(check.object)) return;
    objects.set(check.object, check);
    known.count += 1;
    this.#count += 1;
    this.#makeRoom();
  }

  #enter(operation: string): Operation {
    const entered: Operation = { questions: new Map(), count: 0 };
    this.#operations.set(operation, entered);
    return entered;
  }

  #makeRoom(): void {
    for (const [operation, known] of this.#operations) {
      if (this.#operations.size <= maxOperations && this.#count <= maxChecksOfAll) return;
      this.#forget(operation, known);
    }
  }

  #forget(operation: string, { count }: Operation): void {
    this.#operations.delete(operation);
    this.#count -= count;
  }
}
