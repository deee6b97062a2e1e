import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useGivable } from '../ask/givable.ts';
import { useMayPropose } from '../ask/may-propose.ts';
import { kindOfSubject, useObjectRoles } from '../ask/object-roles.ts';
import { useObjectRights } from '../ask/rights.ts';
import { useCaller } from '../ask/session.ts';
import { useSettled } from '../ask/use-settled.ts';
import { EndField, instantIn } from '../parts/end-fields.tsx';
import { nameAttributes } from '../parts/name-attributes.ts';
import { Page } from '../parts/page.tsx';
import { ProposeForm } from '../parts/propose-form.tsx';
import styles from '../parts/write-form.module.css';
import { proposalWords } from '../words/proposal-words.ts';
import pageStyles from './proposal-page.module.css';

/** A role that somebody else is to give: to oneself, as one asks for access, or to another. */
export function ProposeRolePage() {
  const asked = useSearch({ from: '/proposals/new' });
  const { subject: caller } = useCaller();
  const navigate = useNavigate();
  const [object, setObject] = useState(asked.object ?? '');
  const [role, setRole] = useState(asked.role ?? '');
  const [subject, setSubject] = useState(asked.subject ?? caller);
  const [end, setEnd] = useState('none');
  const settled = useSettled(object.trim()) ?? '';
  const may = useMayProposeRole(settled, role.trim(), subject.trim(), caller);
  const expiresAt = instantIn(end);
  const isNamed = /^[^\s:#]+:[^\s:#]+$/.test(settled) && role.trim() !== '';
  const isWhole = isNamed && kindOfSubject(subject.trim()) !== undefined && expiresAt !== undefined;
  const write = { object: settled, relation: role.trim(), subject: subject.trim(), expiresAt: expiresAt ?? null };
  const fields = [
    { name: 'object', label: proposalWords.whatFor, hint: 'label:northwind', value: object, put: setObject },
    { name: 'role', label: proposalWords.role, hint: 'editor', value: role, put: setRole },
    { name: 'subject', label: proposalWords.who, hint: caller, value: subject, put: setSubject },
  ];
  return (
    <Page title={proposalWords.newTitle}>
      <p className="muted">{proposalWords.newNote}</p>
      <div className={pageStyles.form}>
        <ProposeForm
          change={isWhole && may.mayPropose ? { writes: [write], deletes: [] } : undefined}
          evidence={[]}
          maySimulate={may.maySimulate}
          name={proposalWords.ask}
          onCancel={() => history.back()}
          onProposed={(id) => void navigate({ to: '/proposals/$id', params: { id } })}
        >
          {fields.map(({ name, label, hint, value, put }) => (
            <label key={name} className={styles.field}>
              {label}
              <input
                name={name}
                required
                placeholder={hint}
                list={name === 'role' ? 'roles-to-propose' : undefined}
                {...nameAttributes}
                value={value}
                onChange={({ target }) => put(target.value)}
              />
            </label>
          ))}
          <datalist id="roles-to-propose">
            {may.roles.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <EndField value={end} onChange={setEnd} />
          {may.isKnown && isWhole && !may.mayPropose && (
            <p role="alert">
              {proposalWords.cannotPropose} <bdi>{settled}</bdi>.
            </p>
          )}
        </ProposeForm>
      </div>
    </Page>
  );
}

/** Asked before, since to be refused would be recorded. */
function useMayProposeRole(object: string, role: string, subject: string, caller: string) {
  const { mayReview } = useObjectRights(object);
  const { isKnown, may } = useMayPropose(object === '' ? [] : [{ object, relation: role, subject }]);
  const roles = useObjectRoles(object).data ?? [];
  const isGivable = useGivable(object === '' || role === '' ? [] : [{ object, role }]);
  const isKnownRole = roles.some((one) => one.role === role);
  return {
    isKnown,
    mayPropose: may,
    // What leads on to others is told to whoever could make it.
    maySimulate: mayReview && isKnownRole && (isGivable(object, role) || subject === caller),
    roles: roles.map((one) => one.role),
  };
}
