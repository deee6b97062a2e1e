import { askWords } from '../words/ask-words.ts';
import { Answer } from './answer.tsx';
import { Ref } from './ref.tsx';

/** Those of whom nobody can say it; they are neither in the list nor denied. */
export function UndecidedList({ entries }: { readonly entries: readonly (readonly [name: string, why: string])[] }) {
  if (entries.length === 0) return undefined;
  return (
    <Answer kind="undecided" name={askWords.undecidedOnes}>
      <ul>
        {entries.map(([name, why]) => (
          <li key={name}>
            <Ref value={name} /> <bdi>{why}</bdi>
          </li>
        ))}
      </ul>
    </Answer>
  );
}
