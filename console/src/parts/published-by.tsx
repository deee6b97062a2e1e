import type { ModelVersion } from '../ask/models.ts';
import { homeWords } from '../words/home-words.ts';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

/** When a model was published, and by whom. */
export function PublishedBy({ model: { createdAt, createdBy } }: { readonly model: ModelVersion }) {
  return (
    <span>
      <Time at={createdAt} />{' '}
      {createdBy === null ? (
        homeWords.console
      ) : (
        <>
          {homeWords.by} <Ref value={createdBy} who={{}} />
        </>
      )}
    </span>
  );
}
