import { failed, ok, type Result } from '../base/result.ts';
import { listSubjectsWithAccess } from '../operations/access/list-subjects-with-access.ts';
import type { Refusal } from '../operations/refusal.ts';
import { type Asking, type AuthzenDoor, malformed } from './authzen-door.ts';
import type { FoundThing } from './entity-ids.ts';
import type { Sent } from './read-members.ts';
import { readThingSearch } from './read-search.ts';
import { answerOfPage, nothing, nothingFor, type SearchAnswer } from './search-answer.ts';

/** The subjects of a type that may do something with a resource. */
export async function searchSubjects(
  { ids, wording }: AuthzenDoor,
  { postern, asker, consistency }: Asking,
  sent: Sent,
): Promise<Result<SearchAnswer<FoundThing>, Refusal>> {
  const search = readThingSearch(sent, 'subject');
  if (!search.ok) return failed(malformed(search.problem));
  const { subject, action, resource, context, page } = search.value;
  const object = ids.objectOf(resource.type, resource.id);
  if (!object.ok) return ok(nothing({ code: 'BAD_USER_INPUT', message: `"resource": ${object.problem}` }));
  const listed = await listSubjectsWithAccess(postern, asker, {
    ...{ object: object.value, permission: action.name, context, contextual: [], wording },
    ...{ subjectType: subject.type, subjectRelation: undefined, consistency, ...page },
  });
  if (!listed.ok) return nothingFor(listed.problem);
  const { subjects, undecided, hasMore, endCursor } = listed.value;
  return ok(
    answerOfPage({
      found: subjects.flatMap(({ subject: one }) => (one.kind === 'object' ? [ids.thingOf(one.object)] : [])),
      everybody: subjects.some(({ subject: one }) => one.kind === 'wildcard'),
      undecided: undecided.map(({ problem }) => problem),
      next: hasMore ? endCursor : undefined,
    }),
  );
}
