import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** A drawer has room for a form, beside the page that it is about. */
  readonly isDrawer?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog of the browser's own, open as long as it is there: with its keys, and the focus back where it was. */
export function Dialog({ title, isDrawer = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  const isPlaced = useRef(false);
  const id = useId();
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const element = dialog.current;
    const listen = () => close.current();
    element?.showModal();
    element?.addEventListener('close', listen);
    return () => {
      // What takes it away has closed it already.
      element?.removeEventListener('close', listen);
      element?.close();
    };
  }, []);
  // What comes later may take the place of what has the focus.
  useEffect(() => {
    const element = dialog.current;
    const first = element?.querySelector<HTMLElement>('[data-first]') ?? null;
    const isIn = element?.contains(document.activeElement) === true && document.activeElement !== element;
    if (element === null || (isIn && (first === null || isPlaced.current))) return;
    isPlaced.current = first !== null;
    (first ?? element.querySelector<HTMLElement>('button, a, input, select, textarea'))?.focus();
  });
  return (
    <dialog ref={dialog} className={`${styles.dialog} ${isDrawer ? styles.drawer : ''}`} aria-labelledby={id}>
      <h2 id={id}>
        <bdi>{title}</bdi>
      </h2>
      {children}
    </dialog>
  );
}
