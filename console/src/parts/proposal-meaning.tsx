import type { ReactNode } from 'react';
import { type Proposal, useProposalSimulation, useProposedModel, useProposedModelPreview } from '../ask/proposals.ts';
import { proposalWords } from '../words/proposal-words.ts';
import { simulationWords } from '../words/simulation-words.ts';
import { LiveAccess } from './live-access.tsx';
import { ModelPreview } from './model-preview.tsx';
import { ModelText } from './model-text.tsx';
import { Problem } from './problem.tsx';
import fileStyles from './proposal-meaning.module.css';
import { SimulationText } from './simulation-text.tsx';
import styles from './write-form.module.css';

/** What a proposal of relationships would mean now, by the server's word; those who may not review it are told so. */
export function ProposalMeaning({ proposal, mayReview }: { readonly proposal: Proposal; readonly mayReview: boolean }) {
  const { id, state, deletes, writes } = proposal;
  const { data, error, refetch } = useProposalSimulation(id, true);
  const object = [...deletes, ...writes][0]?.object ?? '';
  const simulation = data?.simulation;
  return (
    <Meaning>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {error === null && data === undefined && <p className="muted">{simulationWords.asking}</p>}
      {simulation === null && <p className="muted">{simulationWords.hidden}</p>}
      {simulation != null && <SimulationText simulation={simulation} />}
      {simulation != null && state === 'OPEN' && mayReview && (
        <LiveAccess object={object} isContained={false} token={simulation.consistencyToken} />
      )}
    </Meaning>
  );
}

/** What a proposed model would change, for whoever may publish one. */
export function ProposedModelMeaning({ id, mayPublish }: { readonly id: string; readonly mayPublish: boolean }) {
  const { data, error, refetch } = useProposedModelPreview(id, mayPublish);
  if (!mayPublish)
    return (
      <Meaning>
        <p className="muted">{proposalWords.modelPreviewHidden}</p>
      </Meaning>
    );
  const preview = data?.modelPreview;
  return (
    <Meaning>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {error === null && data === undefined && <p className="muted">{simulationWords.asking}</p>}
      {preview != null && <ModelPreview diff={preview.diff} impact={preview.impact} />}
    </Meaning>
  );
}

function Meaning({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <h2>{simulationWords.title}</h2>
      <section className={styles.preview} aria-live="polite" aria-label={simulationWords.title}>
        {children}
      </section>
    </>
  );
}

/** The text of a proposed model, and what it must pass. */
export function ProposedModelText({ id }: { readonly id: string }) {
  const { data, error, refetch } = useProposedModel(id);
  if (error !== null) return <Problem error={error} again={() => void refetch()} />;
  if (data?.model == null) return undefined;
  const { dsl, modules, tests } = data.model;
  const files = modules ?? [{ name: proposalWords.model, dsl: dsl ?? '' }];
  return (
    <>
      {files.map((file) => (
        <details key={file.name} className={fileStyles.file}>
          <summary>{file.name}</summary>
          <pre>
            <ModelText text={file.dsl} />
          </pre>
        </details>
      ))}
      {tests !== null && (
        <details className={fileStyles.file}>
          <summary>{proposalWords.tests}</summary>
          <pre>{tests}</pre>
        </details>
      )}
    </>
  );
}
