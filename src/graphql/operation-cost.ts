import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { isRecord } from '../base/canonical-json.ts';
import { limits } from '../model/limits.ts';
import { costlyFieldOf } from './costly-field.ts';
import { assumedItems, type FieldPrice, type SentArguments } from './field-price.ts';

/** What an operation asks for, by its text and variables alone: at least as much as will be done for it. */
export interface OperationCost {
  points: number;
  selections: number;
  checks: number;
  /** Those of them that something depends on. */
  enforced: number;
  /** Fields that open a state of their own to be answered. */
  questions: number;
  /** Those of them that take longer than checks. */
  longQuestions: number;
  /** Fields of the answer. */
  fields: number;
  representations: number;
  mutations: number;
  dryRuns: number;
}

export interface SentOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Points of a field of the answer, whatever it is. */
const pointsPerField = 0.05;
/** Points of a selection, and of a check: of one that has not far to go. */
const pointsPerSelection = 2;
const pointsPerCheck = 1;

/** The cost of a valid operation, found without doing anything of it. */
export function costOf(sent: SentOperation): OperationCost {
  const { schema, operation } = sent;
  const root = schema.getRootType(operation.operation);
  const cost: OperationCost = {
    points: 0,
    selections: 0,
    checks: 0,
    enforced: 0,
    questions: 0,
    longQuestions: 0,
    fields: 0,
    representations: 0,
    mutations: 0,
    dryRuns: 0,
  };
  if (!root) return cost;
  new Reckoning(sent, cost).add(operation.selectionSet, root, { times: 1, items: assumedItems, entities: undefined });
  cost.points += cost.checks * pointsPerCheck + cost.fields * pointsPerField + cost.selections * pointsPerSelection;
  return cost;
}

/** How often what stands somewhere in an operation is answered. */
interface Repetition {
  readonly times: number;
  /** How many items the next list has. */
  readonly items: number;
  /** In `_entities`: how many representations there are of each type. */
  readonly entities: ReadonlyMap<unknown, number> | undefined;
}

class Reckoning {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #cost: OperationCost;

  constructor({ schema, document, operation, variables }: SentOperation, cost: OperationCost) {
    this.#schema = schema;
    this.#cost = cost;
    this.#variables = withDefaults(variables, operation);
    this.#fragments = new Map();
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  add(set: SelectionSetNode, parent: GraphQLObjectType | undefined, repetition: Repetition): void {
    for (const selection of set.selections) {
      // A few fragments in one another can stand for millions of fields, also of an empty list.
      this.#cost.selections += 1;
      if (this.#cost.selections > limits.selections.most) return;
      if (this.#isIncluded(selection)) this.#addSelection(selection, parent, repetition);
    }
  }

  #addSelection(selection: SelectionNode, parent: GraphQLObjectType | undefined, repetition: Repetition): void {
    if (selection.kind === Kind.FIELD) {
      if (parent !== undefined) this.#addField(selection, parent, repetition);
      return;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
    if (fragment !== undefined) this.#addFragment(fragment, parent, repetition);
  }

  #addFragment(
    { typeCondition, selectionSet }: FragmentDefinitionNode | InlineFragmentNode,
    parent: GraphQLObjectType | undefined,
    repetition: Repetition,
  ): void {
    const type = typeCondition && this.#schema.getType(typeCondition.name.value);
    const { entities } = repetition;
    if (!isObjectType(type)) this.add(selectionSet, parent, repetition);
    else if (entities === undefined) this.add(selectionSet, type, repetition);
    // Of the representations, only those of this type answer what stands here.
    else this.add(selectionSet, type, { ...repetition, times: entities.get(type.name) ?? 0, entities: undefined });
  }

  #addField(node: FieldNode, parent: GraphQLObjectType, repetition: Repetition): void {
    this.#cost.fields += repetition.times;
    const field = costlyFieldOf(parent, node.name.value);
    if (field === undefined) return;
    const { price, type, isList } = field;
    const args = price === undefined ? {} : this.#argumentsOf(node);
    if (price !== undefined) this.#charge(price, args, repetition.times);
    if (parent === this.#schema.getMutationType()) this.#cost.mutations += 1;
    if (node.selectionSet === undefined) return;
    const items = price?.items?.(args) ?? repetition.items;
    const entities = node.name.value === '_entities' ? countTypes(args.representations) : undefined;
    this.#cost.representations += entities === undefined ? 0 : items;
    this.add(node.selectionSet, type, {
      times: repetition.times * (isList ? items : 1),
      items: isList ? assumedItems : items,
      entities,
    });
  }

  #charge(price: FieldPrice, args: SentArguments, times: number): void {
    this.#cost.points += price.points(args) * times;
    const checks = (price.checks?.(args) ?? 0) * times;
    this.#cost.checks += checks;
    if (price.isEnforced === true) this.#cost.enforced += checks;
    if (price.isQuestion === true) this.#cost.questions += times;
    if (price.isQuestion === true && price.isQuick !== true) this.#cost.longQuestions += times;
    if (price.isDryRun?.(args)) this.#cost.dryRuns += times;
  }

  #argumentsOf({ arguments: given = [] }: FieldNode): SentArguments {
    return Object.fromEntries(
      given.map(({ name, value }) => [name.value, valueFromASTUntyped(value, this.#variables as Variables)]),
    );
  }

  #isIncluded(node: SelectionNode): boolean {
    if ((node.directives ?? []).length === 0) return true;
    // What cannot be read is refused when it is executed.
    try {
      if (getDirectiveValues(GraphQLSkipDirective, node, this.#variables)?.if === true) return false;
      return getDirectiveValues(GraphQLIncludeDirective, node, this.#variables)?.if !== false;
    } catch {
      return true;
    }
  }
}

type Variables = Parameters<typeof valueFromASTUntyped>[1];

function countTypes(representations: unknown): ReadonlyMap<unknown, number> {
  const list: readonly unknown[] = Array.isArray(representations) ? representations : [representations];
  const counts = new Map<unknown, number>();
  for (const one of list) {
    const type = isRecord(one) ? one.__typename : undefined;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

function withDefaults(
  variables: Readonly<Record<string, unknown>>,
  { variableDefinitions = [] }: OperationDefinitionNode,
): Readonly<Record<string, unknown>> {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
  );
  return defaults.length === 0 ? variables : { ...Object.fromEntries(defaults), ...variables };
}
