import { failed, ok, type Result } from '../base/result.ts';
import { subjectOf } from '../model/subject-ref.ts';
import { listHeldPermissions } from '../operations/access/list-held-permissions.ts';
import type { Refusal } from '../operations/refusal.ts';
import { type Asking, type AuthzenDoor, malformed } from './authzen-door.ts';
import type { Sent } from './read-members.ts';
import { readActionSearch } from './read-search.ts';
import { answerOfPage, nothing, nothingFor, type SearchAnswer } from './search-answer.ts';

export interface FoundAction {
  readonly name: string;
}

/** What a subject may do with a resource: the permissions of its type that it has. */
export async function searchActions(
  { ids, actions, wording }: AuthzenDoor,
  { postern, asker, consistency }: Asking,
  sent: Sent,
): Promise<Result<SearchAnswer<FoundAction>, Refusal>> {
  const search = readActionSearch(sent);
  if (!search.ok) return failed(malformed(search.problem));
  const { subject, resource, context, page } = search.value;
  const asked = ids.objectOf(subject.type, subject.id);
  if (!asked.ok) return ok(nothing({ code: 'BAD_USER_INPUT', message: `"subject": ${asked.problem}` }));
  const object = ids.objectOf(resource.type, resource.id);
  if (!object.ok) return ok(nothing({ code: 'BAD_USER_INPUT', message: `"resource": ${object.problem}` }));
  const question = { subject: subjectOf(asked.value), object: object.value, context, wording, consistency, ...page };
  const listed = await listHeldPermissions(postern, asker, question);
  if (!listed.ok) return nothingFor(listed.problem);
  const { permissions, undecided, hasMore, endCursor, model } = listed.value;
  return ok(
    answerOfPage({
      found: permissions.map((permission) => {
        const name = actions.actionOf(model, resource.type, permission);
        return name === undefined ? undefined : { name };
      }),
      everybody: false,
      undecided: undecided.map(({ error }) => error),
      next: hasMore ? endCursor : undefined,
    }),
  );
}
