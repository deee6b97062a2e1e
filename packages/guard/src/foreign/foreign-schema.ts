import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { guardSchema } from '../guard-schema.ts';
import type { TypeNames } from '../model-type-of.ts';
import { makeSubgraph } from '../rules/subgraph.ts';
import { takersOf } from '../rules/takers.ts';
import { readGuards } from '../rules/written-guard.ts';
import type { Asking } from './asking.ts';

/** One run of an operation: who asks, and what its fields are. */
export interface Run {
  /** The name of the open question; undefined where nobody is signed in. */
  readonly asker: string | undefined;
  read(source: unknown, info: GraphQLResolveInfo): unknown;
  typeOf(source: unknown): string | undefined;
}

/** A schema whose fields are what each run says, with the guards of the package around them. */
export function foreignSchema(document: DocumentNode, asking: Asking, types: TypeNames): GraphQLSchema {
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (source, run: Run) => run.typeOf(source);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      field.resolve = (source, _args, run: Run, info) => run.read(source, info);
    }
  }
  if (!isGuarded(document)) return schema;
  const known = Object.entries(types).filter(([name]) => isObjectType(schema.getType(name)));
  return guardSchema<Run>(schema, {
    client: asking,
    authorization: ({ asker }) => asker,
    types: Object.fromEntries(known),
  });
}

/** A schema without guards is a mistake for whoever guards it, and none where all of them were asked before. */
function isGuarded(document: DocumentNode): boolean {
  const { guards, inputs, malformed } = readGuards(makeSubgraph(document), {});
  return guards.length + malformed.length > 0 || inputs.some((guard) => takersOf(guard).length > 0);
}
