import { useState } from 'react';
import type { AccessConditionInput, GrantRoleInput } from '../ask/__generated__/operations.ts';
import { conditionsFor, kindOfSubject, type ObjectRole } from '../ask/object-roles.ts';
import { useCaller } from '../ask/session.ts';
import { grantRole, type RoleAnswer } from '../ask/writes.ts';
import { writeWords } from '../words/write-words.ts';
import { ConditionField, readCondition } from './condition-field.tsx';
import { BeginField, EndField } from './end-fields.tsx';
import { PreviewText } from './preview-text.tsx';
import { RefusalStep } from './refusal-step.tsx';
import { hindranceOf, RoleField } from './role-field.tsx';
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
  readonly onDone: (answer: RoleAnswer) => void;
}

type Condition = AccessConditionInput | null | undefined;
type At = string | null | undefined;

/** Who, which role, from when until when, why. */
export function GrantForm({ object, roles, onCancel, onDone, ...given }: GrantFormProps) {
  const { subject: caller } = useCaller();
  const [subject, setSubject] = useState(given.subject);
  const [role, setRole] = useState(given.role);
  const [startsAt, setStartsAt] = useState<At>(null);
  const [expiresAt, setExpiresAt] = useState<At>(null);
  const [conditionOf, setConditionOf] = useState<{ readonly of: string; readonly condition: Condition }>();
  const who = subject.trim();
  const chosen = roles.find((one) => one.role === role);
  const kind = kindOfSubject(who);
  const conditions = (chosen && kind && conditionsFor(chosen, kind)) ?? [null];
  // What was filled in for another role or another kind counts no more.
  const place = JSON.stringify([role, conditions]);
  const first = conditions.includes(null) ? null : readCondition(conditions[0] ?? '', '');
  const condition = conditionOf?.of === place ? conditionOf.condition : first;
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
      <WhoField label={writeWords.who} object={object} roles={roles} value={subject} onChange={setSubject} />
      <RoleField object={object} roles={roles} subject={who} caller={caller} value={role} onChange={setRole} />
      {conditions.some((one) => one !== null) && (
        <ConditionField
          key={place}
          conditions={conditions}
          onChange={(next) => setConditionOf({ of: place, condition: next })}
        />
      )}
      <div className={styles.times}>
        <BeginField value={startsAt} onChange={setStartsAt} />
        <EndField onChange={setExpiresAt} />
      </div>
    </WriteForm>
  );
}
