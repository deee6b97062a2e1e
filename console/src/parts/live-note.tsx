import type { LiveNews } from '../ask/use-live.ts';
import { useRefresh } from '../ask/use-refresh.ts';
import { liveNames, liveWords } from '../words/live-words.ts';
import styles from './live-note.module.css';

interface LiveNoteProps {
  readonly news: LiveNews;
  readonly countWords: (count: number) => string;
}

/** Whether a page hears of what happens, and how much has: rows never jump, one asks for them. */
export function LiveNote({ news: { state, count }, countWords }: LiveNoteProps) {
  const refresh = useRefresh();
  return (
    <div className={styles.note}>
      <span className={state === 'live' ? styles.live : styles.off} data-live={state}>
        {liveNames[state]}
      </span>
      <span role="status">{count > 0 && countWords(count)}</span>
      {count > 0 && (
        <button type="button" className="quiet" onClick={() => void refresh()}>
          {liveWords.show}
        </button>
      )}
    </div>
  );
}
