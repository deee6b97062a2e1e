import type { ModelProblem } from '../ask/publish-model.ts';
import { draftWords, placeWords, problemCount } from '../words/draft-words.ts';
import styles from './plain-list.module.css';

interface ProblemListProps {
  readonly problems: readonly ModelProblem[];
  readonly onGo: (problem: ModelProblem) => void;
}

/** What is wrong with the text of a model, each with the way to its place. */
export function ProblemList({ problems, onGo }: ProblemListProps) {
  if (problems.length === 0) return undefined;
  return (
    <section aria-label={draftWords.problems}>
      <h2>{problemCount(problems.length)}</h2>
      <ul className={styles.list}>
        {problems.map((problem) => (
          <li key={JSON.stringify([problem.place, problem.message])}>
            {problem.place?.line != null && (
              <button type="button" className="quiet" onClick={() => onGo(problem)}>
                {placeWords(problem.place.module, problem.place.line, problem.place.column)}
              </button>
            )}
            <bdi>{problem.message}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way to the first place that is wrong, from wherever one is in a long text. */
export function FirstProblem({ problems, onGo }: ProblemListProps) {
  const first = problems.find(({ place }) => place?.line != null);
  if (first === undefined) return undefined;
  return (
    <button type="button" className="quiet" onClick={() => onGo(first)}>
      {draftWords.first}
    </button>
  );
}
