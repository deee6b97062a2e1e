import { dirname, join } from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../../base/did-you-mean.ts';
import { quote } from '../../base/text-problem.ts';
import type { Model, Relation } from '../../model/model.ts';
import { formatModelProblem, type ModelSource } from '../../model/model-source.ts';
import { isPermissionName } from '../../model/names.ts';
import { parseModel } from '../../model/parse-model.ts';
import { findReachableSubjects } from '../../model/reachable-subjects.ts';
import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import { parseSubjectRef, type SubjectRef, subjectType } from '../../model/subject-ref.ts';
import { validateRelationship, validateSubject } from '../../model/validate-relationship.ts';
import { readYamlFile, WrongFile } from '../read-yaml-file.ts';
import { contextShape, parseRawRelationship, type RawRelationship, rawRelationshipShape } from './raw-relationship.ts';
import { readStoreData } from './read-store-file.ts';
import type { TestCase, TestWorld } from './test-world.ts';

const invariant = z.strictObject({
  name: z.string(),
  subject: z.string(),
  /** Relationships that hold besides those of the store. */
  with: z.array(rawRelationshipShape).optional(),
  /** What the subject is given besides: nothing, each role that it could be given by itself, or all of them at once. */
  given: z
    .enum(['nothing', 'each role', 'all roles'], 'is not "nothing", "each role" or "all roles"')
    .default('nothing'),
  /** Permissions that it may hold all the same: `can_listen`, or `chapter.can_listen`. */
  except: z.array(z.string()).default([]),
  /** Roles that it is not given. */
  withoutRoles: z.array(z.string()).default([]),
  context: contextShape,
});

const invariantFile = z.strictObject({ store: z.string(), invariants: z.array(invariant) });

type Invariant = z.infer<typeof invariant>;

/**
 * The worlds of an invariant file: "this subject holds no permission on anything", whatever it is given.
 *
 * A test asks about what somebody thought of; an invariant asks about every permission on every object of the store.
 */
export async function readInvariantFile(
  path: string,
  text: string,
  given?: ModelSource,
): Promise<readonly TestWorld[]> {
  const file = readYamlFile(invariantFile, path, text);
  const { model: own, relationships } = await readStoreData(join(dirname(path), file.store));
  const source = given ?? own;
  const model = parseModel(source);
  if (!model.ok) {
    throw new WrongFile(
      `The model of ${quote(file.store)} is not valid.\n${model.problem.map(formatModelProblem).join('\n')}`,
    );
  }
  for (const one of file.invariants) checkNames(one, model.value.model);
  return file.invariants.map((one) => ({
    name: `${path} › ${one.name}`,
    continues: false,
    model: source,
    relationships,
    cases: casesOf(one, model.value.model, relationships),
  }));
}

/** A name that is only compared would hold nothing against the model, and nobody would notice. */
function checkNames(
  { name, subject: text, with: given, except, withoutRoles, context }: Invariant,
  model: Model,
): void {
  const refuse = (problem: string): never => {
    throw new Error(`The invariant ${quote(name)} is not valid: ${problem}`);
  };
  const subject = parseSubjectRef(text);
  const known = subject.ok ? validateSubject(model, subject.value, 'administrator') : undefined;
  if (!subject.ok) refuse(subject.problem);
  if (known?.ok === false) refuse(known.problem.message);
  for (const raw of given ?? []) {
    const problem = relationshipProblem(model, raw);
    if (problem !== undefined) refuse(problem);
  }
  const parameters = [...model.conditions.values()].flatMap((condition) => [...condition.parameters.keys()]);
  const key = Object.keys(context ?? {}).find((one) => one !== currentTimeParameter && !parameters.includes(one));
  if (key !== undefined) refuse(`no condition has a parameter ${quote(key)}.${didYouMean(key, parameters)}`);
  const { relations } = model;
  const permissions = relations.filter((relation) => isPermissionName(relation.name));
  const admitted = permissions.flatMap((relation) => [relation.name, `${relation.type}.${relation.name}`]);
  const roles = relations.filter(({ restrictions }) => restrictions.length > 0).map((relation) => relation.name);
  for (const [key, names, all] of [
    ['except', except, admitted],
    ['withoutRoles', withoutRoles, roles],
  ] as const) {
    const unknown = names.find((one) => !(all as readonly string[]).includes(one));
    if (unknown !== undefined)
      refuse(`${quote(key)} has the unknown name ${quote(unknown)}.${didYouMean(unknown, all)}`);
  }
}

function relationshipProblem(model: Model, raw: RawRelationship): string | undefined {
  const relationship = parseRawRelationship(raw);
  if (!relationship.ok) return relationship.problem;
  const valid = validateRelationship(model, relationship.value);
  return valid.ok ? undefined : valid.problem.message;
}

function casesOf(one: Invariant, model: Model, relationships: readonly RawRelationship[]): readonly TestCase[] {
  const subject = parseSubjectRef(one.subject);
  if (!subject.ok) throw new Error(subject.problem);
  const objects = objectsOf(relationships);
  const questions = objects.flatMap(({ object, type }) =>
    permissionsToDeny(one, model, type, subject.value).map((relation) => ({ object, relation })),
  );
  return grantsOf(one, model, subject.value, objects).flatMap((grants) =>
    questions.map(
      ({ object, relation }): TestCase => ({
        kind: 'check',
        name: `${one.subject} ${relation} ${object}${grants.length === 1 ? ` (given ${grants[0]?.relation} on ${grants[0]?.object})` : ''}`,
        user: one.subject,
        relation,
        object,
        context: one.context ?? {},
        contextual: [...(one.with ?? []), ...grants],
        expected: 'denied',
      }),
    ),
  );
}

function permissionsToDeny(one: Invariant, model: Model, type: string, subject: SubjectRef): readonly string[] {
  const reachable = findReachableSubjects(model);
  return [...(model.types.get(type)?.relations.values() ?? [])]
    .filter(
      ({ name }) => isPermissionName(name) && !one.except.includes(name) && !one.except.includes(`${type}.${name}`),
    )
    .filter((relation) => reachable.canReach(relation, subject))
    .map(({ name }) => name);
}

/** The sets of roles that the subject is given, one after the other. */
function grantsOf(
  one: Invariant,
  model: Model,
  subject: SubjectRef,
  objects: readonly { readonly object: string; readonly type: string }[],
): readonly (readonly RawRelationship[])[] {
  if (one.given === 'nothing') return [[]];
  const isTaken = new Set((one.with ?? []).map(({ object, relation }) => `${object}#${relation}`));
  const roles = objects.flatMap(({ object, type }) =>
    [...(model.types.get(type)?.relations.values() ?? [])]
      .filter(({ name }) => !one.withoutRoles.includes(name) && !isTaken.has(`${object}#${name}`))
      .flatMap((relation) => grantOf(one.subject, object, relation, subject)),
  );
  return one.given === 'each role' ? roles.map((role) => [role]) : [roles];
}

/** A role on an object. One that can only be given with a condition is given with it; the values are the invariant's. */
function grantOf(user: string, object: string, relation: Relation, subject: SubjectRef): readonly RawRelationship[] {
  const admitted = relation.restrictions.filter(({ kind, type }) => kind === 'object' && type === subjectType(subject));
  const [first] = admitted.toSorted(
    (left, right) => Number(left.condition !== undefined) - Number(right.condition !== undefined),
  );
  if (first === undefined) return [];
  const condition = first.condition === undefined ? {} : { condition: { name: first.condition, context: {} } };
  return [{ object, relation: relation.name, user, ...condition }];
}

function objectsOf(relationships: readonly RawRelationship[]) {
  const objects = new Set(relationships.map(({ object }) => object));
  return [...objects].map((object) => ({ object, type: object.slice(0, object.indexOf(':')) }));
}
