import { useEffect, useState } from 'react';
import { closeDraft, dropKept, keptDraft, noteDraft } from './drafts.ts';
import { useCaller } from './session.ts';

/** What is typed into a field of a dialog: if the session ends meanwhile, it is there again after signing in. */
export function useDraft(field: string, initial = ''): readonly [string, (text: string) => void] {
  const { subject } = useCaller();
  const [text, setText] = useState(() => keptDraft(subject, field) ?? initial);
  useEffect(() => noteDraft(subject, field, text), [subject, field, text]);
  useEffect(() => {
    // Every field of the form has taken what was its own by now.
    dropKept();
    return () => closeDraft(field);
  }, [field]);
  return [text, setText];
}
