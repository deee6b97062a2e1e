import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { type Random, seededRandom } from '../../support/seeded-random.ts';

export interface RandomFetch {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** What a router may fetch from a subgraph of `randomSubgraph`: at the root, by representations, or a mutation. */
export function randomFetch(schema: GraphQLSchema, seed: number): RandomFetch {
  return new FetchWriter(schema, seededRandom(seed)).write();
}

class FetchWriter {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #fragments: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #definitions: string[] = [];
  #aliases = 0;

  constructor(schema: GraphQLSchema, random: Random) {
    this.#schema = schema;
    this.#random = random;
  }

  write(): RandomFetch {
    const kind = this.#pick(['query', 'query', 'entities', 'entities', 'mutation']);
    const body = kind === 'entities' ? this.#entities() : this.#root(kind === 'mutation');
    const variables = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    const query = `${kind === 'mutation' ? 'mutation' : 'query'} Fetch${variables} ${body} ${this.#fragments.join(' ')}`;
    return { query, variables: this.#variables };
  }

  #entities(): string {
    const count = Math.floor(this.#random() * 4);
    this.#definitions.push('$representations: [_Any!]!');
    this.#variables.representations = Array.from({ length: count }, () => ({
      __typename: this.#pick(['Track', 'Album', 'Show']),
      id: String(Math.floor(this.#random() * 6)),
    }));
    const alias = this.#chance(0.2) ? 'e: ' : '';
    return `{ ${alias}_entities(representations: $representations) ${this.#set(this.#type('_Entity'), 3)} }`;
  }

  #root(isMutation: boolean): string {
    const type = isMutation ? this.#schema.getMutationType() : this.#schema.getQueryType();
    return type ? this.#set(type, 3) : '{ __typename }';
  }

  #set(type: GraphQLNamedType, depth: number): string {
    const count = 1 + Math.floor(this.#random() * 3);
    return `{ ${Array.from({ length: count }, () => this.#selection(type, depth)).join(' ')} }`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const kind = this.#random();
    const inner = isAbstractType(type) ? this.#pick(this.#schema.getPossibleTypes(type)) : type;
    if (kind < 0.08) return this.#chance(0.5) ? '__typename' : `${this.#alias()}: __typename`;
    if (kind < 0.2 || (isUnionType(type) && kind < 0.7))
      return `... on ${inner.name}${this.#condition()} ${this.#set(inner, depth)}`;
    if (kind < 0.26 && isObjectType(type) && type.getInterfaces().length > 0)
      return `... on Media ${this.#set(this.#type('Media'), depth)}`;
    if (kind < 0.34 || isUnionType(type)) return this.#spread(inner, depth);
    return this.#field(type, depth);
  }

  #spread(type: GraphQLNamedType, depth: number): string {
    const name = `F${this.#aliases++}`;
    this.#fragments.push(`fragment ${name} on ${type.name} ${this.#set(type, depth)}`);
    return `...${name}${this.#condition()}`;
  }

  #field(type: GraphQLNamedType, depth: number): string {
    const all = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const fields = all.filter(
      ({ name, type: output }) => !name.startsWith('_') && (depth > 0 || !isComposite(getNamedType(output))),
    );
    const field = fields.length === 0 ? undefined : this.#pick(fields);
    if (field === undefined) return '__typename';
    const alias = this.#chance(0.6) ? `${this.#alias()}: ` : '';
    const args = field.args.flatMap(({ name }) => (this.#chance(0.5) ? [`${name}: ${this.#argument(name)}`] : []));
    const given = args.length > 0 ? `(${args.join(', ')})` : '';
    const named = getNamedType(field.type);
    const inner = isComposite(named) ? ` ${this.#set(named, depth - 1)}` : '';
    return `${alias}${field.name}${given}${this.#condition()}${inner}`;
  }

  #argument(name: string): string {
    const id = () => this.#pick(['"1"', '"2"', '3', 'null']);
    switch (name) {
      case 'id':
        return this.#chance(0.3) ? this.#variable('ID', this.#pick(['1', '2', null])) : id();
      case 'by':
        return this.#chance(0.3)
          ? this.#variable('Sort', this.#pick(['TITLE', 'ROYALTIES']))
          : this.#pick(['TITLE', 'ROYALTIES']);
      case 'range':
        return this.#pick([
          'null',
          `{ id: ${id()} }`,
          `{ id: ${id()}, least: 3 }`,
          `{ inner: { id: ${id()}, least: 1 } }`,
        ]);
      default:
        return this.#pick(['1', 'null']);
    }
  }

  #condition(): string {
    if (!this.#chance(0.15)) return '';
    const name = this.#pick(['@include', '@skip']);
    const value = this.#chance(0.5);
    return ` ${name}(if: ${this.#chance(0.5) ? value : this.#variable('Boolean!', value)})`;
  }

  #variable(type: string, value: unknown): string {
    const name = `v${this.#definitions.length}`;
    this.#definitions.push(`$${name}: ${type}`);
    this.#variables[name] = value;
    return `$${name}`;
  }

  #alias(): string {
    return `k${this.#aliases++}`;
  }

  #type(name: string): GraphQLNamedType {
    const type = this.#schema.getType(name);
    if (type === undefined) throw new Error(`There is no type ${name}.`);
    return type;
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}

function isComposite(type: GraphQLNamedType): boolean {
  return isObjectType(type) || isAbstractType(type);
}
