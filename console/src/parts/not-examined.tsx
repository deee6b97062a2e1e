import { Answer } from './answer.tsx';

interface NotExaminedProps {
  readonly intro: string;
  readonly page: { readonly isComplete: boolean; readonly notExamined: readonly string[] };
}

/** What was not looked at, and why: it is never taken for nothing that was found. */
export function NotExamined({ intro, page: { isComplete, notExamined } }: NotExaminedProps) {
  if (isComplete) return undefined;
  return (
    <Answer kind="undecided" name={intro}>
      <ul>
        {notExamined.map((one) => (
          <li key={one}>
            <bdi>{one}</bdi>
          </li>
        ))}
      </ul>
    </Answer>
  );
}
