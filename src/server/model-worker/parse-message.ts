import type { EntitySetting } from '../../graphql/entity-binding.ts';
import type { ModelDocument } from '../../model/model-document.ts';
import type { ParsePurpose } from '../../model/model-parser.ts';
import type { ModelProblem, ModelSource } from '../../model/model-source.ts';

/** What the thread is given when it starts. */
export interface ThreadData {
  readonly staticSdl: string;
  readonly entities: ReadonlyMap<string, EntitySetting>;
}

export interface ParseRequest {
  readonly source: ModelSource;
  readonly purpose: ParsePurpose;
}

/** Plain data: a compiled model has functions in it and does not cross threads. */
export type ParseAnswer =
  | { readonly kind: 'read'; readonly document: ModelDocument; readonly dsl: string }
  | { readonly kind: 'refused'; readonly problems: readonly ModelProblem[] };

export type ThreadMessage = { readonly kind: 'ready' } | ParseAnswer;
