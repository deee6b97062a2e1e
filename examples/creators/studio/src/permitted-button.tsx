import { type ReactNode, useId } from 'react';
import type { Known } from './known-permission.ts';

interface PermittedButtonProps {
  readonly known: Known;
  /** The permission, as the model names it. */
  readonly needs: string;
  readonly isBusy?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** Can be pressed only where that is allowed for certain, and says why it cannot. */
export function PermittedButton({ known, needs, isBusy = false, onPress, children }: PermittedButtonProps) {
  const note = useId();
  return (
    <span className="permitted">
      <button
        type="button"
        data-known={known}
        disabled={known !== 'allowed' || isBusy}
        aria-describedby={known === 'allowed' ? undefined : note}
        onClick={onPress}
      >
        {children}
      </button>
      {known === 'denied' && <small id={note}>needs {needs}</small>}
      {known === 'unknown' && <small id={note}>not known at the moment</small>}
    </span>
  );
}
