import type { GrantRoleInput } from '../ask/__generated__/operations.ts';
import { conditionsFor, kindOfSubject, type ObjectRole } from '../ask/object-roles.ts';
import { useCaller } from '../ask/session.ts';
import { useCondition } from '../ask/use-condition.ts';
import { useDraft } from '../ask/use-draft.ts';
import { grantRole, type RoleAnswer } from '../ask/writes.ts';
import { writeWords } from '../words/write-words.ts';
import { ConditionField } from './condition-field.tsx';
import { BeginField, EndField, instantIn } from './end-fields.tsx';
import { PreviewText } from './preview-text.tsx';
import { RefusalStep } from './refusal-step.tsx';
import { RoleField } from './role-field.tsx';
import { hindranceOf } from './role-hindrance.ts';
import { WhoField } from './who-field.tsx';
import styles from './write-form.module.css';
import { WriteForm } from './write-form.tsx';

interface GrantFormProps {
  readonly object: string;
  readonly roles: readonly ObjectRole[];
  /** What the address says of it already. */
  readonly subject: string;
  readonly role: string;
  readonly onCancel: () => void;
  readonly onDone: (answer: RoleAnswer, previewed: RoleAnswer | undefined) => void;
}

/** Who, which role, from when until when, why. */
export function GrantForm({ object, roles, onCancel, onDone, ...given }: GrantFormProps) {
  const { subject: caller } = useCaller();
  const [subject, setSubject] = useDraft('subject', given.subject);
  const [role, setRole] = useDraft('role', given.role);
  const [begin, setBegin] = useDraft('startsAt', 'none');
  const [end, setEnd] = useDraft('expiresAt', 'none');
  const [startsAt, expiresAt] = [instantIn(begin), instantIn(end)];
  const who = subject.trim();
  const chosen = roles.find((one) => one.role === role);
  const kind = kindOfSubject(who);
  const conditions = (chosen && kind && conditionsFor(chosen, kind)) ?? [null];
  const draft = useCondition(conditions);
  const { condition } = draft;
  // Whoever comes with both has only to say until when.
  const isNamed = given.subject !== '' && given.role !== '';
  const isOpen = chosen !== undefined && kind !== undefined && hindranceOf(chosen, object, who, caller) === undefined;
  const isWhole = isOpen && startsAt !== undefined && expiresAt !== undefined && condition !== undefined;
  const input: GrantRoleInput | undefined = isWhole
    ? { object, role, subject: who, startsAt, expiresAt, condition }
    : undefined;
  return (
    <WriteForm
      write={grantRole}
      input={input}
      name={writeWords.grantConfirm}
      showPreview={({ preview }) => preview !== null && <PreviewText preview={preview} />}
      nextStep={(problem) => (
        <RefusalStep problem={problem} object={object} role={role} subject={who} onKeep={onCancel} />
      )}
      onCancel={onCancel}
      onDone={onDone}
    >
      {!roles.some(({ canGrant }) => canGrant) && <p>{writeWords.nobodyGrants}</p>}
      <WhoField
        label={writeWords.who}
        object={object}
        roles={roles}
        isFirst={!isNamed}
        value={subject}
        onChange={setSubject}
      />
      <RoleField object={object} roles={roles} subject={who} caller={caller} value={role} onChange={setRole} />
      <ConditionField {...draft} />
      <div className={styles.times}>
        <BeginField value={begin} onChange={setBegin} />
        <EndField isFirst={isNamed} value={end} onChange={setEnd} />
      </div>
    </WriteForm>
  );
}
