import { useQuery } from '@tanstack/react-query';
import {
  ModelDocument,
  type ModelQueryVariables,
  ModelSheetsDocument,
  type ModelSheetsQuery,
  ModelsDocument,
  type ModelsQuery,
  ModelTextDocument,
  type ModelTextQuery,
  ModelTypesDocument,
  type ModelTypesQuery,
  type TypedDocumentString,
} from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { useRights } from './rights.ts';
import { useCaller } from './session.ts';
import { usePages } from './use-pages.ts';

export type ModelVersion = ModelsQuery['authorizationModels']['edges'][number]['node'];
export type ModelText = NonNullable<ModelTextQuery['authorizationModel']>;
export type ModelType = NonNullable<NonNullable<ModelTypesQuery['authorizationModel']>['types']>[number];
export type ModelRelation = ModelType['relations'][number];
/** What the roles of a type give. */
export type TypeSheets = NonNullable<NonNullable<ModelSheetsQuery['authorizationModel']>['types']>[number];
export type RoleSheet = NonNullable<TypeSheets['relations'][number]['gives']>;

/** A text of a model: a module by its file name, or all of it, which has none. */
export interface ModelFile {
  readonly name: string | null;
  readonly dsl: string;
}

/** The published models, the newest first; asked only by those who may read them, as a refusal is recorded. */
export function useModels() {
  const { isKnown, mayReadModel } = useRights();
  const pages = usePages({
    question: ['models'],
    isEnabled: mayReadModel,
    read: async (after) => ({ ...(await ask(ModelsDocument, { after })).authorizationModels, isCutShort: false }),
  });
  return { ...pages, isNotForMe: isKnown && !mayReadModel };
}

/** A published model, or the active one where none is named; null where there is none. */
export function useModel(id: string | undefined) {
  const { isKnown, mayReadModel } = useRights();
  return { ...useOf(ModelDocument, 'model', id), isNotForMe: isKnown && !mayReadModel };
}

export function useModelText(id: string | undefined) {
  return useOf(ModelTextDocument, 'model-text', id);
}

export function useModelTypes(id: string) {
  return useOf(ModelTypesDocument, 'model-types', id);
}

export function useRoleSheets(id: string) {
  return useOf(ModelSheetsDocument, 'model-sheets', id);
}

/** A part of a model. Each page asks for the one that it shows: to read all of them at once is a lot of work. */
function useOf<Part>(
  document: TypedDocumentString<{ readonly authorizationModel: Part }, ModelQueryVariables>,
  name: string,
  id: string | undefined,
) {
  const { subject } = useCaller();
  const { mayReadModel } = useRights();
  return useQuery({
    queryKey: [name, subject, id],
    queryFn: async () => (await ask(document, { id })).authorizationModel,
    enabled: mayReadModel,
  });
}

/** Its modules as they were published, with their comments, or its one text. */
export function filesOf({ modules, dsl }: Pick<ModelText, 'modules' | 'dsl'>): readonly ModelFile[] {
  return modules.length > 0 ? modules : [{ name: null, dsl }];
}
