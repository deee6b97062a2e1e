/** What an answer is; each has a look of its own, and none is told by colour alone. */
export type AnswerKind = 'allowed' | 'denied' | 'undecided' | 'hidden';
