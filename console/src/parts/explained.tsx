import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { type Explanation, hiddenCountOf, kindOf, type Step, treeOf } from '../ask/explanation.ts';
import { useGivable } from '../ask/givable.ts';
import { useCaller } from '../ask/session.ts';
import { DecisionPicture } from '../pictures/decision-picture.tsx';
import { pictureOf } from '../pictures/picture-of.ts';
import { allowedSentence, deniedSentence, type Question, undecidedSentence } from '../words/answer-words.ts';
import { askWords, chainSentence, factSentence, hiddenSteps } from '../words/ask-words.ts';
import { askForWords, proposalWords, proposeForWords } from '../words/proposal-words.ts';
import { giveWords, writeWords } from '../words/write-words.ts';
import { Answer } from './answer.tsx';
import styles from './explained.module.css';
import { Ref } from './ref.tsx';
import { StepsTree } from './steps-tree.tsx';

interface ExplainedProps {
  readonly question: Question;
  readonly explanation: Explanation;
}

/** A decision as a sentence, as a tree, and as a picture. */
export function Explained({ question, explanation }: ExplainedProps) {
  const { steps, sufficientRoles } = explanation;
  const tree = treeOf(steps);
  const picture = pictureOf(question, tree, sufficientRoles);
  const kind = kindOf(explanation);
  return (
    <>
      <Decided question={question} explanation={explanation} />
      {hiddenCountOf(explanation) > 0 && <Answer kind="hidden">{hiddenSteps(hiddenCountOf(explanation))}</Answer>}
      <Remarks explanation={explanation} />
      {steps.length > 0 && (
        <section>
          <h2>{kind === 'denied' ? askWords.inTheWay : askWords.steps}</h2>
          <StepsTree subject={question.subject} nodes={tree} />
        </section>
      )}
      {sufficientRoles.length > 0 && (
        <section>
          <h2>{askWords.enough}</h2>
          <SufficientRoles subject={question.subject} roles={sufficientRoles} />
        </section>
      )}
      {kind === 'denied' && sufficientRoles.length === 0 && <AskForSome question={question} />}
      {picture.arrows.length > 0 && (
        <section>
          <h2>{askWords.picture}</h2>
          <DecisionPicture picture={picture} />
        </section>
      )}
      <details className={styles.text}>
        <summary>{askWords.asText}</summary>
        <pre>{explanation.text}</pre>
      </details>
    </>
  );
}

/** Roles that would do; those that the caller may give can be given right away. */
function SufficientRoles({
  subject,
  roles,
}: {
  readonly subject: string;
  readonly roles: Explanation['sufficientRoles'];
}) {
  const isGivable = useGivable(roles);
  const { subject: caller } = useCaller();
  return (
    <ul className={styles.roles}>
      {roles.map(({ object, role }) => (
        <li key={JSON.stringify([object, role])}>
          <code>{role}</code> on <Ref value={object} />
          {isGivable(object, role) && (
            <Link
              className={styles.give}
              to="/objects/$object"
              params={{ object }}
              search={{ grant: '1', role, subject }}
              aria-label={giveWords(role, object, subject)}
            >
              {writeWords.giveIt}
            </Link>
          )}
          {!isGivable(object, role) && (
            <Link
              className={styles.give}
              to="/proposals/new"
              search={{ object, role, subject }}
              aria-label={subject === caller ? askForWords(role, object) : proposeForWords(role, object, subject)}
            >
              {subject === caller ? proposalWords.askForIt : proposalWords.proposeIt}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Where nobody says what would be enough, one can still ask for a role. */
function AskForSome({ question: { subject, object } }: Pick<ExplainedProps, 'question'>) {
  const { subject: caller } = useCaller();
  if (subject !== caller) return undefined;
  return (
    <p>
      <Link to="/proposals/new" search={{ object, subject }}>
        {proposalWords.askForSome}
      </Link>
    </p>
  );
}

/** The decision in one sentence, with the relationships that it comes by. */
function Decided({ question, explanation }: ExplainedProps) {
  const { error } = explanation.decision;
  const kind = kindOf(explanation);
  const facts = kind === 'allowed' ? factsOf(explanation.steps) : [];
  const answer = useRef<HTMLElement>(null);
  useEffect(() => {
    // Whoever asked and has not gone on reads the answer, and goes on from there.
    if (document.activeElement?.tagName === 'H1') answer.current?.focus();
  }, []);
  return (
    <Answer kind={kind} ref={answer}>
      <p className={styles.sentence}>{sentenceOf[kind](question)}</p>
      {facts.length > 0 && <p>{chainSentence(facts)}</p>}
      {error !== null && (
        <p>
          <code>{error.code}</code> <bdi>{error.message}</bdi>
        </p>
      )}
    </Answer>
  );
}

const sentenceOf = { allowed: allowedSentence, denied: deniedSentence, undecided: undecidedSentence };

/** From the subject on; a chain that is too long to be read in one breath stands below only. */
function factsOf(steps: readonly Step[]): readonly string[] {
  const facts = steps.flatMap(({ kind, subject, relation, object }) =>
    kind === 'RELATIONSHIP' && subject !== null && relation !== null && object !== null
      ? [factSentence(subject, relation, object)]
      : [],
  );
  const distinct = [...new Set(facts)].toReversed();
  return distinct.length > 5 ? [] : distinct;
}

/** What else the answer says: that something is hidden, that nothing leads there, that a name is not known. */
function Remarks({ explanation }: { readonly explanation: Explanation }) {
  const remarks = remarksIn(explanation.text);
  if (kindOf(explanation) === 'allowed' && explanation.steps.length === 0) {
    return <Answer kind="hidden">{remarks.join(' ')}</Answer>;
  }
  return remarks.map((remark) => (
    <p key={remark}>
      <bdi>{remark}</bdi>
    </p>
  ));
}

/** The first line is the decision; steps and roles are indented, below a line that announces them. */
function remarksIn(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(1)
    .filter((line) => /^\S/.test(line) && !line.endsWith(':'));
}
