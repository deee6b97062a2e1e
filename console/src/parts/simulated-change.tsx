import { useQuery } from '@tanstack/react-query';
import { type ChangeInput, simulate } from '../ask/access-change.ts';
import { useCaller } from '../ask/session.ts';
import { simulationWords } from '../words/simulation-words.ts';
import { Problem } from './problem.tsx';
import { SimulationText } from './simulation-text.tsx';
import styles from './write-form.module.css';

/** What a change would mean, for whoever may not propose it. */
export function SimulatedChange({ change, within }: { readonly change: ChangeInput; readonly within: string }) {
  const { subject } = useCaller();
  const { data, error, refetch } = useQuery({
    queryKey: ['preview', subject, 'simulate', change, within],
    queryFn: () => simulate(change, within),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <section className={styles.preview} aria-live="polite" aria-label={simulationWords.title}>
      <h3>{simulationWords.title}</h3>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {error === null && data === undefined && <p className="muted">{simulationWords.asking}</p>}
      {data !== undefined && <SimulationText simulation={data} />}
    </section>
  );
}
