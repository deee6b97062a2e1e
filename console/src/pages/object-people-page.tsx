import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useObjectRoles } from '../ask/object-roles.ts';
import { useObjectRights } from '../ask/rights.ts';
import { UndoForm } from '../parts/change-forms.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { type Done, DoneNote } from '../parts/done-note.tsx';
import { ObjectDialogs } from '../parts/object-dialogs.tsx';
import { ObjectFrame } from '../parts/object-frame.tsx';
import { PeopleList } from '../parts/people-list.tsx';
import { objectWords } from '../words/object-words.ts';
import { changeWords, writeWords } from '../words/write-words.ts';
import styles from './object-people-page.module.css';

/** Who has which role on an object, and how; and what can be done about it. */
export function ObjectPeoplePage() {
  const { object } = useParams({ from: '/objects/$object' });
  const { contained, leaver, ...asked } = useSearch({ from: '/objects/$object' });
  const navigate = useNavigate();
  const { isKnown, mayReview } = useObjectRights(object);
  const { data: roles, isNotForMe } = useObjectRoles(object);
  const [done, setDone] = useState<Done>();
  const goTo = (wanted: string | undefined) =>
    void navigate({ to: '/objects/$object', params: { object }, search: { contained: wanted }, replace: true });
  const close = () => goTo(contained);
  return (
    <ObjectFrame object={object}>
      {isKnown && !mayReview && <p className="muted">{objectWords.notReviewer}</p>}
      <div className={styles.tools}>
        {mayReview && (
          <label className={styles.contained}>
            <input
              type="checkbox"
              checked={contained === 'yes'}
              onChange={({ target }) => goTo(target.checked ? 'yes' : undefined)}
            />{' '}
            {objectWords.contained}
          </label>
        )}
        {mayReview && (
          <Link to="/reviews/$object" params={{ object }} search={{ contained }}>
            {objectWords.review}
          </Link>
        )}
        {mayReview && (
          <Link to="/findings/$object" params={{ object }} search={{ ...(contained !== 'yes' && { alone: 'yes' }) }}>
            {objectWords.findings}
          </Link>
        )}
        {roles?.some(({ canGrant }) => canGrant) && (
          <Link
            className={styles.grant}
            to="/objects/$object"
            params={{ object }}
            search={{ contained, grant: '1' }}
            aria-keyshortcuts="n"
          >
            {objectWords.grant}
          </Link>
        )}
      </div>
      <JustDone key={object} done={done} isCovered={'grant' in asked || 'change' in asked} onDone={setDone} />
      <PeopleList object={object} isContained={contained === 'yes'} mayReview={mayReview} roles={roles} />
      <ObjectDialogs
        object={object}
        asked={asked}
        roles={roles}
        isNotForMe={isNotForMe}
        onClose={close}
        onDone={(what) => {
          setDone({ ...what, leaver });
          close();
        }}
      />
    </ObjectFrame>
  );
}

interface JustDoneProps {
  readonly done: Done | undefined;
  readonly isCovered: boolean;
  readonly onDone: (done: Done) => void;
}

/** What was just done; what was taken away can be given back. */
function JustDone({ done, isCovered, onDone }: JustDoneProps) {
  const [isUndoing, setIsUndoing] = useState(false);
  if (done === undefined) return undefined;
  const { relation, subject } = done.relationship;
  return (
    <>
      <DoneNote
        key={JSON.stringify(done)}
        done={done}
        isCovered={isCovered || isUndoing}
        onUndo={() => setIsUndoing(true)}
      />
      {isUndoing && (
        <Dialog title={changeWords(writeWords.undo, relation, subject)} onClose={() => setIsUndoing(false)}>
          <UndoForm
            taken={done.relationship}
            onCancel={() => setIsUndoing(false)}
            onDone={({ relationship }, previewed) => {
              setIsUndoing(false);
              if (relationship !== null)
                onDone({ kind: 'grant', relationship, preview: previewed?.preview ?? undefined });
            }}
          />
        </Dialog>
      )}
    </>
  );
}
