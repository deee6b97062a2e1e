import { quote } from '../../../base/text-problem.ts';
import type { Caveat, Definition, Permission, Schema, SchemaRelation } from '../spicedb/schema.ts';
import type { Construct, RefusedPart } from './construct.ts';
import type { Draft } from './draft-model.ts';
import { meaningOfCondition, meaningOfName } from './meaning-of-name.ts';
import type { Named, SchemaNames } from './name-schema.ts';
import { printTerm } from './translate-expression.ts';

/** What became of each part of a schema, in the order of its lines. */
export function constructsOf(
  schema: Schema,
  names: SchemaNames,
  refused: ReadonlyMap<Named, RefusedPart>,
  draft: Draft,
  general: readonly string[],
): readonly Construct[] {
  const context = { names, refused, draft };
  const parts = [
    ...schema.uses.map(({ name, line }): Construct => ({ ...done(line, `use ${name}`, ''), as: undefined })),
    ...schema.caveats.map((caveat) => ofCaveat(context, caveat)),
    ...schema.definitions.flatMap((definition) => [
      ofDefinition(context, definition),
      ...definition.relations.map((relation) => ofRelation(context, definition, relation)),
      ...definition.permissions.map((permission) => ofPermission(context, definition, permission)),
    ]),
  ];
  const whole = general.map((why): Construct => ({ ...left(undefined, 'schema', { kind: 'model', why }) }));
  return [...parts.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)), ...whole];
}

interface Context {
  readonly names: SchemaNames;
  readonly refused: ReadonlyMap<Named, RefusedPart>;
  readonly draft: Draft;
}

function done(
  line: number,
  construct: string,
  as: string,
  kind: Construct['kind'] = 'exact',
  note?: string,
): Construct {
  return { line, construct, kind, as, note };
}

function left(line: number | undefined, construct: string, { kind, why }: RefusedPart): Construct {
  return { line, construct, kind: 'refused', as: undefined, note: why, refusal: kind };
}

function ofDefinition({ names, refused, draft }: Context, definition: Definition): Construct {
  const construct = `definition ${definition.name}`;
  const refusal = refused.get(definition);
  if (refusal !== undefined) return left(definition.line, construct, refusal);
  const [itself, nothing] = [draft.helpers.itself.get(definition), draft.helpers.nothing.get(definition)];
  const notes = [
    ...(itself === undefined
      ? []
      : [`Each object has a relationship ${quote(itself)} to itself: write it for a new one as well.`]),
    ...(nothing === undefined ? [] : [`${quote(nothing)} is what nobody holds.`]),
  ];
  const kind = itself === undefined ? 'exact' : 'helper';
  return done(definition.line, construct, `type ${names.typeOf(definition.name)}`, kind, said(notes));
}

function ofRelation(context: Context, definition: Definition, relation: SchemaRelation): Construct {
  const { names, refused, draft } = context;
  const construct = `relation ${definition.name}#${relation.name}`;
  const refusal = refused.get(relation);
  if (refusal !== undefined) return left(relation.line, construct, refusal);
  const name = names.memberOf(definition, relation.name);
  const objects = draft.helpers.objects.get(relation);
  const meaning = meaningOfName(name);
  const overlooked = findOverlooked(relation);
  const isChanged = meaning !== undefined || overlooked !== undefined;
  const kind = isChanged ? 'changed' : objects === undefined ? 'exact' : 'helper';
  const notes = [
    ...(meaning === undefined ? [] : [meaning]),
    ...(overlooked === undefined ? [] : [seenHere(overlooked)]),
    ...(objects === undefined ? [] : [writtenTwice(objects)]),
    ...(draft.deadEnds.has(relation) ? [takesNobody] : []),
    ...(relation.subjects.some(({ expires }) => expires) ? [endsAsked] : []),
  ];
  return done(relation.line, construct, `relation ${names.typeOf(definition.name)}#${name}`, kind, said(notes));
}

/**
 * A type whose objects have a caveat where its sets have none. SpiceDB (seen in 1.54.0; `npm run fuzz:spicedb`) then does not find the
 * objects that have one, whatever the caveat says.
 */
function findOverlooked({ subjects }: SchemaRelation): string | undefined {
  const sets = subjects.filter(({ kind, caveat }) => kind === 'set' && caveat === undefined);
  const found = subjects.find(
    ({ kind, type, caveat }) => kind === 'object' && caveat !== undefined && sets.some((set) => set.type === type),
  );
  return found?.type;
}

function seenHere(type: string): string {
  return `SpiceDB has been seen not to find a ${quote(type)} that has a caveat where sets of ${quote(type)} have none: here it is found, so whoever was denied for that may be allowed.`;
}

function writtenTwice(objects: string): string {
  return `Each of its relationships is written once more for ${quote(objects)}, where arrows begin: write it so as well.`;
}

const takesNobody = 'It takes a type that nobody is of, for nobody else can ever be the first to hold it.';
const endsAsked = 'An end is written with a relationship, and none is asked for.';

function ofPermission(context: Context, definition: Definition, permission: Permission): Construct {
  const { names, refused, draft } = context;
  const construct = `permission ${definition.name}#${permission.name}`;
  const refusal = refused.get(permission);
  if (refusal !== undefined) return left(permission.line, construct, refusal);
  const name = names.memberOf(definition, permission.name);
  const made = draft.types.flatMap(({ relations }) => relations).find(({ source }) => source === permission);
  const meaning = meaningOfName(name);
  const helpers = helpersIn(draft, made === undefined ? '' : printTerm(made.rewrite, ''));
  const notes = [
    ...(meaning === undefined ? [] : [meaning]),
    ...(helpers.length === 0 ? [] : [`It is computed with ${helpers.map(quote).join(', ')}.`]),
  ];
  const nothing = new Set(draft.helpers.nothing.values());
  const isHelped = helpers.some((helper) => !nothing.has(helper));
  const kind = meaning === undefined ? (isHelped ? 'helper' : 'exact') : 'changed';
  return done(permission.line, construct, `permission ${names.typeOf(definition.name)}#${name}`, kind, said(notes));
}

/** The relations that the source does not have, in a definition. */
function helpersIn({ helpers }: Draft, definition: string): readonly string[] {
  const words = new Set(definition.split(/[\s()]+/));
  const made = [...helpers.objects.values(), ...helpers.itself.values(), ...helpers.nothing.values()];
  return [...new Set(made.filter((name) => words.has(name)))];
}

function ofCaveat({ names, refused, draft }: Context, caveat: Caveat): Construct {
  const construct = `caveat ${caveat.name}`;
  const refusal = refused.get(caveat);
  if (refusal !== undefined) return left(caveat.line, construct, refusal);
  if (draft.unused.has(caveat)) {
    return {
      ...done(
        caveat.line,
        construct,
        '',
        'changed',
        'No relation names it, and a model has no such condition: it is left out.',
      ),
      as: undefined,
    };
  }
  const name = names.caveatOf(caveat.name);
  const made = draft.conditions.find(({ source }) => source === caveat);
  const meaning = meaningOfCondition(name);
  const kind = meaning === undefined ? (made?.kind ?? 'exact') : 'changed';
  const notes = [...(meaning === undefined ? [] : [meaning]), ...(made?.note === undefined ? [] : [made.note])];
  return done(caveat.line, construct, `condition ${name}`, kind, said(notes));
}

function said(notes: readonly string[]): string | undefined {
  return notes.length === 0 ? undefined : notes.join(' ');
}
