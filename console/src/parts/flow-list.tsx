import { Link } from '@tanstack/react-router';
import type { ModelType } from '../ask/models.ts';
import type { Flow } from '../pictures/model-flows.ts';
import { memberWords, modelWords, throughWords } from '../words/model-words.ts';
import styles from './role-list.module.css';

interface FlowListProps {
  readonly model: string;
  readonly types: readonly ModelType[];
  readonly flows: readonly Flow[];
}

/** For each type, from which others its rights come, and how: the map in words. */
export function FlowList({ model, types, flows }: FlowListProps) {
  return (
    <ul className={styles.roles}>
      {types.map(({ name, description }) => (
        <li key={name}>
          <h3>
            <Link to="/models/$model/types/$type" params={{ model, type: name }}>
              {name}
            </Link>
          </h3>
          {description !== null && <p>{description}</p>}
          <Sources type={name} flows={flows.filter(({ to }) => to === name)} />
        </li>
      ))}
    </ul>
  );
}

function Sources({ type, flows }: { readonly type: string; readonly flows: readonly Flow[] }) {
  if (flows.length === 0) return <p className="muted">{modelWords.nothingFlows}</p>;
  return flows.map(({ from, kind, through }) => (
    <p key={JSON.stringify([from, kind])} className="muted">
      {modelWords.flowsIn} <strong>{from === type ? `${from} (${modelWords.itself})` : from}</strong>:{' '}
      {kind === 'rights' ? throughWords(through) : memberWords(through)}
    </p>
  ));
}
