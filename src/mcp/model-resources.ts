import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import type { PreparedModel } from '../engine/prepared-model.ts';
import { limits } from '../model/limits.ts';
import { permissionsOf, type Relation } from '../model/model.ts';
import { rolesOf } from '../model/roles.ts';
import { invalid, type Refusal } from '../operations/refusal.ts';
import { describeType } from './described-model.ts';
import { readActiveModel } from './read-active-model.ts';
import type { ToolCall } from './tool.ts';

/** What can be read by an address: the active model, for whoever may read models. */
export const resources = [
  {
    uri: 'postern://model/active',
    name: 'active_model',
    title: 'The active model',
    description: 'The types of the model that decides now, each with its roles and permissions.',
    mimeType: 'application/json',
  },
] as const;

export const resourceTemplates = [
  {
    uriTemplate: 'postern://type/{name}',
    name: 'type',
    title: 'A type of the active model',
    description: 'The relations of a type, with what each is for and how it is defined.',
    mimeType: 'application/json',
  },
  {
    uriTemplate: 'postern://type/{name}/relation/{relation}',
    name: 'relation',
    title: 'A relation of a type of the active model',
    description: 'One role, permission or other relation of a type, with its definition.',
    mimeType: 'application/json',
  },
] as const;

/** What a resource holds; a refusal where there is none at that address, or the caller may not read it. */
export async function readResource(call: ToolCall, uri: string): Promise<Result<object, Refusal>> {
  const place = placeOf(uri);
  if (place === undefined) return failed(invalid('NOT_FOUND', `There is no resource ${quote(uri)}.`, []));
  const prepared = await readActiveModel(call);
  if (!prepared.ok) return prepared;
  return place.kind === 'model' ? ok(overviewOf(prepared.value)) : readType(prepared.value, place);
}

/** Names that an argument of a template may be, which begin as what is there of it; the first of them, and how many there are. */
export async function completeArgument(
  call: ToolCall,
  { template, argument, begun, type }: Completion,
): Promise<Result<Completed, Refusal>> {
  const isKnown = resourceTemplates.some(({ uriTemplate }) => uriTemplate === template);
  if (!isKnown) return failed(invalid('NOT_FOUND', `There is no resource template ${quote(template)}.`, []));
  const prepared = await readActiveModel(call);
  if (!prepared.ok) return prepared;
  const names = namesFor(prepared.value, argument, type).filter((name) => name.startsWith(begun));
  const { most } = limits.pageSize;
  return ok({ values: names.slice(0, most), total: names.length, hasMore: names.length > most });
}

export interface Completion {
  readonly template: string;
  readonly argument: string;
  /** What its value begins with. */
  readonly begun: string;
  /** The type that was chosen before, where one was. */
  readonly type: string | undefined;
}

interface Completed {
  readonly values: string[];
  readonly total: number;
  readonly hasMore: boolean;
}

function namesFor({ model }: PreparedModel, argument: string, type: string | undefined): readonly string[] {
  if (argument === 'name') return [...model.types.keys()].toSorted();
  if (argument !== 'relation') return [];
  const relations = type === undefined ? model.relations : (model.types.get(type)?.relations.values() ?? []);
  return [...new Set(Array.from(relations, ({ name }): string => name))].toSorted();
}

type Place =
  | { readonly kind: 'model' }
  | { readonly kind: 'type'; readonly type: string; readonly relation: string | undefined };

function placeOf(uri: string): Place | undefined {
  if (uri === resources[0].uri) return { kind: 'model' };
  const [, type, relation] = /^postern:\/\/type\/([^/?#]+)(?:\/relation\/([^/?#]+))?$/.exec(uri) ?? [];
  if (type === undefined) return undefined;
  try {
    return {
      ...{ kind: 'type', type: decodeURIComponent(type) },
      relation: relation === undefined ? undefined : decodeURIComponent(relation),
    };
  } catch {
    return undefined;
  }
}

function overviewOf({ id, model }: PreparedModel): object {
  const types = [...model.types.values()].map((type) => {
    const names = (relations: readonly Relation[]) => relations.map(({ name }) => name);
    return { name: type.name, roles: names(rolesOf(model, type)), permissions: names(permissionsOf(type)) };
  });
  return { model: id, types };
}

function readType(
  prepared: PreparedModel,
  { type: name, relation: wanted }: Extract<Place, { readonly kind: 'type' }>,
): Result<object, Refusal> {
  const { types } = prepared.model;
  const type = types.get(name);
  if (type === undefined) {
    return failed(invalid('UNKNOWN_TYPE', `There is no type ${quote(name)}.${didYouMean(name, types.keys())}`, []));
  }
  const described = describeType(prepared, type);
  if (wanted === undefined) return ok({ model: prepared.id, ...described });
  const relation = described.relations.find((known) => known.name === wanted);
  if (relation !== undefined) return ok({ model: prepared.id, type: name, ...relation });
  const near = didYouMean(wanted, type.relations.keys());
  return failed(invalid('UNKNOWN_RELATION', `The type ${quote(name)} has no relation ${quote(wanted)}.${near}`, []));
}
