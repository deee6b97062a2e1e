import type { RefusalKind } from './refusal.ts';
import type { Refusal } from './refusal-of.ts';

const titles: Readonly<Record<RefusalKind, string>> = {
  denied: 'You may not do this',
  signedOut: 'You are not signed in any more',
  undecided: 'This cannot be decided at the moment',
  failed: 'This went wrong',
};

const advice: Readonly<Record<RefusalKind, { readonly reading: string; readonly doing: string }>> = {
  denied: {
    reading: 'Whoever manages the people here can give you a role.',
    doing: 'Nothing was done. Whoever manages the people here can give you a role.',
  },
  signedOut: { reading: 'Sign in and try again.', doing: 'Nothing was done. Sign in and try again.' },
  undecided: { reading: 'It is not a no.', doing: 'It is not a no. Try again in a moment.' },
  failed: { reading: 'What is missing here is not known.', doing: 'Look whether it was done before you try again.' },
};

interface RefusalNoteProps {
  readonly refusal: Refusal;
  readonly to: 'reading' | 'doing';
  readonly onAgain?: () => void;
}

/** Denied, undecided and failed differ in their titles, marks and edges, and not by colour alone. */
export function RefusalNote({ refusal: { kind, sentence }, to, onAgain }: RefusalNoteProps) {
  return (
    <div className="refusal" role="alert" data-refusal={kind}>
      <strong>{titles[kind]}</strong>
      <p>
        {sentence} {advice[kind][to]}
      </p>
      {onAgain !== undefined && kind !== 'denied' && (
        <button type="button" onClick={onAgain}>
          Try again
        </button>
      )}
    </div>
  );
}
