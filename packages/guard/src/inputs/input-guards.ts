import {
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { defaultOf, isSameValue } from './default-of.ts';

/** Something that callers give: an argument, a field of an input, a value of an enum. */
export type Input = GraphQLArgument | GraphQLInputField | GraphQLEnumValue;

/** What guards have to say of themselves to be asked in the same order everywhere. */
export interface Placed {
  /** `Query.tracks(sortBy:)`, `Filter.sortBy`, `Sort.ROYALTIES` */
  readonly coordinate: string;
  /** Which one it is of several at one place. */
  readonly order: number;
}

/** The guards on one input, which schemas that are made of others may call otherwise than it is called in them. */
export type GuardsOn<Guard> = (input: Input, coordinate: string) => readonly Guard[];

/** A guard whose input was given, and the values that it was given in: for a field of an input each such input. */
export interface Given<Guard> {
  readonly guard: Guard;
  readonly owners: readonly unknown[];
}

/** Counts what is looked at; it throws, or answers no, when that is too much. */
export type Spend = () => boolean;

export interface Taken<Guard> {
  /** Copies of what guards look at, which nobody else has. */
  readonly args: unknown;
  readonly given: readonly Given<Guard>[];
  /** Whether all of it was looked at. */
  readonly isWhole: boolean;
}

type AnyField = Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>;

interface Walk<Guard> {
  readonly given: Map<Guard, unknown[]>;
  readonly spend: Spend;
  isWhole: boolean;
}

/**
 * Finds what a call of a field is given of what is guarded: as arguments, in inputs and lists at any depth, as values of enums.
 * It looks at the values that the field runs with, so it is all the same how they were written. What is equal to the default of
 * its place was not given: the field would run with it anyhow.
 */
export class InputGuards<Guard extends Placed> {
  readonly #guardsOn: GuardsOn<Guard>;
  readonly #inTypes = new Map<GraphQLNamedInputType, readonly Guard[]>();
  readonly #inFields = new WeakMap<AnyField, readonly Guard[]>();
  readonly #ofValues = new Map<GraphQLEnumType, ReadonlyMap<unknown, readonly Guard[]>>();

  constructor(guardsOn: GuardsOn<Guard>) {
    this.#guardsOn = guardsOn;
  }

  /** Every guard that a call of the field can meet in its arguments. */
  within(type: string, field: AnyField): readonly Guard[] {
    const known = this.#inFields.get(field);
    if (known !== undefined) return known;
    const found = field.args.flatMap((arg) => [
      ...this.#guardsOn(arg, argumentCoordinate(type, field, arg)),
      ...this.#inType(getNamedType(arg.type)),
    ]);
    const guards = [...new Set(found)].sort(inOrder);
    this.#inFields.set(field, guards);
    return guards;
  }

  /** What of it a call is given. */
  take(type: string, field: AnyField, args: unknown, spend: Spend): Taken<Guard> {
    if (this.within(type, field).length === 0 || !isObject(args)) return { args, given: [], isWhole: true };
    const walk: Walk<Guard> = { given: new Map(), spend, isWhole: true };
    const own = copyOf(args);
    for (const arg of field.args) this.#takeIn(own, arg, argumentCoordinate(type, field, arg), undefined, walk);
    const given = [...walk.given].map(([guard, owners]) => ({ guard, owners }));
    return { args: own, given: given.sort((a, b) => inOrder(a.guard, b.guard)), isWhole: walk.isWhole };
  }

  /** Looks at what stands under the name of an input in an object, and puts a copy in its place. */
  #takeIn(
    object: Record<string, unknown>,
    input: GraphQLArgument | GraphQLInputField,
    coordinate: string,
    owner: unknown,
    walk: Walk<Guard>,
  ): void {
    const value = valueIn(object, input.name);
    if (value === undefined || isSameValue(value, defaultOf(input))) return;
    for (const guard of this.#guardsOn(input, coordinate)) add(walk, guard, owner);
    if (this.#inType(getNamedType(input.type)).length === 0) return;
    object[input.name] = this.#takeValue(value, input.type, walk);
  }

  #takeValue(value: unknown, type: GraphQLInputType, walk: Walk<Guard>): unknown {
    if (!walk.isWhole || !walk.spend()) {
      walk.isWhole = false;
      return value;
    }
    if (isNonNullType(type)) return this.#takeValue(value, type.ofType, walk);
    if (Array.isArray(value)) {
      const inner = isListType(type) ? type.ofType : type;
      return value.map((item: unknown) => this.#takeValue(item, inner, walk));
    }
    if (isListType(type)) return this.#takeValue(value, type.ofType, walk);
    if (isEnumType(type)) {
      for (const guard of this.#valuesOf(type).get(value) ?? []) add(walk, guard, undefined);
    }
    if (!isInputObjectType(type) || !isObject(value)) return value;
    const own = copyOf(value);
    for (const field of Object.values(type.getFields())) {
      this.#takeIn(own, field, `${type.name}.${field.name}`, value, walk);
    }
    return own;
  }

  /** Everything in a type that is given, itself included. */
  #inType(start: GraphQLNamedInputType): readonly Guard[] {
    const known = this.#inTypes.get(start);
    if (known !== undefined) return known;
    const guards = new Set<Guard>();
    const types = new Set<GraphQLNamedInputType>([start]);
    for (const type of types) {
      if (isEnumType(type)) for (const guard of [...this.#valuesOf(type).values()].flat()) guards.add(guard);
      if (!isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        for (const guard of this.#guardsOn(field, `${type.name}.${field.name}`)) guards.add(guard);
        types.add(getNamedType(field.type));
      }
    }
    const found = [...guards];
    this.#inTypes.set(start, found);
    return found;
  }

  /** By what resolvers get for them, which several names can stand for: then each one's guards are needed. */
  #valuesOf(type: GraphQLEnumType): ReadonlyMap<unknown, readonly Guard[]> {
    const known = this.#ofValues.get(type);
    if (known !== undefined) return known;
    const found = new Map<unknown, readonly Guard[]>();
    for (const value of type.getValues()) {
      const guards = this.#guardsOn(value, `${type.name}.${value.name}`);
      found.set(value.value, [...(found.get(value.value) ?? []), ...guards]);
    }
    this.#ofValues.set(type, found);
    return found;
  }
}

function add<Guard>({ given }: Walk<Guard>, guard: Guard, owner: unknown): void {
  const owners = given.get(guard);
  if (owners === undefined) given.set(guard, [owner]);
  else owners.push(owner);
}

function argumentCoordinate(type: string, field: AnyField, { name }: GraphQLArgument): string {
  return `${type}.${field.name}(${name}:)`;
}

/** Schemas have their parts in different orders; the guards of a call have one. */
function inOrder(one: Placed, other: Placed): number {
  if (one.coordinate !== other.coordinate) return one.coordinate < other.coordinate ? -1 : 1;
  return one.order - other.order;
}

/** Also what is inherited, as servers make arguments in many ways; but not what every object has. */
function valueIn(object: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  const value = object[name];
  return value === Reflect.get(Object.prototype, name) ? undefined : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function copyOf(value: Record<string, unknown>): Record<string, unknown> {
  return Object.assign(Object.create(Object.getPrototypeOf(value)), value);
}
