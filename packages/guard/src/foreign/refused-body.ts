import type { AnswerBody } from './kept-fetch.ts';

/** The answer where nobody can say what may be told: nothing is, and it is said why. */
export function refusedBody(message: string): AnswerBody {
  return { data: null, errors: [{ message, extensions: { code: 'AUTHORIZATION_UNAVAILABLE' } }] };
}
