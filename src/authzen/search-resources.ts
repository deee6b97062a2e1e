import { failed, ok, type Result } from '../base/result.ts';
import { subjectOf } from '../model/subject-ref.ts';
import { listObjectsForAsker } from '../operations/access/list-accessible-objects.ts';
import type { Refusal } from '../operations/refusal.ts';
import { type Asking, type AuthzenDoor, malformed } from './authzen-door.ts';
import type { FoundThing } from './entity-ids.ts';
import type { Sent } from './read-members.ts';
import { readThingSearch } from './read-search.ts';
import { answerOfPage, nothing, nothingFor, type SearchAnswer } from './search-answer.ts';

/** The resources of a type that a subject may do something with. */
export async function searchResources(
  { ids, wording }: AuthzenDoor,
  { postern, asker, consistency }: Asking,
  sent: Sent,
): Promise<Result<SearchAnswer<FoundThing>, Refusal>> {
  const search = readThingSearch(sent, 'resource');
  if (!search.ok) return failed(malformed(search.problem));
  const { subject, action, resource, context, page } = search.value;
  const asked = ids.objectOf(subject.type, subject.id);
  if (!asked.ok) return ok(nothing({ code: 'BAD_USER_INPUT', message: `"subject": ${asked.problem}` }));
  const listed = await listObjectsForAsker(postern, asker, {
    ...{ subject: subjectOf(asked.value), permission: action.name, type: resource.type },
    ...{ context, contextual: [], wording, consistency, ...page },
  });
  if (!listed.ok) return nothingFor(listed.problem);
  const { objects, undecided, hasMore, lastId, cursorOf } = listed.value;
  return ok(
    answerOfPage({
      found: objects.map((object) => ids.thingOf(object)),
      everybody: false,
      undecided: undecided.map(({ problem }) => problem),
      next: hasMore && lastId !== undefined ? cursorOf(lastId) : undefined,
    }),
  );
}
