import { Link } from '@tanstack/react-router';
import type { Offboarding } from '../ask/offboard.ts';
import { personWords, takesWords, throughSetsWords } from '../words/person-words.ts';
import { writeWords } from '../words/write-words.ts';
import { RelationshipLines } from './relationship-lines.tsx';

/** What off-boarding would take, and what is in its way. */
export function OffboardPreview({ offboarding }: { readonly offboarding: Offboarding }) {
  const { subject, relationshipCount, relationships, throughSetsCount, throughSets, throughSetsAreCut } = offboarding;
  const { orphaned, orphanedCount } = offboarding;
  return (
    <>
      {orphanedCount > 0 && (
        <div role="alert">
          <p>{personWords.orphaned}</p>
          <ul>
            {orphaned.edges.map(({ node: { object, role } }) => (
              <li key={JSON.stringify([object, role])}>
                <code>{role}</code> {writeWords.on} <bdi>{object}</bdi>:{' '}
                <Link to="/objects/$object" params={{ object }} search={{ change: 'transfer', role, subject }}>
                  {writeWords.transferFirst}
                </Link>
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
