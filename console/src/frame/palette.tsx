import { useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useCaller } from '../ask/session.ts';
import { useSuggestions } from '../ask/suggestions.ts';
import { nameAttributes } from '../parts/name-attributes.ts';
import { paletteWords } from '../words/palette-words.ts';
import { destinationsFor } from './destinations.ts';
import styles from './palette.module.css';

/** Everywhere by a few letters: Ctrl K, or ⌘ K. */
export function Palette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setIsOpen(true);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <>
      <button type="button" className="quiet" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {paletteWords.open} <kbd className={styles.key}>{paletteWords.key}</kbd>
      </button>
      <dialog ref={dialog} className={styles.palette} aria-label={paletteWords.open} onClose={() => setIsOpen(false)}>
        {isOpen && <Choices onDone={() => setIsOpen(false)} />}
      </dialog>
    </>
  );
}

function Choices({ onDone }: { readonly onDone: () => void }) {
  const { history, basepath = '/console' } = useRouter();
  const { subject } = useCaller();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const named = useSuggestions({ kind: 'subject', text, isWanted: text.includes(':') });
  const found = destinationsFor(subject, text, text.includes(':') ? named : []);
  const go = (index: number) => {
    const destination = found[index];
    if (destination === undefined) return;
    onDone();
    history.push(`${basepath}${destination.to}`);
  };
  const press = (event: KeyboardEvent) => {
    const step = new Map([
      ['ArrowDown', 1],
      ['ArrowUp', -1],
    ]).get(event.key);
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(chosen);
    }
  };
  return (
    <>
      <input
        role="combobox"
        aria-label={paletteWords.label}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={`${id}-${chosen}`}
        placeholder={paletteWords.label}
        {...nameAttributes}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setChosen(0);
        }}
        onKeyDown={press}
      />
      <div id={id} role="listbox" aria-label={paletteWords.open} className={styles.choices}>
        {found.map(({ name, to }, index) => (
          // The field keeps the focus, and has the keys.
          <div
            key={to}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onPointerMove={() => setChosen(index)}
            onClick={() => go(index)}
            onKeyDown={press}
          >
            <bdi>{name}</bdi>
          </div>
        ))}
      </div>
      {found.length === 0 && <p role="status">{paletteWords.nothing}</p>}
    </>
  );
}
