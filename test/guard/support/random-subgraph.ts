import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql';
import { linkSDL, requiresPermissionSDL } from '#guard';
import { composeSupergraph } from '../../../examples/creators/supergraph/compose-supergraph.ts';
import { type Random, seededRandom } from '../../support/seeded-random.ts';

/** A subgraph with guards everywhere, whose values are different from each other and known by their object and field. */
export interface RandomSubgraph {
  readonly sdl: string;
  readonly supergraphSdl: string;
  /** Anew each time, as guards are put into a schema. */
  build(): GraphQLSchema;
  /** With the same values, and nothing that must have one: so no null takes what is around it with it. */
  buildNullable(): GraphQLSchema;
}

export interface Failing {
  /** Where a field that must have a value fails, too: then it is gone what its guards are about. */
  readonly nonNull: boolean;
}

const entities = ['Track', 'Album', 'Show'] as const;
const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
${linkSDL}
${requiresPermissionSDL}`;
const other = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type Query { other: Int } type Track @key(fields: "id") { id: ID! other: Int }`;

export function randomSubgraph(seed: number, failing: Failing = { nonNull: false }): RandomSubgraph {
  const sdl = new SubgraphWriter(seededRandom(seed)).write();
  const composed = composeSupergraph([
    { name: 'music-java', url: 'http://music/', sdl },
    { name: 'other', url: 'http://other/', sdl: other },
  ]);
  if (!composed.ok) throw new Error(`${composed.problems.join('\n')}\n${sdl}`);
  return {
    sdl,
    supergraphSdl: composed.supergraphSdl,
    build: () => buildWith(sdl, sdl, seed, failing),
    buildNullable: () => buildWith(nullable(sdl), sdl, seed, failing),
  };
}

class SubgraphWriter {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  write(): string {
    return `${head}
type Query { ${this.#rootFields(false)} }
type Mutation { ${this.#rootFields(true)} shelf: ShelfMutations! }
type ShelfMutations { ${this.#rootFields(true, 's')} }
interface Media { id: ID! title: String rank(by: Sort): Int }
union Any = ${entities.join(' | ')}
enum Sort { TITLE ROYALTIES${this.#inputGuard('TITLE')} }
input Range { id: ID least: Int${this.#inputGuard('$this')} inner: Range }
${entities.map((type) => this.#type(type)).join('\n')}
type Part ${this.#chance(0.3) ? this.#guard('Part', { literal: true }) : ''} { name: String${this.#guards('Part', true)} owner: ID deep: [Part!] }
`;
  }

  #rootFields(isMutation: boolean, prefix = ''): string {
    const names = isMutation ? ['change', 'make', 'touch', 'add'] : ['one', 'many', 'media', 'any', 'table', 'main'];
    return names.map((name) => this.#rootField(`${prefix}${name}`, isMutation)).join(' ');
  }

  #rootField(name: string, isMutation: boolean): string {
    const type = this.#output(!isMutation);
    const guards = this.#chance(0.5) ? this.#rootGuards(type.text, isMutation) : '';
    const input = this.#chance(0.4) ? `, range: Range, by: Sort = TITLE` : '';
    const size = `, size: Int${this.#chance(0.3) ? this.#guard('', { argument: true }) : ''}`;
    return `${name}(id: ID${input}${size}): ${type.text}${guards}`;
  }

  #rootGuards(type: string, isMutation: boolean): string {
    const one = this.#guard('', { argument: true, nullable: !type.endsWith('!') });
    const filter =
      !isMutation && filterable(type) && this.#chance(0.6)
        ? ` @requiresPermission(permission: "${this.#permission()}", onDeny: "FILTER")`
        : '';
    return `${this.#chance(0.8) ? one : ''}${filter}`;
  }

  #type(type: string): string {
    const onType = this.#chance(0.25) ? this.#guard(type, {}) : '';
    return `type ${type} implements Media @key(fields: "id")${onType} {
  id: ID!
  owner: ${this.#pick(['ID', 'ID', 'String', 'ID!'])}
  title: String${this.#guards(type, true)}
  rank(by: Sort): Int${this.#guards(type, true)}
  secret: Int${this.#guards(type, true)}
  must: String!${this.#guards(type, false)}
  part: Part${this.#guards(type, true)}
  sized(id: ID, range: Range): String${this.#guards(type, true)}
  ${['a', 'b', 'c'].map((name) => this.#reference(type, name)).join('\n  ')}
}`;
  }

  #reference(type: string, name: string): string {
    const output = this.#output(true);
    const filter =
      filterable(output.text) && this.#chance(0.4)
        ? ` @requiresPermission(permission: "${this.#permission()}", onDeny: "FILTER")`
        : '';
    return `${name}: ${output.text}${this.#guards(type, !output.text.endsWith('!'))}${filter}`;
  }

  #output(withLists: boolean): { readonly text: string } {
    const named = this.#pick([...entities, ...entities, 'Media', 'Any']);
    const item = this.#chance(0.4) ? `${named}!` : named;
    const shape = withLists ? this.#pick(['plain', 'list', 'list', 'lists']) : this.#pick(['plain', 'plain', 'list']);
    const text = shape === 'plain' ? named : shape === 'list' ? `[${item}]` : `[[${item}]]`;
    return { text: this.#chance(0.2) ? `${text}!` : text };
  }

  #guards(type: string, nullable: boolean): string {
    const count = this.#pick([0, 0, 1, 1, 2]);
    return Array.from({ length: count }, () => this.#guard(type, { nullable })).join('');
  }

  #guard(
    type: string,
    {
      nullable = false,
      literal = false,
      argument = false,
    }: { nullable?: boolean; literal?: boolean; argument?: boolean },
  ): string {
    const isEntity = entities.some((one) => one === type);
    const object = argument
      ? this.#pick(['track:{$args.id}', 'platform:main'])
      : literal || !isEntity
        ? this.#pick(['platform:main', ...(literal ? [] : ['user:{$this.owner}'])])
        : this.#pick([
            undefined,
            undefined,
            '{$this.id}',
            'user:{$this.owner}',
            'part:{$this.part.owner}',
            'platform:main',
          ]);
    const text = object === '{$this.id}' ? `${type.toLowerCase()}:${object}` : object;
    const onDeny = nullable && this.#chance(0.25) ? ', onDeny: "NULL"' : '';
    return ` @requiresPermission(permission: "${this.#permission()}"${text === undefined ? '' : `, object: "${text}"`}${onDeny})`;
  }

  #inputGuard(object: 'TITLE' | '$this'): string {
    if (!this.#chance(0.6)) return '';
    const text = object === 'TITLE' ? 'platform:main' : 'track:{$this.id}';
    return ` @requiresPermission(permission: "${this.#permission()}", object: "${text}")`;
  }

  #permission(): string {
    return this.#pick(['can_view', 'can_edit', 'can_sell']);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}

/** Plain lists of entities. */
function filterable(type: string): boolean {
  return /^\[(?:Track|Album|Show)!?\]!?$/.test(type);
}

interface Made {
  readonly __typename: string;
  readonly id: string;
  readonly depth: number;
}

function nullable(sdl: string): string {
  const strip = (type: TypeNode): TypeNode => {
    if (type.kind === Kind.NON_NULL_TYPE) return strip(type.type);
    return type.kind === Kind.LIST_TYPE ? { ...type, type: strip(type.type) } : type;
  };
  return print(visit(parse(sdl), { FieldDefinition: (field) => ({ ...field, type: strip(field.type) }) }));
}

function buildWith(sdl: string, original: string, seed: number, failing: Failing): GraphQLSchema {
  const references = Object.fromEntries(
    entities.map((type) => [type, { __resolveReference: ({ id }: { id: string }) => reference(seed, type, id) }]),
  );
  const abstract = { __resolveType: ({ __typename }: Made) => __typename };
  const resolvers = { ...references, Media: abstract, Any: abstract };
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
  const types = buildSubgraphSchema([{ typeDefs: parse(original) }]);
  for (const type of Object.values(schema.getTypeMap())) {
    const known = types.getType(type.name);
    if (!isObjectType(type) || !isObjectType(known) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) {
      const output = known.getFields()[field.name]?.type;
      if (!field.name.startsWith('_') && output) field.resolve = resolverOf(seed, type.name, output, failing);
    }
  }
  return schema;
}

function reference(seed: number, type: string, id: string): Made | null {
  return chanceOf(seed, ['reference', type, id]) < 0.1 ? null : { __typename: type, id, depth: 1 };
}

/** The same value for the same field of the same object, whoever asks. */
function resolverOf(
  seed: number,
  type: string,
  returnType: GraphQLOutputType,
  { nonNull }: Failing,
): GraphQLFieldResolver<unknown, unknown> {
  return (source, _args, _context, { fieldName }) => {
    const object = isMade(source) ? source : { __typename: type, id: 'root', depth: 0 };
    if (fieldName === 'id') return object.id;
    const place = [object.__typename, object.id, fieldName];
    const chance = chanceOf(seed, place);
    const mustBe = isNonNullType(returnType);
    if (chance < (nonNull ? 0.15 : 0.06) && (nonNull || !mustBe)) throw new Error(`Failed with <${place.join('.')}>`);
    if (fieldName === 'owner') return chance < 0.2 && !mustBe ? null : `u${Math.floor(chance * 4)}`;
    if (chance < 0.12 && !mustBe) return null;
    return madeOf(seed, returnType, place, object.depth + 1);
  };
}

function madeOf(seed: number, type: GraphQLOutputType, place: readonly string[], depth: number): unknown {
  if (isNonNullType(type)) return madeOf(seed, type.ofType, place, depth);
  const chance = chanceOf(seed, place);
  if (isListType(type)) {
    const length = depth > 4 ? 0 : Math.floor(chance * 4);
    return Array.from({ length }, (_, index) => {
      const at = [...place, String(index)];
      return chanceOf(seed, ['null', ...at]) < 0.1 && !isNonNullType(type.ofType)
        ? null
        : madeOf(seed, type.ofType, at, depth);
    });
  }
  const named = getNamedType(type);
  if (named.name === 'Int') return 1_000_000 + Math.floor(chance * 1_000_000_000);
  if (!isObjectType(named) && !isAbstractType(named)) return `<${place.join('.')}>`;
  const name = isAbstractType(named)
    ? (entities[Math.floor(chanceOf(seed, ['type', ...place]) * 3)] ?? 'Track')
    : named.name;
  return { __typename: name, id: `${Math.floor(chanceOf(seed, ['id', ...place]) * 6)}`, depth };
}

function isMade(value: unknown): value is Made {
  return typeof value === 'object' && value !== null && 'depth' in value;
}

/** From 0 up to 1, the same for the same words. */
export function chanceOf(seed: number, words: readonly string[]): number {
  let hash = seed | 0;
  for (const character of JSON.stringify(words)) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
  return seededRandom(hash)();
}
