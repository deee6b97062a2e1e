import { codeOf } from '../ask/ask-error.ts';
import { problemWords } from '../words/problem-words.ts';
import { Answer } from './answer.tsx';
import type { AnswerKind } from './answer-kind.ts';

interface ProblemProps {
  readonly error: Error;
  readonly again?: () => void;
}

/** Why there is no answer, in the server's own words: what may not be asked, what cannot be answered now, what is misspelt. */
export function Problem({ error, again }: ProblemProps) {
  const { kind, name } = lookOf(codeOf(error));
  return (
    <div role="alert">
      <Answer kind={kind} name={name}>
        <p>
          <bdi>{error.message}</bdi>
        </p>
        {again !== undefined && kind === 'undecided' && (
          <button type="button" className="quiet" onClick={again}>
            {problemWords.again}
          </button>
        )}
      </Answer>
    </div>
  );
}

/** Never the look of a denial: nothing was decided. */
function lookOf(code: string): { readonly kind: AnswerKind; readonly name: string } {
  if (code === 'FORBIDDEN') return { kind: 'hidden', name: problemWords.forbidden };
  const isWrong =
    code.startsWith('BAD_') ||
    code.startsWith('UNKNOWN_') ||
    code.startsWith('INVALID_') ||
    code.startsWith('GRAPHQL_');
  return { kind: 'undecided', name: isWrong ? problemWords.wrong : problemWords.unavailable };
}
