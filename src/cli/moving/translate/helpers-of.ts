import type { Definition, Schema, SchemaRelation } from '../spicedb/schema.ts';
import type { SchemaNames } from './name-schema.ts';

/** Relations and a type that a schema does not have and its model needs; each is made when it is first asked for. */
export class Helpers {
  /** Relations whose subjects are written a second time, as the objects that their sets are of. */
  readonly objects = new Map<SchemaRelation, string>();
  /** Definitions whose objects have a relationship to themselves. */
  readonly itself = new Map<Definition, string>();
  /** Definitions with a relation that nobody holds. */
  readonly nothing = new Map<Definition, string>();
  readonly #names: SchemaNames;
  readonly #taken = new Map<Definition, Set<string>>();
  readonly #types: ReadonlySet<string>;

  constructor(schema: Schema, names: SchemaNames) {
    this.#names = names;
    this.#types = new Set(schema.definitions.map(({ name }) => names.typeOf(name)));
  }

  objectsOf(definition: Definition, relation: SchemaRelation): string {
    return this.#made(
      this.objects,
      relation,
      definition,
      `${this.#names.memberOf(definition, relation.name)}__objects`,
    );
  }

  itselfOf(definition: Definition): string {
    return this.#made(this.itself, definition, definition, 'itself');
  }

  nothingOf(definition: Definition): string {
    return this.#made(this.nothing, definition, definition, 'nothing');
  }

  /** A type that no subject is of. */
  get nobody(): string {
    return freeName('nobody', this.#types);
  }

  #made<Key>(made: Map<Key, string>, key: Key, definition: Definition, name: string): string {
    const known = made.get(key);
    if (known !== undefined) return known;
    const taken = this.#takenOn(definition);
    const free = freeName(name, taken);
    taken.add(free);
    made.set(key, free);
    return free;
  }

  #takenOn(definition: Definition): Set<string> {
    const members = [...definition.relations, ...definition.permissions];
    const taken =
      this.#taken.get(definition) ?? new Set(members.map(({ name }) => this.#names.memberOf(definition, name)));
    this.#taken.set(definition, taken);
    return taken;
  }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}_${count}`;
  return free;
}
