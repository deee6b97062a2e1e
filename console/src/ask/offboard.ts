import { OffboardSubjectDocument, type OffboardSubjectMutation } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import type { Write, WriteManner } from './writes.ts';

export type OffboardAnswer = OffboardSubjectMutation['offboardSubject'];
export type Offboarding = NonNullable<OffboardAnswer['offboarding']>;

/** Once it is done it cannot be undone, so all of what was taken is read: repeated, it answers the same again. */
export const offboardSubject: Write<{ readonly subject: string }, OffboardAnswer> = {
  name: 'offboardSubject',
  send: async (input) => {
    const answer = await sendOnce(input);
    return input.dryRun === true ? answer : withAll(answer, input);
  },
};

type Input = { readonly subject: string } & WriteManner;

async function sendOnce(input: Input, after?: string): Promise<OffboardAnswer> {
  return (await ask(OffboardSubjectDocument, { input, after })).offboardSubject;
}

async function withAll(answer: OffboardAnswer, input: Input): Promise<OffboardAnswer> {
  const { offboarding } = answer;
  if (offboarding === null) return answer;
  let { relationships } = offboarding;
  while (relationships.pageInfo.hasNextPage && relationships.pageInfo.endCursor !== null) {
    const next = (await sendOnce(input, relationships.pageInfo.endCursor)).offboarding?.relationships;
    if (next === undefined) break;
    relationships = { ...next, edges: [...relationships.edges, ...next.edges] };
  }
  return { ...answer, offboarding: { ...offboarding, relationships } };
}
