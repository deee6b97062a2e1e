import type { ReactNode } from 'react';
import type { ObjectRole } from '../ask/object-roles.ts';
import { useCaller } from '../ask/session.ts';
import type { RoleAnswer } from '../ask/writes.ts';
import { objectWords } from '../words/object-words.ts';
import { changeWords, onWords, writeWords } from '../words/write-words.ts';
import { ExtendForm, type GrantName, RevokeForm, TransferForm } from './change-forms.tsx';
import { type ChangeKind, changeHindrance, isChangeKind } from './change-hindrance.ts';
import { Dialog } from './dialog.tsx';
import type { Done } from './done-note.tsx';
import { GrantForm } from './grant-form.tsx';

/** Which dialog is open on an object, as the address says it. */
export interface AskedDialog {
  readonly grant?: string;
  readonly change?: string;
  readonly role?: string;
  readonly subject?: string;
}

interface ObjectDialogsProps {
  readonly object: string;
  readonly asked: AskedDialog;
  readonly roles: readonly ObjectRole[] | undefined;
  /** Whether the roles are not for whoever asks. */
  readonly isNotForMe: boolean;
  readonly onClose: () => void;
  readonly onDone: (done: Done) => void;
}

/** The dialog that the address asks for; what may not be done is said in it, and not tried. */
export function ObjectDialogs(props: ObjectDialogsProps) {
  const { object, asked, roles, isNotForMe, onClose, onDone } = props;
  const { grant, change, role = '', subject = '' } = asked;
  if (grant !== '1' && !isChangeKind(change)) return undefined;
  const kind = isChangeKind(change) ? change : 'grant';
  const title = kind === 'grant' ? onWords(writeWords.grant, object) : changeWords(writeWords[kind], role, subject);
  const finish = ({ relationship }: RoleAnswer, previewed: RoleAnswer | undefined) => {
    if (relationship !== null) onDone({ kind, relationship, preview: previewed?.preview ?? undefined });
  };
  const manner = { onCancel: onClose, onDone: finish };
  return (
    <Dialog key={JSON.stringify([kind, role, subject])} title={title} isDrawer={kind === 'grant'} onClose={onClose}>
      {roles === undefined && (
        <Instead onClose={onClose}>{isNotForMe ? objectWords.rolesNotMine : objectWords.rolesAsking}</Instead>
      )}
      {roles !== undefined && kind === 'grant' && (
        <GrantForm object={object} roles={roles} subject={subject} role={role} {...manner} />
      )}
      {roles !== undefined && kind !== 'grant' && (
        <ChangeForm change={kind} grant={{ object, role, subject }} roles={roles} {...manner} />
      )}
    </Dialog>
  );
}

interface ChangeFormProps {
  readonly change: ChangeKind;
  readonly grant: GrantName;
  readonly roles: readonly ObjectRole[];
  readonly onCancel: () => void;
  readonly onDone: (answer: RoleAnswer, previewed: RoleAnswer | undefined) => void;
}

function ChangeForm({ change, grant, roles, ...manner }: ChangeFormProps) {
  const { subject: caller } = useCaller();
  const hindrance = changeHindrance(change, roles, grant, caller);
  if (hindrance !== undefined) return <Instead onClose={manner.onCancel}>{hindrance}</Instead>;
  switch (change) {
    case 'revoke':
      return <RevokeForm {...grant} {...manner} />;
    case 'extend':
      return <ExtendForm {...grant} {...manner} />;
    case 'transfer':
      return <TransferForm {...grant} {...manner} roles={roles} />;
  }
}

function Instead({ children, onClose }: { readonly children: ReactNode; readonly onClose: () => void }) {
  return (
    <>
      <p>{children}</p>
      <button type="button" className="quiet" onClick={onClose}>
        {writeWords.cancel}
      </button>
    </>
  );
}
