import { Link } from '@tanstack/react-router';
import { askWords } from '../words/ask-words.ts';
import type { QuestionFields } from './question-form.tsx';
import styles from './tabs.module.css';

/** The same question from another side: what was filled in stays. */
export function QuestionSides({ fields }: { readonly fields: QuestionFields }) {
  return (
    <nav className={styles.tabs} aria-label={askWords.side}>
      <Link to="/ask/why" search={fields} activeOptions={{ includeSearch: false }}>
        {askWords.whySide}
      </Link>
      <Link to="/ask/who" search={fields} activeOptions={{ includeSearch: false }}>
        {askWords.whoSide}
      </Link>
      <Link to="/ask/what" search={fields} activeOptions={{ includeSearch: false }}>
        {askWords.whatSide}
      </Link>
    </nav>
  );
}
