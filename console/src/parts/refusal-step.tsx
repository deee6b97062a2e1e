import { Link } from '@tanstack/react-router';
import type { WriteProblem } from '../ask/writes.ts';
import { writeWords } from '../words/write-words.ts';

interface RefusalStepProps {
  readonly problem: WriteProblem;
  readonly object: string;
  readonly role: string;
  readonly subject: string;
  readonly onKeep: () => void;
}

/** What one can do instead of what would be refused. */
export function RefusalStep({ problem: { code, current }, object, role, subject, onKeep }: RefusalStepProps) {
  const linkTo = (change: string, label: string) => (
    <Link to="/objects/$object" params={{ object }} search={{ change, role, subject }}>
      {label}
    </Link>
  );
  if (code === 'LAST_HOLDER') return <p>{linkTo('transfer', writeWords.transferFirst)}</p>;
  if (code === 'SELF_GRANT') return <p>{writeWords.secondPerson}</p>;
  // Only what is of this very grant: a transfer may find the other one's in its way.
  const isThis = current?.subject === subject && current.relation === role && current.object === object;
  if (code !== 'CONFLICT' || !isThis) return undefined;
  return (
    <p>
      {linkTo('extend', writeWords.changeThis)}{' '}
      <button type="button" className="quiet" onClick={onKeep}>
        {writeWords.keepIt}
      </button>
    </p>
  );
}
