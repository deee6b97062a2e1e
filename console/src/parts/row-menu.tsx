import { Link, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, type MouseEvent, type ToggleEvent, useId, useRef } from 'react';
import { objectOf } from '../ask/object-of.ts';
import type { ObjectRole } from '../ask/object-roles.ts';
import { type ReviewEntry, wayOf } from '../ask/review-groups.ts';
import { useCaller } from '../ask/session.ts';
import { changeThereWords, comesWithWords, menuWords, objectWords } from '../words/object-words.ts';
import { type ChangeKind, changeHindrance } from './change-hindrance.ts';
import styles from './row-menu.module.css';

interface RowMenuProps {
  readonly entry: ReviewEntry;
  readonly reviewed: string;
  readonly roles: readonly ObjectRole[] | undefined;
}

/** What can be done about somebody's role: only what may be; the rest says what it needs. */
export function RowMenu({ entry, reviewed, roles }: RowMenuProps) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const { object, role, subject } = entry;
  // Before anything is followed, so that the focus is on what opened it whatever comes next.
  const close = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a') !== null) menu.current?.hidePopover();
  };
  return (
    <>
      <button
        type="button"
        className={`quiet ${styles.opener}`}
        popoverTarget={id}
        aria-label={menuWords(subject, role)}
        aria-keyshortcuts="."
        title={objectWords.actions}
      >
        ⋯
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="toolbar"
        aria-orientation="vertical"
        aria-label={menuWords(subject, role)}
        className={styles.menu}
        onClickCapture={close}
        onToggle={enter}
        onKeyDown={step}
      >
        <Link to="/ask/why" search={{ subject, permission: role, object }} aria-keyshortcuts="w">
          {objectWords.why}
        </Link>
        {!subject.endsWith(':*') && (
          <Link to="/people/$subject" params={{ subject }} search={{ within: reviewed }}>
            {objectWords.more}
          </Link>
        )}
        <Changes entry={entry} reviewed={reviewed} roles={roles} />
      </div>
    </>
  );
}

/** Whoever opens it goes on in it. */
function enter({ newState, currentTarget }: ToggleEvent<HTMLElement>): void {
  if (newState === 'open') currentTarget.querySelector('a')?.focus();
}

/** Arrows lead from one to the next, as in every menu. */
function step(event: KeyboardEvent<HTMLElement>): void {
  const by = new Map([
    ['ArrowDown', 1],
    ['ArrowUp', -1],
  ]).get(event.key);
  if (by === undefined) return;
  event.preventDefault();
  const items: HTMLElement[] = [...event.currentTarget.querySelectorAll('a')];
  const focused = document.activeElement;
  const index = focused instanceof HTMLElement ? items.indexOf(focused) : -1;
  items[(index + by + items.length) % items.length]?.focus();
}

const changes: readonly ChangeKind[] = ['extend', 'transfer', 'revoke'];

function Changes({ entry, reviewed, roles }: RowMenuProps) {
  const { subject: caller } = useCaller();
  const { contained } = useSearch({ from: '/objects/$object' });
  const { object, via, subject } = entry;
  const way = wayOf(entry);
  const [first] = via;
  const there = way.kind === 'set' || way.kind === 'object' ? objectOf(way.of) : object;
  if (way.kind === 'role' && there === reviewed)
    return <span className={styles.disabled}>{comesWithWords(way.of)}</span>;
  // It is changed where it was given.
  if (first === undefined || there !== reviewed) {
    return (
      <Link to="/objects/$object" params={{ object: there }}>
        {changeThereWords(there)}
      </Link>
    );
  }
  const role = first.relation;
  return changes.map((change) => {
    const hindrance = changeHindrance(change, roles, { object, role, subject }, caller);
    if (hindrance === undefined) {
      return (
        <Link key={change} to="/objects/$object" params={{ object }} search={{ contained, change, role, subject }}>
          {objectWords[change]}
        </Link>
      );
    }
    return (
      <span key={change} className={styles.disabled}>
        {objectWords[change]} <span className={styles.note}>{hindrance}</span>
      </span>
    );
  });
}
