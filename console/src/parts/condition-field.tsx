import type { ConditionDraft } from '../ask/use-condition.ts';
import { writeWords } from '../words/write-words.ts';
import { ParameterField } from './parameter-field.tsx';
import styles from './write-form.module.css';

/** The condition that a role is given with, where the model has one for such a subject: its values by their types. */
export function ConditionField({ choices, chosen, choose, texts, type }: ConditionDraft) {
  if (choices.every((one) => one === null)) return undefined;
  return (
    <>
      <label className={styles.field}>
        {writeWords.condition}
        <select name="condition" value={chosen?.name ?? ''} onChange={({ target }) => choose(target.value)}>
          {choices.map((one) => (
            <option key={one?.name} value={one?.name ?? ''}>
              {one?.name ?? writeWords.conditionNone}
            </option>
          ))}
        </select>
      </label>
      {chosen?.parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          {...parameter}
          value={texts.get(parameter.name) ?? ''}
          onChange={(text) => type(parameter.name, text)}
        />
      ))}
    </>
  );
}
