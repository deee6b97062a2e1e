import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import type { Spot } from './find-place.ts';
import type { ConditionDocument, ModelDocument, RelationMetadata, RewriteDocument } from './model-document.ts';

/** A module as it is read: a model's JSON, and which of its types are extensions. */
export interface ReadModule {
  /** The file's name as `fga.mod` lists it. */
  readonly name: string;
  readonly json: ModelDocument;
  readonly extensions: ReadonlySet<object>;
}

/** A problem between modules: the module that is too much, and what in it. */
export interface MergeProblem {
  readonly module: string;
  readonly spot: Spot;
  readonly message: string;
}

interface MergedType {
  readonly type: string;
  readonly relations: Record<string, RewriteDocument>;
  readonly metadata: { readonly relations: Record<string, RelationMetadata>; readonly source_info: { file: string } };
}

/** One model of modules: types where they are defined, with the relations that other modules add to them. */
export function mergeModules(modules: readonly ReadModule[]): {
  readonly json: ModelDocument;
  readonly problems: readonly MergeProblem[];
} {
  const types = new Map<string, MergedType>();
  const conditions = new Map<string, ConditionDocument>();
  const problems: MergeProblem[] = [];
  const names = modules.map(({ name }) => name);
  for (const [index, module] of modules.entries()) {
    if (names.indexOf(module.name) < index) problems.push(namedTwice(module.name));
    problems.push(...addTypes(types, module), ...addConditions(conditions, module));
  }
  for (const module of modules) problems.push(...extendTypes(types, module));
  const json = {
    schema_version: '1.2',
    type_definitions: [...types.values()],
    conditions: Object.fromEntries(conditions),
  };
  return { json, problems };
}

/** Then nobody could tell which of the two a problem is in. */
function namedTwice(name: string): MergeProblem {
  return { module: name, spot: { kind: 'schema' }, message: `Two modules are called ${quote(name)}; name each once.` };
}

function addTypes(types: Map<string, MergedType>, { name, json, extensions }: ReadModule): readonly MergeProblem[] {
  return (json.type_definitions ?? []).flatMap((definition): readonly MergeProblem[] => {
    if (extensions.has(definition)) return [];
    const { type, relations, metadata } = definition;
    if (types.has(type)) {
      return [{ module: name, spot: { kind: 'type', type }, message: `The type ${quote(type)} is defined twice.` }];
    }
    const merged = { ...metadata, relations: { ...metadata?.relations }, source_info: { file: name } };
    types.set(type, { type, relations: { ...relations }, metadata: merged });
    return [];
  });
}

function addConditions(
  conditions: Map<string, ConditionDocument>,
  { name, json }: ReadModule,
): readonly MergeProblem[] {
  return Object.entries(json.conditions ?? {}).flatMap(([condition, definition]): readonly MergeProblem[] => {
    if (conditions.has(condition)) {
      const message = `The condition ${quote(condition)} is defined twice.`;
      return [{ module: name, spot: { kind: 'condition', condition }, message }];
    }
    conditions.set(condition, { ...definition, metadata: { ...definition.metadata, source_info: { file: name } } });
    return [];
  });
}

function extendTypes(types: Map<string, MergedType>, { name, json, extensions }: ReadModule): readonly MergeProblem[] {
  return (json.type_definitions ?? []).flatMap((extension): readonly MergeProblem[] => {
    if (!extensions.has(extension)) return [];
    const { type } = extension;
    const merged = types.get(type);
    if (merged === undefined) {
      const message = `The type ${quote(type)} is extended, but no module defines it.${didYouMean(type, types.keys())}`;
      return [{ module: name, spot: { kind: 'type', type }, message }];
    }
    return Object.entries(extension.relations ?? {}).flatMap(([relation, rewrite]): readonly MergeProblem[] => {
      if (merged.relations[relation] !== undefined) {
        const message = `The relation ${quote(relation)} of the type ${quote(type)} is defined twice.`;
        return [{ module: name, spot: { kind: 'relation', type, relation }, message }];
      }
      merged.relations[relation] = rewrite;
      const metadata = extension.metadata?.relations?.[relation];
      merged.metadata.relations[relation] = { ...metadata, source_info: { file: name } };
      return [];
    });
  });
}
