import { useParams } from '@tanstack/react-router';
import { ObjectStructureDocument } from '../ask/__generated__/operations.ts';
import { type Tie, useStructure } from '../ask/structure.ts';
import { LiveAccess } from '../parts/live-access.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { ObjectFrame } from '../parts/object-frame.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import listStyles from '../parts/plain-list.module.css';
import { Problem } from '../parts/problem.tsx';
import { Ref } from '../parts/ref.tsx';
import { DecisionPicture } from '../pictures/decision-picture.tsx';
import { structurePicture } from '../pictures/structure-picture.ts';
import { shownCount } from '../words/ask-words.ts';
import { objectWords } from '../words/object-words.ts';
import { personWords } from '../words/person-words.ts';
import { structureWords } from '../words/structure-words.ts';

/** What an object belongs to and what belongs to it, along the relations that tie objects to each other. */
export function ObjectStructurePage() {
  const { object } = useParams({ from: '/objects/$object/structure' });
  const { above, below, token, last, error, isNotForMe, isFetching, variables, fetchNextPage, refetch } =
    useStructure(object);
  return (
    <ObjectFrame object={object}>
      {isNotForMe && <p className="muted">{objectWords.notReviewer}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {last !== undefined && (
        <>
          <LiveAccess object={object} isContained token={token} />
          <h2>{structureWords.above}</h2>
          <TieList ties={above} none={structureWords.nothingAbove} />
          <h2>{structureWords.below}</h2>
          <p className="muted">{below.length > 0 && shownCount(below.length, last.pageInfo.hasNextPage)}</p>
          <TieList ties={below} none={structureWords.nothingBelow} />
          <MoreButton
            page={last.pageInfo}
            isCutShort={false}
            isLoading={isFetching}
            onMore={() => void fetchNextPage()}
          />
          {!last.isComplete && <p>{personWords.notComplete}</p>}
          {above.length + below.length > 0 && <DecisionPicture picture={structurePicture(object, above, below)} />}
          <PageTools query={String(ObjectStructureDocument)} variables={variables} />
        </>
      )}
    </ObjectFrame>
  );
}

function TieList({ ties, none }: { readonly ties: readonly Tie[]; readonly none: string }) {
  if (ties.length === 0) return <p className="muted">{none}</p>;
  return (
    <ul className={listStyles.list}>
      {ties.map(({ object, relations }) => (
        <li key={object}>
          <Ref value={object} /> {relations.length > 0 && <code>{relations.join(', ')}</code>}
        </li>
      ))}
    </ul>
  );
}
