import { kindOfSubject, type ObjectRole } from '../ask/object-roles.ts';
import { useDraft } from '../ask/use-draft.ts';
import { extendGrant, grantRole, type RoleAnswer, revokeRole, transferRole, type Written } from '../ask/writes.ts';
import { writeWords } from '../words/write-words.ts';
import { EndField, instantIn } from './end-fields.tsx';
import { PreviewText } from './preview-text.tsx';
import { RefusalStep } from './refusal-step.tsx';
import { RelationshipFacts } from './relationship-facts.tsx';
import { WhoField } from './who-field.tsx';
import { WriteForm } from './write-form.tsx';

/** A grant by what names it. */
export interface GrantName {
  readonly object: string;
  readonly role: string;
  readonly subject: string;
}

interface ChangeFormProps extends GrantName {
  readonly onCancel: () => void;
  readonly onDone: (answer: RoleAnswer, previewed: RoleAnswer | undefined) => void;
}

function showPreview({ preview }: RoleAnswer) {
  return preview !== null && <PreviewText preview={preview} />;
}

export function RevokeForm({ onCancel, onDone, ...grant }: ChangeFormProps) {
  return (
    <WriteForm
      write={revokeRole}
      input={grant}
      name={writeWords.revoke}
      isDestructive
      showPreview={showPreview}
      nextStep={(problem) => <RefusalStep {...grant} problem={problem} onKeep={onCancel} />}
      onCancel={onCancel}
      onDone={onDone}
    />
  );
}

export function ExtendForm({ onCancel, onDone, ...grant }: ChangeFormProps) {
  const [end, setEnd] = useDraft('expiresAt');
  const expiresAt = instantIn(end);
  return (
    <WriteForm
      write={extendGrant}
      input={expiresAt === undefined ? undefined : { ...grant, expiresAt }}
      name={writeWords.extendConfirm}
      showPreview={showPreview}
      nextStep={(problem) =>
        problem.code !== 'CONFLICT' && <RefusalStep {...grant} problem={problem} onKeep={onCancel} />
      }
      onCancel={onCancel}
      onDone={onDone}
    >
      <EndField isChange value={end} onChange={setEnd} />
    </WriteForm>
  );
}

interface TransferFormProps extends ChangeFormProps {
  readonly roles: readonly ObjectRole[];
}

export function TransferForm({ object, role, subject, roles, onCancel, onDone }: TransferFormProps) {
  const [to, setTo] = useDraft('to');
  const isWhole = kindOfSubject(to.trim()) !== undefined;
  const fitting = roles.filter((one) => one.role === role);
  return (
    <WriteForm
      write={transferRole}
      input={isWhole ? { object, role, from: subject, to: to.trim() } : undefined}
      name={writeWords.transfer}
      showPreview={showPreview}
      nextStep={(problem) => (
        <RefusalStep problem={problem} object={object} role={role} subject={subject} onKeep={onCancel} />
      )}
      onCancel={onCancel}
      onDone={onDone}
    >
      <WhoField label={writeWords.whoNew} object={object} roles={fitting} value={to} onChange={setTo} />
    </WriteForm>
  );
}

interface UndoFormProps extends Pick<ChangeFormProps, 'onCancel' | 'onDone'> {
  /** As it was when it was taken away. */
  readonly taken: Written;
}

/** What was taken away is given anew, as it was. */
export function UndoForm({ taken, onCancel, onDone }: UndoFormProps) {
  const { object, relation: role, subject, condition, startsAt, expiresAt } = taken;
  const given = condition && {
    name: condition.name,
    ...(condition.context !== null && { context: condition.context }),
  };
  return (
    <WriteForm
      write={grantRole}
      input={{ object, role, subject, condition: given, startsAt, expiresAt }}
      name={writeWords.undo}
      showPreview={showPreview}
      nextStep={(problem) => (
        <RefusalStep object={object} role={role} subject={subject} problem={problem} onKeep={onCancel} />
      )}
      onCancel={onCancel}
      onDone={onDone}
    >
      <p>{writeWords.undoNote}</p>
      <RelationshipFacts relationship={taken} />
    </WriteForm>
  );
}
