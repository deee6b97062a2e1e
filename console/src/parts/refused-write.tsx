import type { ReactNode } from 'react';
import type { WriteProblem } from '../ask/writes.ts';
import { refusalWords, writeWords } from '../words/write-words.ts';
import { Answer } from './answer.tsx';
import { RelationshipFacts } from './relationship-facts.tsx';

interface RefusedWriteProps {
  readonly problem: WriteProblem;
  readonly nextStep?: ReactNode;
}

/** Why a write would be refused, or was, with what is in its way. */
export function RefusedWrite({ problem: { code, message, current }, nextStep }: RefusedWriteProps) {
  return (
    <div role="alert" data-refusal={code}>
      <Answer kind="denied" name={refusalWords(code)}>
        <p>
          <bdi>{message}</bdi>
        </p>
        {current !== null && (
          <>
            <p>{writeWords.isThere}</p>
            <RelationshipFacts relationship={current} />
          </>
        )}
        {nextStep}
      </Answer>
    </div>
  );
}
