import type { Written } from '../ask/writes.ts';
import { factSentence } from '../words/ask-words.ts';
import { moreWords } from '../words/person-words.ts';

interface RelationshipLinesProps {
  readonly relationships: readonly Written[];
  /** How many there are in all. */
  readonly count: number;
}

/** Relationships as sentences. */
export function RelationshipLines({ relationships, count }: RelationshipLinesProps) {
  if (relationships.length === 0) return undefined;
  return (
    <ul>
      {relationships.map(({ subject, relation, object }) => (
        <li key={JSON.stringify([subject, relation, object])}>
          <bdi>{factSentence(subject, relation, object)}</bdi>
        </li>
      ))}
      {relationships.length < count && <li className="muted">{moreWords(count - relationships.length)}</li>}
    </ul>
  );
}
