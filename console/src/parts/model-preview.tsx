import { type ModelDiff as Diff, lossesOf, type ModelImpact } from '../ask/activate-model.ts';
import { confirmWords, impactWords } from '../words/impact-words.ts';
import { ImpactTable } from './impact-table.tsx';
import { ModelDiff } from './model-diff.tsx';
import styles from './write-form.module.css';

interface ModelPreviewProps {
  readonly diff: Diff | null;
  readonly impact: ModelImpact | null;
  /** What was typed as the number of permissions that are lost; nothing is to be typed without it. */
  readonly confirmation?: { readonly typed: string; readonly onType: (typed: string) => void };
}

/** What a model says otherwise than the active one, and whom it concerns. */
export function ModelPreview({ diff, impact, confirmation }: ModelPreviewProps) {
  const losses = lossesOf(impact);
  return (
    <>
      <h3>{impactWords.changes}</h3>
      <ModelDiff diff={diff} />
      {impact !== null && (
        <>
          <h3>{impactWords.impact}</h3>
          <ImpactTable impact={impact} />
          {locksOut(impact) && <p role="alert">{impactWords.lockOut}</p>}
        </>
      )}
      {confirmation !== undefined && losses > 0 && (
        <label className={styles.field}>
          {confirmWords(losses)}
          <input
            name="losses"
            inputMode="numeric"
            autoComplete="off"
            value={confirmation.typed}
            onChange={({ target }) => confirmation.onType(target.value)}
          />
        </label>
      )}
    </>
  );
}

function locksOut({ permissions }: ModelImpact): boolean {
  return permissions.some(({ permission, lost }) => permission === 'can_publish_model' && lost.objects > 0);
}
