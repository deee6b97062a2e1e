import fc from 'fast-check';
import { compileModel } from '../../src/model/compile-model.ts';
import { entryPointProblems } from '../../src/model/find-entry-points.ts';
import type { Model } from '../../src/model/model.ts';
import type { ModelDocument, RewriteDocument, TypeDocument } from '../../src/model/model-document.ts';
import { dsl } from './parse.ts';

/** A model that the engine may be asked of, compiled without its text: that is quicker, and not the parser's test. */
export interface RandomModel {
  readonly model: Model;
  readonly dsl: string;
}

type Rewrite =
  | { readonly kind: 'direct'; readonly subjects: readonly Subject[] }
  | { readonly kind: 'computed'; readonly relation: string }
  | { readonly kind: 'from'; readonly relation: string }
  | { readonly kind: 'or' | 'and' | 'but not'; readonly operands: readonly Rewrite[] };

/** `user`, `user:*` or `group#m`, and whether it is admitted with the condition only. */
type Subject = readonly [name: string, isConditional: boolean];

export const relationsOf: Readonly<Record<string, readonly string[]>> = {
  group: ['m', 'n'],
  folder: ['a', 'b'],
  doc: ['a', 'b', 'c'],
};

export const subjects = [
  'user',
  'user',
  'user:*',
  'bot',
  'bot:*',
  'group',
  'group#m',
  'group#m',
  'group#n',
  'folder#a',
  'doc#a',
  'doc#b',
];

/** Met for 1, not met for -1, fails for 0, invalid for text, and undecided without `x`. */
const condition = '(x: int) {\n  10 / x > 0\n}';

const everybody = `[${[...new Set([...subjects, 'folder', 'doc'])].flatMap((name) => [name, `${name} with when`]).join(', ')}]`;

/** The DSL of a model with the same names, in which every relation takes every subject. */
export const admittingAll = dsl(
  {
    user: {},
    bot: {},
    group: { m: everybody, n: everybody },
    folder: { parent: everybody, a: everybody, b: everybody },
    doc: { parent: everybody, a: everybody, b: everybody, c: everybody },
  },
  { when: condition },
);

function subjectList(names: readonly string[], maxLength: number): fc.Arbitrary<readonly Subject[]> {
  const one = fc.tuple(
    fc.constantFrom(...names),
    fc.nat(4).map((dice) => dice === 0),
  );
  return fc.uniqueArray(one, { minLength: 1, maxLength, selector: String });
}

function rewrites(type: string): fc.Arbitrary<Rewrite> {
  const direct = subjectList(subjects, 4).map((list): Rewrite => ({ kind: 'direct', subjects: list }));
  const computed = fc
    .constantFrom(...(relationsOf[type] ?? []))
    .map((relation): Rewrite => ({ kind: 'computed', relation }));
  const from = fc.constantFrom('a', 'b').map((relation): Rewrite => ({ kind: 'from', relation }));
  const leaf = type === 'group' ? computed : fc.oneof(computed, from);
  const operation = (first: fc.Arbitrary<Rewrite>, second: fc.Arbitrary<Rewrite>): fc.Arbitrary<Rewrite> => {
    const many = fc
      .tuple(first, second, fc.option(second, { freq: 3 }))
      .map((list) => list.filter((one) => one !== null));
    return fc.oneof(
      { weight: 3, arbitrary: many.map((operands): Rewrite => ({ kind: 'or', operands })) },
      { weight: 1, arbitrary: many.map((operands): Rewrite => ({ kind: 'and', operands })) },
      { weight: 2, arbitrary: fc.tuple(first, second).map((operands): Rewrite => ({ kind: 'but not', operands })) },
    );
  };
  const mostly = (usual: fc.Arbitrary<Rewrite>, other: fc.Arbitrary<Rewrite>) =>
    fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: other });
  return fc.oneof(
    { weight: 3, arbitrary: direct },
    { weight: 1, arbitrary: leaf },
    { weight: 5, arbitrary: operation(mostly(direct, operation(direct, leaf)), mostly(leaf, operation(leaf, leaf))) },
  );
}

function relations(type: string, parents: readonly string[]): fc.Arbitrary<Readonly<Record<string, Rewrite>>> {
  const own = Object.fromEntries((relationsOf[type] ?? []).map((name) => [name, rewrites(type)]));
  if (parents.length === 0) return fc.record(own);
  const parent = subjectList(parents, 3).map((list): Rewrite => ({ kind: 'direct', subjects: list }));
  return fc.record({ parent, ...own });
}

export const randomModels: fc.Arbitrary<RandomModel> = fc
  .record({
    group: relations('group', []),
    folder: relations('folder', ['folder']),
    doc: relations('doc', ['folder', 'doc']),
  })
  .map((types) => {
    const compiled = compileModel(documentOf(types));
    // With circles of computed relations, which are refused today: what was published before goes on to decide.
    const isValid = compiled.ok && entryPointProblems(compiled.value).length === 0;
    return isValid ? { model: compiled.value, dsl: textOf(types) } : undefined;
  })
  .filter((made) => made !== undefined);

type Types = Readonly<Record<string, Readonly<Record<string, Rewrite>>>>;

function textOf(types: Types): string {
  const texts = Object.entries(types).map(([type, all]) => [
    type,
    Object.fromEntries(Object.entries(all).map(([name, rewrite]) => [name, rewriteText(rewrite)])),
  ]);
  const conditions = JSON.stringify(types).includes('true') ? { when: condition } : {};
  return dsl({ user: {}, bot: {}, ...Object.fromEntries(texts) }, conditions);
}

function rewriteText(rewrite: Rewrite): string {
  switch (rewrite.kind) {
    case 'direct':
      return `[${rewrite.subjects.map(([name, isConditional]) => (isConditional ? `${name} with when` : name)).join(', ')}]`;
    case 'computed':
      return rewrite.relation;
    case 'from':
      return `${rewrite.relation} from parent`;
    default:
      return rewrite.operands
        .map((one) => ('operands' in one ? `(${rewriteText(one)})` : rewriteText(one)))
        .join(` ${rewrite.kind} `);
  }
}

function documentOf(types: Types): ModelDocument {
  const definitions = Object.entries(types).map(([type, all]): TypeDocument => {
    const metadata = Object.entries(all).map(([name, rewrite]) => [
      name,
      { directly_related_user_types: restrictionsOf(rewrite) },
    ]);
    return {
      type,
      relations: Object.fromEntries(Object.entries(all).map(([name, rewrite]) => [name, documentOfRewrite(rewrite)])),
      metadata: { relations: Object.fromEntries(metadata) },
    };
  });
  const when = { name: 'when', expression: '10 / x > 0', parameters: { x: { type_name: 'TYPE_NAME_INT' } } };
  return { type_definitions: [{ type: 'user' }, { type: 'bot' }, ...definitions], conditions: { when } };
}

function restrictionsOf(rewrite: Rewrite): readonly object[] {
  if (rewrite.kind === 'direct') return rewrite.subjects.map(restrictionOf);
  return 'operands' in rewrite ? rewrite.operands.flatMap(restrictionsOf) : [];
}

function restrictionOf([name, isConditional]: Subject): object {
  const [type = '', relation] = name.replace(':*', '').split('#');
  const wildcard = name.endsWith(':*') ? { wildcard: {} } : {};
  return { type, ...(relation && { relation }), ...wildcard, ...(isConditional && { condition: 'when' }) };
}

function documentOfRewrite(rewrite: Rewrite): RewriteDocument {
  switch (rewrite.kind) {
    case 'direct':
      return { this: {} };
    case 'computed':
      return { computedUserset: rewrite };
    case 'from':
      return { tupleToUserset: { tupleset: { relation: 'parent' }, computedUserset: rewrite } };
    case 'or':
      return { union: { child: rewrite.operands.map(documentOfRewrite) } };
    case 'and':
      return { intersection: { child: rewrite.operands.map(documentOfRewrite) } };
    case 'but not': {
      const [base = { this: {} }, subtract = { this: {} }] = rewrite.operands.map(documentOfRewrite);
      return { difference: { base, subtract } };
    }
  }
}
