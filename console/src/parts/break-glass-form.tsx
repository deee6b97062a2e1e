import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { fillOpening, glassConditionOf, type Opening, openingOf } from '../ask/break-glass.ts';
import { kindOfSubject, type ObjectRole, useObjectRoles } from '../ask/object-roles.ts';
import { serverNowMs } from '../ask/server-clock.ts';
import { useCaller } from '../ask/session.ts';
import { useDraft } from '../ask/use-draft.ts';
import { useSettled } from '../ask/use-settled.ts';
import { grantRole, type Written } from '../ask/writes.ts';
import { breakGlassWords, hoursWords } from '../words/break-glass-words.ts';
import { objectWords } from '../words/object-words.ts';
import { writeWords } from '../words/write-words.ts';
import { nameAttributes } from './name-attributes.ts';
import { PreviewText } from './preview-text.tsx';
import { RefusalStep } from './refusal-step.tsx';
import { RoleField } from './role-field.tsx';
import { hindranceOf } from './role-hindrance.ts';
import { Time } from './time.tsx';
import { WhoField } from './who-field.tsx';
import styles from './write-form.module.css';
import { WriteForm } from './write-form.tsx';

const hoursOffered = [1, 2, 4];

interface BreakGlassFormProps {
  readonly onDone: (given: Written) => void;
}

/** Opens a way for an emergency: where, for whom, for how long, and why. */
export function BreakGlassForm({ onDone }: BreakGlassFormProps) {
  const { subject: caller } = useCaller();
  const [object, setObject] = useDraft('object');
  const [subject, setSubject] = useDraft('subject');
  const [role, setRole] = useDraft('role');
  const [opening, setOpening] = useState<Opening>();
  const settled = useSettled(object.trim());
  const isObject = settled !== undefined && kindOfSubject(settled)?.relation === null;
  const { data = [], isNotForMe } = useObjectRoles(isObject ? settled : '');
  const roles = data.filter((one) => glassConditionOf(one) !== undefined);
  const who = subject.trim();
  const chosen = roles.find((one) => one.role === role);
  const isFit =
    chosen !== undefined && kindOfSubject(who) !== undefined && isGivable(chosen, object.trim(), who, caller);
  const condition = chosen && opening && fillOpening(glassConditionOf(chosen) ?? { name: '', parameters: [] }, opening);
  const input =
    isFit && condition !== undefined && opening !== undefined
      ? { object: object.trim(), role, subject: who, condition, expiresAt: opening.to }
      : undefined;
  return (
    <WriteForm
      write={grantRole}
      input={input}
      name={breakGlassWords.open}
      needsReason
      showPreview={({ preview }) => preview !== null && <PreviewText preview={preview} />}
      nextStep={(problem) => (
        <RefusalStep problem={problem} object={object.trim()} role={role} subject={who} onKeep={() => setSubject('')} />
      )}
      onCancel={() => setSubject('')}
      onDone={({ relationship }) => relationship !== null && onDone(relationship)}
    >
      <label className={styles.field}>
        {breakGlassWords.object}
        <input
          name="object"
          required
          placeholder="organization:northwind"
          {...nameAttributes}
          value={object}
          onChange={({ target }) => setObject(target.value)}
        />
      </label>
      {isNotForMe && <p className="muted">{objectWords.rolesNotMine}</p>}
      {data.length > 0 && roles.length === 0 && <p className="muted">{breakGlassWords.noRoles}</p>}
      {roles.length > 0 && (
        <>
          <WhoField label={writeWords.who} object={object.trim()} roles={roles} value={subject} onChange={setSubject} />
          <RoleField
            object={object.trim()}
            roles={roles}
            subject={who}
            caller={caller}
            value={role}
            onChange={setRole}
          />
          <HoursField opening={opening} onChange={setOpening} />
          {chosen && opening && condition === undefined && (
            <p>
              {breakGlassWords.otherValues}{' '}
              <Link
                to="/objects/$object"
                params={{ object: object.trim() }}
                search={{ grant: '1', role, subject: who || undefined }}
              >
                {objectWords.grant}
              </Link>
            </p>
          )}
        </>
      )}
    </WriteForm>
  );
}

function isGivable(role: ObjectRole, object: string, who: string, caller: string): boolean {
  return hindranceOf(role, object, who, caller) === undefined;
}

interface HoursFieldProps {
  readonly opening: Opening | undefined;
  readonly onChange: (opening: Opening | undefined) => void;
}

function HoursField({ opening, onChange }: HoursFieldProps) {
  return (
    <label className={styles.field}>
      {breakGlassWords.hours}
      <select
        name="hours"
        defaultValue=""
        onChange={({ target }) =>
          onChange(target.value === '' ? undefined : openingOf(Number(target.value), serverNowMs()))
        }
      >
        <option value="">{writeWords.choose}</option>
        {hoursOffered.map((hours) => (
          <option key={hours} value={hours}>
            {hoursWords(hours)}
          </option>
        ))}
      </select>
      {opening !== undefined && (
        <span className={styles.hint}>
          {breakGlassWords.until} <Time at={opening.to} />
        </span>
      )}
    </label>
  );
}
