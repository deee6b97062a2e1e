import { failed, ok, type Result } from '../base/result.ts';
import { type ContextSize, measureContext, sizeProblem } from '../model/context-problem.ts';
import { limits } from '../model/limits.ts';
import { type Context, emptyContext } from '../model/relationship.ts';
import type { Sent, SentEntity } from './read-members.ts';

/** Where values for conditions may stand in a question. */
export interface SentValues {
  readonly context: Sent | undefined;
  readonly subject?: SentEntity;
  readonly resource?: SentEntity;
  readonly action?: SentEntity;
}

type Part = readonly [prefix: string, sent: Sent];

/**
 * Makes contexts of what a request sends. Questions that say the same share the context that is made of it; what
 * has to be made for each of many questions is bounded together: a few bytes of a default would stand for megabytes otherwise.
 */
export class ContextReader {
  readonly #sizes = new Map<Sent, Result<ContextSize, string>>();
  readonly #alone = new Map<string, Context>();
  readonly #made = { values: 0, characters: 0 };

  /** `x` of the context is the parameter `x`; `x` of the subject's properties is `subject_x`, unless the context has that as well. */
  read({ context, subject, resource, action }: SentValues): Result<Context, string> {
    const parts: readonly Part[] = [
      ...partOf('subject_', subject?.properties),
      ...partOf('resource_', resource?.properties),
      ...partOf('action_', action?.properties),
      ...partOf('', context),
    ];
    const [first] = parts;
    if (first === undefined) return ok(emptyContext);
    const problem = this.#problemOf(parts);
    if (problem !== undefined) return failed(problem);
    return ok(parts.length === 1 && context === first[1] ? this.#onlyContext(context) : this.#merge(parts));
  }

  /** What is wrong with all of them together; undefined as long as nothing is. */
  get problem(): string | undefined {
    const { bodyValues, bodyBytes } = limits;
    const isTooMuch = this.#made.values > bodyValues.most || this.#made.characters > bodyBytes.most;
    if (!isTooMuch) return undefined;
    return `With what they share, the contexts and properties of all evaluations have more than ${bodyValues.most} values or ${bodyBytes.most} characters: send several requests.`;
  }

  #onlyContext(context: Sent): Context {
    // Whoever enforces mostly says the same with each of them: it is evaluated with once.
    const text = JSON.stringify(context);
    const made = this.#alone.get(text) ?? new Map(Object.entries(context));
    this.#alone.set(text, made);
    return made;
  }

  #merge(parts: readonly Part[]): Context {
    const values = new Map<string, unknown>();
    if (this.problem !== undefined) return values;
    for (const [prefix, sent] of parts) {
      for (const name of Object.keys(sent)) values.set(prefix + name, sent[name]);
    }
    return values;
  }

  #problemOf(parts: readonly Part[]): string | undefined {
    const all = { values: 0, characters: 0 };
    for (const [, sent] of parts) {
      const size = this.#sizes.get(sent) ?? measureContext(sent);
      this.#sizes.set(sent, size);
      if (!size.ok) return size.problem;
      all.values += size.value.values;
      all.characters += size.value.characters;
    }
    if (parts.length > 1) {
      this.#made.values += all.values;
      this.#made.characters += all.characters;
    }
    return sizeProblem(all);
  }
}

function partOf(prefix: string, sent: Sent | undefined): readonly Part[] {
  return sent === undefined ? [] : [[prefix, sent]];
}
