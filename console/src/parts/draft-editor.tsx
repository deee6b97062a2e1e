import { useState } from 'react';
import type { ModelDraft } from '../ask/model-draft.ts';
import type { ModelFile } from '../ask/models.ts';
import { type ModelProblem, useModelProblems } from '../ask/publish-model.ts';
import { beganAsWords, draftWords, problemCount, textOfWords, wrongFileWords } from '../words/draft-words.ts';
import { DiscardDraft } from './discard-draft.tsx';
import styles from './model-editor.module.css';
import { ModelEditor, type TextPlace } from './model-editor.tsx';
import { Problem } from './problem.tsx';
import { FirstProblem, ProblemList } from './problem-list.tsx';
import { TextDiff } from './text-diff.tsx';

interface DraftEditorProps {
  readonly draft: ModelDraft;
  /** As it began. */
  readonly before: readonly ModelFile[];
  readonly onChange: (draft: ModelDraft | undefined) => void;
  readonly onPublish: () => void;
}

/** The texts of a draft, what is wrong with them, and what is changed. */
export function DraftEditor({ draft, before, onChange, onPublish }: DraftEditorProps) {
  const { files, from } = draft;
  const [name, setName] = useState(files[0]?.name ?? null);
  const [place, setPlace] = useState<TextPlace>();
  const file = files.find((one) => one.name === name) ?? files[0];
  const changed = changesOf(before, files);
  const { problems, isChecked, error, checkAgain } = useModelProblems(changed.length > 0 ? draft : undefined);
  if (file === undefined) return undefined;
  const go = ({ place: at }: ModelProblem) => {
    if (at?.line == null) return;
    setName(at.module ?? file.name);
    setPlace({ line: at.line, column: at.column });
  };
  const choose = (chosen: string | null) => {
    setName(chosen);
    setPlace(undefined);
  };
  const write = (dsl: string) =>
    onChange({ from, files: files.map((one) => (one.name === file.name ? { ...one, dsl } : one)) });
  const isReady = isChecked && problems.length === 0;
  return (
    <>
      <p className="muted">
        {beganAsWords(from)} {draftWords.kept}
      </p>
      {files.length > 1 && <FileChoice files={files} chosen={file} problems={problems} onChoose={choose} />}
      <ModelEditor
        key={file.name}
        label={file.name === null ? draftWords.wholeText : textOfWords(file.name)}
        text={file.dsl}
        marks={problemsIn(file, problems).flatMap(({ place: at }) =>
          at?.line == null ? [] : [{ line: at.line, column: at.column }],
        )}
        goTo={place}
        onChange={write}
      />
      <div className={styles.bar}>
        <p role="status">
          {isChecked && (problems.length === 0 ? draftWords.right : problemCount(problems.length))}
          {!isChecked && error === null && changed.length > 0 && draftWords.checking}
        </p>
        <FirstProblem problems={problems} onGo={go} />
        <DiscardDraft isDisabled={changed.length === 0} onDiscard={() => onChange(undefined)} />
        <button type="button" disabled={!isReady} onClick={onPublish}>
          {draftWords.publish}
        </button>
      </div>
      {!isReady && <p className="muted">{draftWords.publishNeeds}</p>}
      {error !== null && <Problem error={error} again={checkAgain} />}
      <ProblemList problems={problems} onGo={go} />
      <h2>{draftWords.differs}</h2>
      {changed.length === 0 && <p className="muted">{draftWords.nothingChanged}</p>}
      {changed.map(({ name: changedName, was, is }) => (
        <section key={changedName} aria-label={changedName ?? draftWords.wholeText}>
          {changedName !== null && <h3>{changedName}</h3>}
          <TextDiff before={was} after={is} />
        </section>
      ))}
    </>
  );
}

interface FileChoiceProps {
  readonly files: readonly ModelFile[];
  readonly chosen: ModelFile;
  readonly problems: readonly ModelProblem[];
  readonly onChoose: (name: string | null) => void;
}

function FileChoice({ files, chosen, problems, onChoose }: FileChoiceProps) {
  return (
    <fieldset className={styles.files}>
      <legend className="only-read">{draftWords.files}</legend>
      {files.map((file) => (
        <button
          key={file.name}
          type="button"
          className="quiet"
          aria-pressed={file === chosen}
          onClick={() => onChoose(file.name)}
        >
          {wrongFileWords(file.name ?? draftWords.wholeText, problemsIn(file, problems).length)}
        </button>
      ))}
    </fieldset>
  );
}

function problemsIn({ name }: ModelFile, problems: readonly ModelProblem[]): readonly ModelProblem[] {
  return problems.filter(({ place }) => place !== null && place.module === name);
}

function changesOf(before: readonly ModelFile[], after: readonly ModelFile[]) {
  return after
    .map(({ name, dsl }) => ({ name, was: before.find((one) => one.name === name)?.dsl ?? '', is: dsl }))
    .filter(({ was, is }) => was !== is);
}
