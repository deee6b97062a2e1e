import { SyntaxProblem } from './syntax.ts';

/** What is known of a part of an expression before it is evaluated; cel-go's types, so that the same models are refused. */
export type StaticType =
  | { readonly kind: ScalarTypeKind }
  /** A number, text, bool or bytes that can also be null: what a message such as `google.protobuf.Int64Value` gives. */
  | { readonly kind: 'wrapper'; readonly of: StaticType }
  | { readonly kind: 'list'; readonly element: StaticType; readonly size: number }
  | { readonly kind: 'map'; readonly key: StaticType; readonly value: StaticType; readonly size: number }
  | { readonly kind: 'address' }
  | { readonly kind: 'type'; readonly of: StaticType | undefined; readonly size: number }
  /** Stands for a type that is found out: of a generic function, or of the elements of `[]`. */
  | { readonly kind: 'variable'; readonly name: string };

export type ScalarTypeKind =
  /** What a parameter of the type `any` is: as good as `dyn`, but no macro goes through it. */
  'any' | 'bool' | 'bytes' | 'double' | 'duration' | 'dyn' | 'int' | 'null' | 'string' | 'timestamp' | 'uint';

export const any: StaticType = { kind: 'any' };
export const bool: StaticType = { kind: 'bool' };
export const bytes: StaticType = { kind: 'bytes' };
export const double: StaticType = { kind: 'double' };
export const duration: StaticType = { kind: 'duration' };
export const dyn: StaticType = { kind: 'dyn' };
export const int: StaticType = { kind: 'int' };
export const nullType: StaticType = { kind: 'null' };
export const string: StaticType = { kind: 'string' };
export const timestamp: StaticType = { kind: 'timestamp' };
export const uint: StaticType = { kind: 'uint' };
export const address: StaticType = { kind: 'address' };

export function listOf(element: StaticType): StaticType {
  return { kind: 'list', element, size: sizeWith([element]) };
}

export function mapOf(key: StaticType, value: StaticType): StaticType {
  return { kind: 'map', key, value, size: sizeWith([key, value]) };
}

export function typeOf(of: StaticType | undefined): StaticType {
  return { kind: 'type', of, size: sizeWith(of === undefined ? [] : [of]) };
}

/** A few macros in a row can make a type that is written out of more parts than there is time to look at. */
const maxTypeSize = 1000;

function sizeWith(parts: readonly StaticType[]): number {
  const size = parts.reduce((sum, part) => sum + ('size' in part ? part.size : 1), 1);
  if (size > maxTypeSize) throw new SyntaxProblem(0, 'the type of a part is made of too many others');
  return size;
}

export function variable(name: string): StaticType {
  return { kind: 'variable', name };
}

/** Whether nothing is known of it but that it is a value. */
export function isDynamic({ kind }: StaticType): boolean {
  return kind === 'dyn' || kind === 'any';
}

/** What a type is made of. */
export function partsOf(type: StaticType): readonly StaticType[] {
  if (type.kind === 'list') return [type.element];
  if (type.kind === 'map') return [type.key, type.value];
  return type.kind === 'type' && type.of !== undefined ? [type.of] : [];
}

export function isSameType(left: StaticType, right: StaticType): boolean {
  if (left.kind === 'wrapper') return isSameType(left.of, right);
  if (right.kind === 'wrapper') return isSameType(left, right.of);
  if (left.kind !== right.kind) return false;
  if (left.kind === 'variable') return right.kind === 'variable' && left.name === right.name;
  const [some, others] = [partsOf(left), partsOf(right)];
  return some.length === others.length && some.every((part, index) => isSameType(part, others[index] ?? part));
}

/** The type as a message writes it. */
export function formatType(type: StaticType): string {
  switch (type.kind) {
    case 'wrapper':
      return `${formatType(type.of)} or null`;
    case 'list':
      return `list<${formatType(type.element)}>`;
    case 'map':
      return type.key.kind === 'string'
        ? `map<${formatType(type.value)}>`
        : `map<${formatType(type.key)}, ${formatType(type.value)}>`;
    case 'address':
      return 'ipaddress';
    case 'dyn':
    case 'variable':
      return 'any';
    default:
      return type.kind;
  }
}
