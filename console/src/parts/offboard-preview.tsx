import { Link } from '@tanstack/react-router';
import { useGivable } from '../ask/givable.ts';
import type { Offboarding } from '../ask/offboard.ts';
import { personWords, takesWords, throughSetsWords } from '../words/person-words.ts';
import { needsWords, writeWords } from '../words/write-words.ts';
import { RelationshipLines } from './relationship-lines.tsx';

/** What off-boarding would take, and what is in its way. */
export function OffboardPreview({ offboarding }: { readonly offboarding: Offboarding }) {
  const { subject, relationshipCount, relationships, throughSetsCount, throughSets, throughSetsAreCut } = offboarding;
  const { orphaned, orphanedCount } = offboarding;
  const isGivable = useGivable(orphaned.edges.map(({ node }) => node));
  return (
    <>
      {orphanedCount > 0 && (
        <div role="alert">
          <p>{personWords.orphaned}</p>
          <ul>
            {orphaned.edges.map(({ node }) => (
              <li key={JSON.stringify(node)}>
                <code>{node.role}</code> {writeWords.on} <bdi>{node.object}</bdi>:{' '}
                <WayOut {...node} subject={subject} mayGive={isGivable(node.object, node.role)} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <p>{takesWords(relationshipCount)}</p>
      <RelationshipLines relationships={relationships.edges.map(({ node }) => node)} count={relationshipCount} />
      {throughSetsCount > 0 && <p>{throughSetsWords(throughSetsCount, throughSetsAreCut)}</p>}
      <RelationshipLines relationships={throughSets.edges.map(({ node }) => node)} count={throughSetsCount} />
      <p className="muted">{personWords.onlyMine}</p>
    </>
  );
}

interface WayOutProps {
  readonly object: string;
  readonly role: string;
  readonly subject: string;
  readonly mayGive: boolean;
}

/** What must be kept is handed over by whoever may give it: oneself, or somebody who is to be found. */
function WayOut({ object, role, subject, mayGive }: WayOutProps) {
  if (mayGive) {
    return (
      <Link to="/objects/$object" params={{ object }} search={{ change: 'transfer', role, subject, leaver: subject }}>
        {writeWords.transferFirst}
      </Link>
    );
  }
  const permission = `can_grant_${role}`;
  const type = subject.slice(0, subject.indexOf(':'));
  return (
    <>
      {needsWords(permission, object)}.{' '}
      <Link to="/ask/who" search={{ object, permission, type }}>
        {writeWords.askWho}
      </Link>
    </>
  );
}
