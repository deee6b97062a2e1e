import { recentObjects } from '../ask/recent-objects.ts';
import { useCaller } from '../ask/session.ts';
import { homeWords } from '../words/home-words.ts';
import styles from './plain-list.module.css';
import { Ref } from './ref.tsx';

export function RecentObjects() {
  const { subject } = useCaller();
  const recent = recentObjects(subject);
  return (
    <section>
      <h2>{homeWords.recent}</h2>
      {recent.length === 0 && <p className="muted">{homeWords.noRecent}</p>}
      <ul className={styles.list}>
        {recent.map((object) => (
          <li key={object}>
            <Ref value={object} />
          </li>
        ))}
      </ul>
    </section>
  );
}
