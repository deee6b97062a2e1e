import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { areKeysOn, type KeyMeaning, meaningOf } from './keys.ts';

/** Single keys on every page; `onHelp` shows which there are. */
export function useKeys(onHelp: () => void): void {
  const { history, basepath = '/console' } = useRouter();
  useEffect(() => {
    let before = '';
    const listen = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (!areKeysOn() || isTaken(target)) return;
      const meaning = meaningOf(key, before);
      before = key;
      if (meaning === undefined) return;
      event.preventDefault();
      if (meaning.kind === 'help') onHelp();
      else if (meaning.kind === 'go') history.push(`${basepath}${meaning.to}`);
      else follow(meaning);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [history, basepath, onHelp]);
}

/** Whether keys are for something else: a field, a list, a dialog, a menu. */
function isTaken(target: EventTarget | null): boolean {
  const isTyped = target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
  return isTyped || document.querySelector('dialog[open], [popover]:popover-open') !== null;
}

function follow(meaning: Exclude<KeyMeaning, { kind: 'go' | 'help' }>): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main tbody tr:has(th[scope="row"])')];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  switch (meaning.kind) {
    case 'row': {
      const next = current === -1 ? (meaning.step === 1 ? 0 : rows.length - 1) : current + meaning.step;
      rows[next]?.querySelector<HTMLElement>('a, button, input, select')?.focus();
      return;
    }
    case 'field':
      document.querySelector<HTMLElement>('main input:not([type="checkbox"], [type="radio"]), main select')?.focus();
      return;
    case 'press': {
      const place = meaning.isOfRow ? rows[current] : document.querySelector('main');
      place?.querySelector<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(meaning.key)}"]`)?.click();
    }
  }
}
