import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ActiveModelDocument } from '../ask/__generated__/operations.ts';
import { ask } from '../ask/ask.ts';
import { useCaller } from '../ask/session.ts';
import { homeWords } from '../words/home-words.ts';
import { Problem } from './problem.tsx';
import { Ref } from './ref.tsx';
import { Time } from './time.tsx';

/** Which model decides; only for whoever may read it. */
export function ActiveModel() {
  const { subject } = useCaller();
  const { data, error } = useQuery({
    queryKey: ['active-model', subject],
    queryFn: () => ask(ActiveModelDocument, {}),
  });
  const model = data?.authorizationModel;
  return (
    <section>
      <h2>{homeWords.model}</h2>
      {error !== null && <Problem error={error} />}
      {model === null && <p>{homeWords.noModel}</p>}
      {model != null && (
        <p>
          <Link to="/models/$model" params={{ model: model.id }}>
            <strong>{model.id}</strong>
          </Link>
          , {homeWords.published} <Time at={model.createdAt} />{' '}
          {model.createdBy === null ? (
            homeWords.console
          ) : (
            <>
              {homeWords.by} <Ref value={model.createdBy} who={{}} />
            </>
          )}
        </p>
      )}
    </section>
  );
}
