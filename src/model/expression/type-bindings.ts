import { isDynamic, isSameType, listOf, mapOf, partsOf, type StaticType, typeOf } from './static-type.ts';

type Variable = Extract<StaticType, { readonly kind: 'variable' }>;

/**
 * What the variables among the types stand for, as far as it is known.
 *
 * The rules, and their order, are those of cel-go's checker: another order would find other types for `[]` and `dyn`.
 */
export class TypeBindings {
  #known = new Map<string, StaticType>();
  #count = 0;

  fresh(): StaticType {
    this.#count += 1;
    return { kind: 'variable', name: `_${this.#count}` };
  }

  /** Whether a value of each `given` type can stand where the `wanted` one is; what that says about variables is kept. */
  areAssignable(given: readonly StaticType[], wanted: readonly StaticType[]): boolean {
    const before = new Map(this.#known);
    const fit = given.length === wanted.length && given.every((type, index) => this.#fits(type, wanted[index] ?? type));
    if (!fit) this.#known = before;
    return fit;
  }

  isAssignable(given: StaticType, wanted: StaticType): boolean {
    return this.areAssignable([given], [wanted]);
  }

  /** The type with everything in place that is known by now. */
  resolve(type: StaticType): StaticType {
    switch (type.kind) {
      case 'variable': {
        const known = this.#known.get(type.name);
        return known === undefined ? type : this.resolve(known);
      }
      case 'list':
        return listOf(this.resolve(type.element));
      case 'map':
        return mapOf(this.resolve(type.key), this.resolve(type.value));
      case 'type':
        return typeOf(type.of && this.resolve(type.of));
      default:
        return type;
    }
  }

  #fits(given: StaticType, wanted: StaticType): boolean {
    if (wanted.kind === 'variable') {
      const { fits, wasKnown } = this.#bind(given, wanted);
      if (fits || wasKnown) return fits;
    }
    if (given.kind === 'variable') return this.#bind(wanted, given).fits;
    if (isDynamic(given) || isDynamic(wanted)) return true;
    if (given.kind === 'null') return takesNull(wanted);
    if (wanted.kind === 'null') return takesNull(given);
    if (given.kind === 'type') return wanted.kind === 'type';
    if (given.kind === 'list' || given.kind === 'map') {
      if (given.kind !== wanted.kind) return false;
      const others = partsOf(wanted);
      return partsOf(given).every((part, index) => this.#fits(part, others[index] ?? part));
    }
    return isSameType(given, wanted);
  }

  #bind(type: StaticType, variable: Variable): { readonly fits: boolean; readonly wasKnown: boolean } {
    if (isSameType(type, variable)) return { fits: true, wasKnown: true };
    const known = this.#known.get(variable.name);
    if (known === undefined) {
      const isFree = this.#isFree(variable, type);
      if (isFree) this.#known.set(variable.name, type);
      return { fits: isFree, wasKnown: false };
    }
    if (isSameType(type, known)) return { fits: true, wasKnown: true };
    if (!this.#fits(type, known)) return { fits: false, wasKnown: true };
    const general = isLessSpecific(type, known) ? type : known;
    if (this.#isFree(variable, general)) this.#known.set(variable.name, general);
    return { fits: true, wasKnown: true };
  }

  /** Whether the variable does not occur in the type. */
  #isFree(variable: Variable, within: StaticType): boolean {
    if (isSameType(variable, within)) return false;
    if (within.kind === 'variable') {
      const known = this.#known.get(within.name);
      return known === undefined || this.#isFree(variable, known);
    }
    return partsOf(within).every((part) => this.#isFree(variable, part));
  }
}

function takesNull(type: StaticType): boolean {
  return ['wrapper', 'null', 'address', 'duration', 'timestamp'].includes(type.kind);
}

/** Whether the first type says as little as the second, or less. */
export function isLessSpecific(one: StaticType, other: StaticType): boolean {
  if (isDynamic(one) || one.kind === 'variable') return true;
  if (isDynamic(other) || other.kind === 'variable') return false;
  if (one.kind === 'list' || one.kind === 'map') {
    if (one.kind !== other.kind) return false;
    const others = partsOf(other);
    return partsOf(one).every((part, index) => isLessSpecific(part, others[index] ?? part));
  }
  return one.kind === 'type' ? other.kind === 'type' : isSameType(one, other);
}
