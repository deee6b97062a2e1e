import { Link } from '@tanstack/react-router';
import { ModelsDocument } from '../ask/__generated__/operations.ts';
import { type ModelVersion, useModels } from '../ask/models.ts';
import { useRights } from '../ask/rights.ts';
import { AuditList } from '../parts/audit-list.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import tableStyles from '../parts/people-table.module.css';
import { Problem } from '../parts/problem.tsx';
import { PublishedBy } from '../parts/published-by.tsx';
import { modelName, modelWords, toModelWords } from '../words/model-words.ts';

/** What was published, what decides now, and what one can do with each. */
export function ModelsPage() {
  const { pages, last, error, isNotForMe, isFetching, fetchNextPage, refetch } = useModels();
  const { mayPublishModel, mayReadWholeAuditLog } = useRights();
  const models = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  const active = models.find((one) => one.active);
  return (
    <Page title={modelWords.title}>
      {isNotForMe && <p className="muted">{modelWords.notReader}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {last !== undefined && models.length === 0 && <p role="status">{modelWords.none}</p>}
      {models.length > 0 && (
        <table className={tableStyles.table}>
          <caption className="only-read">{modelWords.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{modelWords.number}</th>
              <th scope="col">{modelWords.published}</th>
              <th scope="col">{modelWords.state}</th>
              <th scope="col">{modelWords.do}</th>
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <Row key={model.id} model={model} active={active} mayPublish={mayPublishModel} />
            ))}
          </tbody>
        </table>
      )}
      {last !== undefined && (
        <>
          <MoreButton
            page={last.pageInfo}
            isCutShort={false}
            isLoading={isFetching}
            onMore={() => void fetchNextPage()}
          />
          <PageTools query={String(ModelsDocument)} variables={{}} />
        </>
      )}
      {mayReadWholeAuditLog && (
        <section>
          <h2>{modelWords.history}</h2>
          <AuditList filter={historyFilter} mayRead />
        </section>
      )}
    </Page>
  );
}

const historyFilter = { actions: ['publishModel', 'publishAndActivateModel', 'activateModel'] };

interface RowProps {
  readonly model: ModelVersion;
  readonly active: ModelVersion | undefined;
  readonly mayPublish: boolean;
}

function Row({ model, active, mayPublish }: RowProps) {
  const { id } = model;
  const isOlder = active !== undefined && Number(id) < Number(active.id);
  const step = isOlder ? modelWords.rollBack : modelWords.activate;
  return (
    <tr>
      <th scope="row">
        <Link to="/models/$model" params={{ model: id }}>
          {modelName(id)}
        </Link>
      </th>
      <td data-label={modelWords.published}>
        <PublishedBy model={model} />
      </td>
      <td data-label={modelWords.state}>
        {model.active ? <strong className={tableStyles.allowed}>{modelWords.active}</strong> : modelWords.notActive}
      </td>
      <td data-label={modelWords.do}>
        <Link to="/models/$model/map" params={{ model: id }}>
          {modelWords.map}
          <span className="only-read">: {modelName(id)}</span>
        </Link>
        {mayPublish && !model.active && (
          <>
            {' · '}
            <Link to="/models/$model/activate" params={{ model: id }}>
              <span aria-hidden="true">{step}</span>
              <span className="only-read">{toModelWords(step, id)}</span>
            </Link>
          </>
        )}
      </td>
    </tr>
  );
}
