import { createRandom, type Random } from '../../bench/random.ts';
import type { Result } from '../../src/base/result.ts';
import { protectedRolesOf } from '../../src/model/declarations.ts';
import type { Model, Restriction } from '../../src/model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../src/model/subject-ref.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { type Actor, formatActor } from '../../src/operations/actor.ts';
import { grantPermission } from '../../src/operations/authorize.ts';
import type { Postern } from '../../src/operations/postern.ts';
import type { Refusal } from '../../src/operations/refusal.ts';
import type { GrantOutcome } from '../../src/operations/relationship-record.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { extendGrant } from '../../src/operations/roles/extend-grant.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import { transferRole } from '../../src/operations/roles/transfer-role.ts';
import type { PreviewableOutput } from '../../src/operations/writes/previewable-write.ts';
import { type ReferenceWorld, referenceCheck } from '../reference/reference-check.ts';
import { acts, farAway, notYet } from './firm.ts';
import { context, object, type RelationshipParts, relationship, subject } from './parse.ts';
import { signedIn, write } from './postern.ts';

/** Two organizations of the creators' business, whose people administer whatever they can reach. */

const people = ['owner', 'second', 'admin', 'lead', 'member', 'finance', 'editor', 'none'];
const types = 'organization team label artist role role_binding album track network show episode publisher imprint audiobook payout_account'.split(' '); // biome-ignore format: one line

function organization(p: string): readonly string[] {
  const under = ['team', 'label', 'artist', 'role', 'role_binding', 'network', 'show', 'publisher', 'payout_account'];
  return [
    ...under.map((type) => `${type}:${p}#organization@organization:${p}`),
    ...['owner', 'second'].map((who) => `organization:${p}#owner@user:${p}-${who}`),
    ...['admin', 'member', 'finance'].map((role) => `organization:${p}#${role}@user:${p}-${role}`),
    ...[`team:${p}2#organization@organization:${p}`, `team:${p}#lead@user:${p}-lead`],
    ...[
      `team:${p}#member@user:${p}-member`,
      `team:${p}2#member@team:${p}#member`,
      `label:${p}#editor@team:${p}2#member`,
    ],
    ...[
      `artist:${p}#admin@user:${p}-editor`,
      `show:${p}#team_admin@user:${p}-editor`,
      `show:${p}#network@network:${p}`,
    ],
    ...[
      `role:${p}#music_profile_edit@user:*`,
      `role_binding:${p}#role@role:${p}`,
      `artist:${p}#binding@role_binding:${p}`,
    ],
    ...[`album:${p}#artist@artist:${p}`, `album:${p}#self_released_by@artist:${p}`, `track:${p}#album@album:${p}`],
    ...[`episode:${p}#show@show:${p}`, `imprint:${p}#publisher@publisher:${p}`, `audiobook:${p}#imprint@imprint:${p}`],
    ...[`publisher:${p}#team_admin@user:${p}-editor`, `network:${p}#admin@team:${p}#member`],
  ];
}

const contexts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  not_expired: { expires_at: '2099-01-01T00:00:00Z' },
  release_window: { release_at: '2020-01-01T00:00:00Z', territories: ['WORLD'], excluded: [] },
  in_contract: { starts_at: '2020-01-01T00:00:00Z', ends_at: '2099-01-01T00:00:00Z' },
  break_glass: { granted_at: '2020-01-01T00:00:00Z', expires_at: '2020-01-01T01:00:00Z' },
  while_draft: { state: 'draft' },
};

/** Who acts in a round. */
export type Cast = 'everybody' | 'one organization' | 'those who are no owners';

/** A write that can be tried, and then done. */
export interface RandomAct {
  readonly text: string;
  readonly kind: string;
  readonly actor: Actor;
  readonly run: (dryRun: boolean) => Promise<Result<PreviewableOutput<unknown>, Refusal>>;
}

export interface Step {
  readonly text: string;
  readonly outcome: string;
  /** What is wrong with it; nothing is. */
  readonly wrong: readonly string[];
}

/** A round: a world of its own in the database, and a mirror of it that only believes what operations say they did. */
export class RandomAdministration {
  readonly #postern: Postern;
  readonly #model: Model;
  readonly #random: Random;
  readonly #acts: ReturnType<typeof acts>;
  readonly names: readonly [string, string];
  readonly users: readonly string[];
  readonly objects: readonly ObjectRef[];
  readonly #actors: readonly string[];
  #mirror: ReadonlyMap<string, Relationship> = new Map();

  constructor(postern: Postern, model: Model, seed: number, name: string, cast: Cast) {
    this.#postern = postern;
    this.#model = model;
    this.#random = createRandom(seed);
    this.#acts = acts(() => postern);
    this.names = [`${name}a`, `${name}b`];
    this.users = this.names.flatMap((p) => people.map((who) => `user:${p}-${who}`));
    this.objects = this.names.flatMap((p) => [...types.map((type) => object(`${type}:${p}`)), object(`team:${p}2`)]);
    this.#actors = this.users.filter((user) => {
      if (cast === 'one organization') return user.startsWith(`user:${this.names[0]}-`);
      return cast === 'everybody' || !/owner|second/.test(user);
    });
  }

  async begin(): Promise<void> {
    const all = this.names.flatMap(organization);
    await write(this.#postern, all);
    this.#mirror = new Map(all.map((text) => [text, relationship(text)]));
  }

  get mirror(): ReadonlyMap<string, Relationship> {
    return this.#mirror;
  }

  /** One act of a random actor, judged by the reference on the state before it. */
  async step(): Promise<Step> {
    const wanted = this.#wanted();
    const actor = this.#actorFor(wanted);
    const before = this.#mirror;
    const kind = this.#random.pick(['grant', 'grant', 'grant', 'revoke', 'transfer', 'extend', 'offboard'] as const);
    const text = formatRelationship(wanted);
    const as = signedIn(actor);
    switch (kind) {
      case 'grant':
        return this.#judge(kind, actor, before, [wanted], await this.#grant(as, wanted));
      case 'revoke':
        return this.#judge(kind, actor, before, [wanted], this.#apply(await this.#acts.revoke(as, text), [text], []));
      case 'transfer': {
        const to = formatSubjectRef(this.#subjectLike(wanted.subject));
        const result = await this.#acts.transfer(as, text, to);
        return this.#judge(`${kind} to ${to}`, actor, before, [wanted], this.#apply(result, [text]));
      }
      case 'extend': {
        const end = this.#random.chance(0.5) ? farAway : null;
        return this.#judge(kind, actor, before, [wanted], this.#apply(await this.#acts.limit(as, text, end), [text]));
      }
      case 'offboard': {
        const who = this.#random.pick(this.users);
        const result = await this.#acts.offboard(as, who);
        const taken = result.ok ? result.value.outcome.direct.map(parsed) : [];
        const outcome = this.#apply(result, taken.map(formatRelationship), []);
        return this.#judge(`${kind} ${who}`, actor, before, taken, outcome);
      }
    }
  }

  /** A random write that is not done yet: by somebody who may be allowed to, or by whoever is given. */
  choose(given?: Actor): RandomAct {
    const kind = this.#random.pick(['grant', 'grant', 'revoke', 'transfer', 'extend', 'write'] as const);
    const isNew = kind === 'grant' || kind === 'write';
    const wanted = this.#random.chance(0.1) ? this.#wanted() : isNew ? this.#valid() : this.#stored();
    const actor = given ?? signedIn(this.#actorFor(wanted));
    const others = Array.from({ length: this.#random.between(0, 2) }, () => this.#stored());
    const to = this.#subjectLike(wanted.subject);
    const expiresAt = this.#random.chance(0.5) ? farAway : null;
    const none = { reason: undefined, idempotency: undefined };
    const postern = this.#postern;
    const { object: on, relation: role, subject: from } = wanted;
    const deletes = new Map(others.map((one) => [formatRelationship(one), one]));
    deletes.delete(formatRelationship(wanted));
    const tries: Readonly<
      Record<typeof kind, (dryRun: boolean) => Promise<Result<PreviewableOutput<unknown>, Refusal>>>
    > = {
      grant: (dryRun) => grantRole(postern, actor, { ...none, dryRun, relationship: wanted }),
      revoke: (dryRun) => revokeRole(postern, actor, { ...none, dryRun, relationship: wanted }),
      transfer: (dryRun) => transferRole(postern, actor, { ...none, dryRun, object: on, role, from, to }),
      extend: (dryRun) =>
        extendGrant(postern, actor, {
          ...{ ...none, dryRun, relationship: wanted },
          ...{ startsAt: undefined, expiresAt, condition: undefined },
        }),
      write: (dryRun) =>
        writeRelationships(postern, actor, {
          ...{ ...none, dryRun, writes: [wanted], deletes: [...deletes.values()] },
          ...{ onDuplicate: 'ERROR', onMissing: 'IGNORE' },
        }),
    };
    const gone =
      kind === 'write'
        ? [...deletes.keys()]
        : kind === 'revoke' || kind === 'transfer'
          ? [formatRelationship(wanted)]
          : [];
    const come = kind === 'write' ? [wanted] : kind === 'revoke' ? [] : undefined;
    const run = async (dryRun: boolean) => {
      const result = await tries[kind](dryRun);
      if (!dryRun) this.#follow(result, gone, come);
      return result;
    };
    const also =
      kind === 'transfer' ? ` to ${formatSubjectRef(to)}` : kind === 'write' ? ` without ${gone.join(' ')}` : '';
    return { text: `${formatActor(actor)} ${kind} ${formatRelationship(wanted)}${also}`, kind, actor, run };
  }

  #stored(): Relationship {
    return this.#random.pick([...this.#mirror.values()]);
  }

  /** One that the model takes and that is not there, if a few tries find any. */
  #valid(): Relationship {
    const tries = Array.from({ length: 30 }, () => this.#wanted());
    const isFree = (one: Relationship) => !this.#mirror.has(formatRelationship(one));
    return tries.find((one) => isFree(one) && validateRelationship(this.#model, one).ok) ?? this.#wanted();
  }

  #follow(
    result: Result<PreviewableOutput<unknown>, Refusal>,
    gone: readonly string[],
    come?: readonly Relationship[],
  ): void {
    if (!result.ok) return;
    const { outcome } = result.value;
    const written = come ?? [parsed(outcome as GrantOutcome)];
    const next = new Map(this.#mirror);
    for (const text of gone) next.delete(text);
    for (const one of written) next.set(formatRelationship(one), one);
    this.#mirror = next;
  }

  async #grant(as: ReturnType<typeof signedIn>, wanted: Relationship) {
    const input = { relationship: wanted, reason: undefined, idempotency: undefined };
    return this.#apply(await grantRole(this.#postern, as, input), []);
  }

  /** Does in the mirror what a successful operation says that it did; what became of it, in a word. */
  #apply(
    result: Awaited<ReturnType<ReturnType<typeof acts>[keyof ReturnType<typeof acts>]>>,
    gone: readonly string[],
    come?: readonly Relationship[],
  ): string {
    if (!result.ok) {
      return result.problem.kind === 'invalid' ? (result.problem.errors[0]?.code ?? '') : result.problem.kind;
    }
    const { outcome } = result.value;
    const written = come ?? ('relationship' in outcome ? [parsed(outcome)] : []);
    const next = new Map(this.#mirror);
    for (const text of gone) next.delete(text);
    for (const one of written) next.set(formatRelationship(one), one);
    this.#mirror = next;
    return 'done';
  }

  #judge(
    what: string,
    actor: string,
    before: ReadonlyMap<string, Relationship>,
    about: readonly Relationship[],
    outcome: string,
  ): Step {
    const entitled = about.map((one) => this.#mayGrant(actor, before, one));
    const written = [...this.#mirror].filter(([text, one]) => before.get(text) !== one).map(([, one]) => one);
    const wrong = [
      ...(outcome === 'done' && entitled.includes(false) ? ['done without the right'] : []),
      ...(outcome === 'forbidden' && about.length > 0 && !entitled.includes(false) ? ['refused with the right'] : []),
      ...(written.some((one) => this.#isOwnGuarded(actor, one)) ? ['a guarded role for oneself'] : []),
      ...(outcome === 'done' ? this.#gainedRoles(actor, before) : []),
      ...(outcome === 'undecided' ? ['undecided'] : []),
      ...this.names.flatMap((p) => (this.hasOwner(p) ? [] : [`${p} has no owner`])),
    ];
    const text = `${actor} ${what} ${about.map(formatRelationship).join(' ')}: ${outcome}`;
    return { text, outcome: `${what.split(' ')[0]} ${outcome}`, wrong };
  }

  /** Guarded roles that the actor holds now and did not hold before, on any object, by the reference. */
  #gainedRoles(actor: string, before: ReadonlyMap<string, Relationship>): readonly string[] {
    const objects = new Map([...this.#mirror.values()].map(({ object: on }) => [formatObjectRef(on), on]));
    return [...objects].flatMap(([text, on]) => {
      const type = this.#model.types.get(on.type);
      const roles = type === undefined ? [] : protectedRolesOf(type);
      return roles
        .filter((role) => this.#holds(actor, this.#mirror, on, role) && !this.#holds(actor, before, on, role))
        .map((role) => `gained ${text}#${role}`);
    });
  }

  #mayGrant(actor: string, before: ReadonlyMap<string, Relationship>, { object: on, relation }: Relationship): boolean {
    return this.#holds(actor, before, on, grantPermission(this.#model, on, relation));
  }

  #holds(actor: string, stored: ReadonlyMap<string, Relationship>, on: ObjectRef, relation: string): boolean {
    const world: ReferenceWorld = { model: this.#model, stored: [...stored.values()], contextual: [], now: new Date() };
    return referenceCheck(world, { subject: subject(actor), object: on, relation, context: context({}) }).least === 2;
  }

  #isOwnGuarded(actor: string, { object: on, relation, subject: by }: Relationship): boolean {
    const type = this.#model.types.get(on.type);
    return type !== undefined && protectedRolesOf(type).includes(relation) && formatSubjectRef(by) === actor;
  }

  /** Somebody who owns the organization for good, by what is written alone. */
  hasOwner(p: string): boolean {
    return [...this.#mirror.values()].some(
      ({ object: on, relation, subject: by, condition, startsAt, expiresAt }) =>
        formatObjectRef(on) === `organization:${p}` &&
        relation === 'owner' &&
        !condition &&
        !startsAt &&
        !expiresAt &&
        !this.#mirror.has(`organization:${p}#blocked@${formatSubjectRef(by)}`),
    );
  }

  /** Mostly something that exists, or could: what only is refused teaches little. */
  #wanted(): Relationship {
    const existing = [...this.#mirror.values()];
    if (this.#random.chance(0.4)) return this.#random.pick(existing);
    const on = this.#random.pick(this.objects);
    const relations = [...(this.#model.types.get(on.type)?.relations.values() ?? [])];
    const assignable = relations.filter(({ restrictions }) => restrictions.length > 0);
    const relation = this.#random.pick(assignable.length === 0 || this.#random.chance(0.03) ? relations : assignable);
    const restriction = relation.restrictions.length === 0 ? undefined : this.#random.pick(relation.restrictions);
    const by = restriction === undefined ? this.#random.pick(this.users) : this.#subjectOf(restriction);
    const given = restriction?.condition;
    const values = contexts[given ?? ''] ?? {};
    const parts: RelationshipParts = {
      ...(given !== undefined && { condition: [given, values] }),
      ...(this.#random.chance(0.15) && { startsAt: notYet }),
      ...(this.#random.chance(0.2) && { expiresAt: farAway }),
    };
    return relationship(`${formatObjectRef(on)}#${relation.name}@${by}`, parts);
  }

  #subjectOf(restriction: Restriction): string {
    if (restriction.kind === 'wildcard') return `${restriction.type}:*`;
    const ids = restriction.type === 'team' ? this.names.flatMap((p) => [p, `${p}2`]) : this.names;
    const id = restriction.type === 'user' ? '' : this.#random.pick(ids);
    const one = id === '' ? this.#random.pick(this.users) : `${restriction.type}:${id}`;
    return restriction.kind === 'set' ? `${one}#${restriction.relation}` : one;
  }

  #subjectLike(by: SubjectRef): SubjectRef {
    return by.kind === 'set'
      ? subject(`team:${this.#random.pick(this.names)}2#member`)
      : subject(this.#random.pick(this.users));
  }

  /** Often somebody who may, otherwise mostly somebody of the object's own organization, if any of them act. */
  #actorFor(wanted: Relationship): string {
    const { id } = wanted.object;
    const own = this.#actors.filter((user) => user.startsWith(`user:${id.replace(/2$/, '')}-`));
    const near = own.length > 0 && this.#random.chance(0.8) ? own : this.#actors;
    const entitled = this.#random.chance(0.5) ? near.filter((user) => this.#mayGrant(user, this.#mirror, wanted)) : [];
    return this.#random.pick(entitled.length > 0 ? entitled : near);
  }
}

function parsed({ relationship: one }: GrantOutcome): Relationship {
  return relationship(`${one.object}#${one.relation}@${one.subject}`, {
    ...(one.condition && { condition: [one.condition.name, one.condition.context] }),
    ...(one.startsAt !== undefined && { startsAt: new Date(one.startsAt) }),
    ...(one.expiresAt !== undefined && { expiresAt: new Date(one.expiresAt) }),
  });
}
