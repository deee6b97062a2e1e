import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type ModelVersion, useModel } from '../ask/models.ts';
import { useRights } from '../ask/rights.ts';
import { useCaller } from '../ask/session.ts';
import { homeWords } from '../words/home-words.ts';
import { modelName, modelWords } from '../words/model-words.ts';
import styles from './model-frame.module.css';
import { Page } from './page.tsx';
import { Problem } from './problem.tsx';
import { PublishedBy } from './published-by.tsx';
import tabStyles from './tabs.module.css';

interface ModelFrameProps {
  readonly id: string;
  readonly title?: string;
  readonly children: (model: ModelVersion) => ReactNode;
}

/** What stands above every page about a published model. */
export function ModelFrame({ id, title = modelName(id), children }: ModelFrameProps) {
  const { data: model, error, isNotForMe, refetch } = useModel(id);
  return (
    <Page title={title}>
      {isNotForMe && <p className="muted">{modelWords.notReader}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {model === null && <p>{modelWords.noModel}</p>}
      {model != null && (
        <>
          <p>
            {homeWords.published} <PublishedBy model={model} />
            {model.active && <strong className={styles.active}> {modelWords.active}</strong>}
          </p>
          <Tabs model={model} />
          {children(model)}
        </>
      )}
    </Page>
  );
}

function Tabs({ model: { id, active } }: { readonly model: ModelVersion }) {
  const { isKnown, mayPublishModel } = useRights();
  const { platform } = useCaller();
  const exactly = { params: { model: id }, activeOptions: { exact: true, includeSearch: false } };
  return (
    <>
      <nav className={tabStyles.tabs} aria-label={modelWords.tabs}>
        <Link to="/models/$model" {...exactly}>
          {modelWords.text}
        </Link>
        <Link to="/models/$model/map" {...exactly}>
          {modelWords.map}
        </Link>
        <Link to="/models/$model/compare" {...exactly}>
          {modelWords.compare}
        </Link>
        {mayPublishModel && !active && (
          <Link to="/models/$model/activate" {...exactly}>
            {modelWords.activate}
          </Link>
        )}
        {mayPublishModel && (
          <Link to="/models/draft" search={{ from: id }}>
            {modelWords.edit}
          </Link>
        )}
      </nav>
      {isKnown && !mayPublishModel && (
        <p className="muted">
          {modelWords.publishNeeds} <bdi>{platform}</bdi>.
        </p>
      )}
    </>
  );
}
