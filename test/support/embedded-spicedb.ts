import type { WorldRelationship, WorldSubject } from './spicedb-world.ts';

/** What a check comes to; `none` where SpiceDB does not answer it. */
export type SpicedbAnswer = 'allowed' | 'denied' | 'undecided' | 'none';

export interface SpicedbQuestion {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly subject: WorldSubject;
}

interface Package {
  readonly EmbeddedSpiceDB: { start(schema: string, relationships: readonly object[]): Promise<Running> };
}

interface Running {
  permissions(): {
    readonly promises: { checkBulkPermissions(request: object): Promise<{ readonly pairs: readonly Pair[] }> };
  };
  close(): void;
}

interface Pair {
  readonly response:
    | { readonly oneofKind: 'item'; readonly item: { readonly permissionship: number } }
    | { readonly oneofKind: 'error'; readonly error: { readonly message: string } }
    | { readonly oneofKind: undefined };
}

/** A real SpiceDB in this process, one for each world. */
export class EmbeddedSpicedb {
  readonly #package: Package;

  private constructor(found: Package) {
    this.#package = found;
  }

  static of(module: unknown): EmbeddedSpicedb {
    return new EmbeddedSpicedb(module as Package);
  }

  /** Undefined where it does not take the schema or a relationship; what it says of that is printed. */
  async answer(
    schema: string,
    relationships: readonly WorldRelationship[],
    questions: readonly SpicedbQuestion[],
  ): Promise<readonly SpicedbAnswer[] | undefined> {
    const running = await this.#start(schema, relationships);
    if (running === undefined) return undefined;
    try {
      const answers: SpicedbAnswer[] = [];
      for (let from = 0; from < questions.length; from += mostAtOnce) {
        const items = questions.slice(from, from + mostAtOnce).map(itemOf);
        const { pairs } = await running
          .permissions()
          .promises.checkBulkPermissions({ consistency, items, withTracing: false });
        answers.push(...pairs.map(answerOf));
      }
      return answers;
    } finally {
      running.close();
    }
  }

  async #start(schema: string, relationships: readonly WorldRelationship[]): Promise<Running | undefined> {
    try {
      return await this.#package.EmbeddedSpiceDB.start(schema, relationships.map(relationshipOf));
    } catch (error) {
      process.stdout.write(`Not taken: ${error instanceof Error ? error.message : String(error)}\n`);
      return undefined;
    }
  }
}

const mostAtOnce = 500;
const consistency = { requirement: { oneofKind: 'fullyConsistent', fullyConsistent: true } };

function itemOf({ type, id, name, subject }: SpicedbQuestion): object {
  return { resource: { objectType: type, objectId: id }, permission: name, subject: subjectOf(subject) };
}

function subjectOf({ type, id, relation }: WorldSubject): object {
  return { object: { objectType: type, objectId: id }, optionalRelation: relation };
}

function relationshipOf({ type, id, relation, subject, caveat }: WorldRelationship): object {
  return {
    resource: { objectType: type, objectId: id },
    relation,
    subject: subjectOf(subject),
    ...(caveat !== '' && { optionalCaveat: caveatOf(caveat) }),
  };
}

/** `[when]` or `[when:{"x":1}]`. */
function caveatOf(caveat: string): object {
  const [, caveatName, context] = /^\[(\w+)(?::(.*))?\]$/.exec(caveat) ?? [];
  const fields = Object.entries(context === undefined ? {} : (JSON.parse(context) as Record<string, number>)).map(
    ([name, numberValue]) => [name, { kind: { oneofKind: 'numberValue', numberValue } }],
  );
  return { caveatName, ...(context !== undefined && { context: { fields: Object.fromEntries(fields) } }) };
}

const permissionships = new Map<number, SpicedbAnswer>([
  [1, 'denied'],
  [2, 'allowed'],
  [3, 'undecided'],
]);

function answerOf({ response }: Pair): SpicedbAnswer {
  if (response.oneofKind === 'item') return permissionships.get(response.item.permissionship) ?? 'none';
  if (response.oneofKind === 'error') process.stdout.write(`Not answered: ${response.error.message}\n`);
  return 'none';
}
