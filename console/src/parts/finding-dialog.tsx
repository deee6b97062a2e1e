import { Link, useNavigate } from '@tanstack/react-router';
import { changeInput } from '../ask/access-change.ts';
import type { Finding } from '../ask/findings.ts';
import { useGivable } from '../ask/givable.ts';
import { useMayPropose } from '../ask/may-propose.ts';
import { evidenceWords, findingWords, mayNotProposeWords, takeYourselfWords } from '../words/finding-words.ts';
import { ChangeLines } from './change-lines.tsx';
import { Dialog } from './dialog.tsx';
import { ProposeForm } from './propose-form.tsx';
import { SimulatedChange } from './simulated-change.tsx';
import styles from './write-form.module.css';

interface FindingDialogProps {
  /** The object that was asked about. */
  readonly object: string;
  /** Undefined where it is not among those that were read. */
  readonly finding: Finding | undefined;
  readonly onClose: () => void;
}

/** The change that ends a finding: what it would mean, and how it is proposed or made. */
export function FindingDialog({ object, finding, onClose }: FindingDialogProps) {
  return (
    <Dialog title={findingWords.endIt} isDrawer onClose={onClose}>
      {finding?.change == null ? (
        <>
          <p>{findingWords.gone}</p>
          <button type="button" className="quiet" onClick={onClose}>
            {findingWords.close}
          </button>
        </>
      ) : (
        <Ending object={object} finding={finding} change={finding.change} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface EndingProps extends Omit<FindingDialogProps, 'finding'> {
  readonly finding: Finding;
  readonly change: NonNullable<Finding['change']>;
}

function Ending({ object, finding, change, onClose }: EndingProps) {
  const navigate = useNavigate();
  const { isKnown, may, missing } = useMayPropose([...change.deletes, ...change.writes]);
  const what = (
    <>
      <p>
        <bdi>{finding.text}</bdi>
      </p>
      <ChangeLines change={change} />
      <MakeIt change={change} />
    </>
  );
  if (isKnown && !may)
    return (
      <div className={styles.form}>
        {what}
        <SimulatedChange change={changeInput(change)} within={object} />
        <p className="muted">{mayNotProposeWords(missing ?? object)}</p>
        <div className={styles.buttons}>
          <button type="button" className="quiet" data-first="" onClick={onClose}>
            {findingWords.close}
          </button>
        </div>
      </div>
    );
  return (
    <ProposeForm
      change={may ? changeInput(change) : undefined}
      evidence={evidenceWords(finding.kind, finding.id, finding.text)}
      within={object}
      // The way to the table of findings was the right to review the object, and that is what is asked here.
      maySimulate
      name={findingWords.propose}
      onCancel={onClose}
      onProposed={(id) => void navigate({ to: '/proposals/$id', params: { id } })}
    >
      {what}
      <p className="muted">{findingWords.proposeNote}</p>
    </ProposeForm>
  );
}

/** For whoever may: the dialogs that take away, each with its own preview. */
function MakeIt({ change: { writes, deletes } }: Pick<EndingProps, 'change'>) {
  const isGivable = useGivable(deletes.map(({ object, relation }) => ({ object, role: relation })));
  const mine = deletes.filter(({ object, relation }) => isGivable(object, relation));
  if (writes.length > 0 || deletes.length === 0 || mine.length < deletes.length) return undefined;
  return (
    <div>
      {findingWords.yourself}
      <ul>
        {mine.map(({ object, relation, subject }) => (
          <li key={JSON.stringify([object, relation, subject])}>
            <Link to="/objects/$object" params={{ object }} search={{ change: 'revoke', role: relation, subject }}>
              {takeYourselfWords(relation, subject, object)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
