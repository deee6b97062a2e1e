import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { keyLines, keyWords } from '../words/key-words.ts';
import styles from './frame.module.css';
import { useKeys } from './use-keys.ts';

/** Which keys there are, by `?`. */
export function KeySheet() {
  const [isOpen, setIsOpen] = useState(false);
  const [open] = useState(() => () => setIsOpen(true));
  useKeys(open);
  if (!isOpen) return undefined;
  return (
    <Dialog title={keyWords.title} onClose={() => setIsOpen(false)}>
      <dl className={styles.keys}>
        {keyLines.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">{keyWords.note}</p>
      <button type="button" className="quiet" data-first="" onClick={() => setIsOpen(false)}>
        {keyWords.close}
      </button>
    </Dialog>
  );
}
