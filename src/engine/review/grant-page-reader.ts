import { invariant } from '../../base/invariant.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import { isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import { type Problem, problem } from '../../model/problem.ts';
import { emptyContext } from '../../model/relationship.ts';
import { formatSubjectRef, subjectType } from '../../model/subject-ref.ts';
import { checkAllInParts } from '../check/check-in-parts.ts';
import { isAdmitted } from '../check/expand.ts';
import type { Edge, EdgeOrigin, ReviewableSnapshot, StoredGrant } from '../ports.ts';
import type { GrantPlace, ReviewQuestion } from './grant-entry.ts';
import { compareSources, compareText } from './grant-paths.ts';
import { GrantRanges, type RoleRange } from './grant-ranges.ts';

/** A grant of the page, whose relationships are not named yet. */
export interface RawGrant {
  readonly range: RoleRange;
  readonly grant: StoredGrant;
  readonly place: GrantPlace;
  /** The model does not take this relationship any more. */
  readonly isIgnored: boolean;
}

export type PageEnd = 'end' | 'more' | 'cut short';

/** Objects whose roles are followed together. */
const objectsAtOnce = 50;
const rangesAtOnce = 200;
const grantsAtOnce = 200;
/** Objects and grants that are looked at for one page before it is cut short. */
const maxObjects = 1_000;
const maxGrants = 5_000;
const maxSources = 20_000;

/** Reads grants in their order until a page is full. */
export class GrantPageReader {
  readonly found: RawGrant[] = [];
  last: GrantPlace | undefined;
  readonly #snapshot: ReviewableSnapshot;
  readonly #question: ReviewQuestion;
  readonly #first: number;
  readonly #ranges: GrantRanges;
  readonly #holding = new Map<string, boolean>();
  #examined = 0;

  constructor(snapshot: ReviewableSnapshot, question: ReviewQuestion, first: number) {
    this.#snapshot = snapshot;
    this.#question = question;
    this.#first = first;
    this.#ranges = new GrantRanges(snapshot);
  }

  originOf(edge: Edge): EdgeOrigin {
    return this.#ranges.originOf(edge);
  }

  async read(objects: readonly ObjectRef[], after: GrantPlace | undefined): Promise<Result<PageEnd, Problem>> {
    let size = objectsAtOnce;
    for (let start = 0; start < objects.length; ) {
      if (start >= maxObjects) return ok('cut short');
      const some = objects.slice(start, start + size);
      const ranges = await this.#ranges.find(some, this.#question.role, maxSources);
      if (ranges === undefined) {
        const message = `Subjects could come from more than ${maxSources} relations of other objects.`;
        if (some.length === 1) return failed(problem('RESOLUTION_TOO_COMPLEX', message));
        size = Math.ceil(some.length / 2);
        continue;
      }
      const end = await this.#readRanges(ranges.flatMap((range) => startAfter(range, after) ?? []));
      if (end !== 'end') return ok(end);
      start += some.length;
      const object = some.at(-1);
      if (object !== undefined) this.last = { object, source: undefined };
    }
    return ok('end');
  }

  async #readRanges(ranges: readonly Started[]): Promise<PageEnd> {
    for (let start = 0; start < ranges.length; start += rangesAtOnce) {
      let batch = ranges.slice(start, start + rangesAtOnce);
      while (batch.length > 0) {
        if (this.#examined >= maxGrants) return 'cut short';
        // One more than fits says whether there is a next page.
        const limit = this.#isSifted ? grantsAtOnce : this.#first + 1 - this.found.length;
        const query = batch.map(({ range: { path }, after }) => ({
          object: path.to.node,
          relation: path.to.stage.relation.name,
          after,
          end: path.lastEnd,
        }));
        const { grants, last } = await this.#snapshot.readGrants(query, this.#question, limit);
        if (await this.#add(batch, grants)) return 'more';
        if (last === undefined) break;
        const [current, ...rest] = batch.slice(last.range);
        invariant(current !== undefined, 'the last grant is of a range');
        this.last = placeOf(current.range, last.place);
        batch = [{ range: current.range, after: last.place }, ...rest];
      }
    }
    return 'end';
  }

  /** Whether not all grants that are read are asked for. */
  get #isSifted(): boolean {
    const { notHolding, subjectType: type, isDirect } = this.#question;
    return notHolding !== undefined || type !== undefined || isDirect !== undefined;
  }

  #counts({ path }: RoleRange, { subject }: StoredGrant): boolean {
    const { subjectType: type, isDirect } = this.#question;
    if (type !== undefined && subjectType(subject) !== type) return false;
    if (isDirect !== undefined && isDirect !== (path.edges.length === 0)) return false;
    return this.#holding.get(formatSubjectRef(subject)) !== true;
  }

  /** Whether the page was full before all of these grants had found their place. */
  async #add(batch: readonly Started[], grants: readonly StoredGrant[]): Promise<boolean> {
    await this.#loadHolding(grants);
    for (const grant of grants) {
      const range = batch[grant.range]?.range;
      invariant(range !== undefined, 'a grant is of a range');
      const counts = this.#counts(range, grant);
      if (counts && this.found.length === this.#first) return true;
      this.#examined += 1;
      this.last = placeOf(range, grant.place);
      const isIgnored = !isAdmitted(range.path.to.stage.relation, grant.edge);
      if (counts) this.found.push({ range, grant, place: this.last, isIgnored });
    }
    return false;
  }

  /** Asks which of these subjects hold what the question's subjects must not hold. */
  async #loadHolding(grants: readonly StoredGrant[]): Promise<void> {
    const { notHolding } = this.#question;
    if (notHolding === undefined) return;
    const named = new Map(grants.map(({ subject }) => [formatSubjectRef(subject), subject]));
    const open = [...named].filter(([name]) => !this.#holding.has(name));
    const checks = open.map(([, subject]) => ({ ...notHolding, subject, context: emptyContext }));
    const { decisions } = await checkAllInParts(this.#snapshot, { checks, contextual: [] });
    for (const [[name], { kind }] of zip(open, decisions)) this.#holding.set(name, kind === 'allowed');
  }
}

interface Started {
  readonly range: RoleRange;
  /** Only subjects behind this one. */
  readonly after: number;
}

function placeOf({ object, role, path }: RoleRange, subject: number): GrantPlace {
  const { node, stage } = path.to;
  return { object, source: { role: role.name, node, relation: stage.relation.name, subject } };
}

/** What is left of a range behind a place; undefined when nothing is. */
function startAfter(range: RoleRange, after: GrantPlace | undefined): Started | undefined {
  const source = after?.source;
  if (source === undefined || after === undefined || !isSameObject(after.object, range.object))
    return { range, after: 0 };
  const here = { node: range.path.to.node, relation: range.path.to.stage.relation.name };
  const order = compareText(range.role.name, source.role) || compareSources(range.node, here, source);
  if (order < 0) return undefined;
  return { range, after: order === 0 ? source.subject : 0 };
}
