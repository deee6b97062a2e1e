import type { ReactNode } from 'react';
import type { ChangeInput } from '../ask/access-change.ts';
import { type ProposeAnswer, proposeChange } from '../ask/propose-change.ts';
import { simulationWords } from '../words/simulation-words.ts';
import { SimulationText } from './simulation-text.tsx';
import { WriteForm } from './write-form.tsx';

interface ProposeFormProps {
  /** Undefined as long as something is missing. */
  readonly change: ChangeInput | undefined;
  readonly evidence: readonly string[];
  /** Where it is looked for what it would mean, besides the objects of the change. */
  readonly within?: string | undefined;
  /** Whether the caller may be told what it would mean. */
  readonly maySimulate: boolean;
  readonly name: string;
  /** What stands there as the reason at first. */
  readonly firstReason?: string;
  readonly onCancel: () => void;
  /** Told the number of the proposal. */
  readonly onProposed: (id: string) => void;
  readonly children?: ReactNode;
}

/** What a change would mean, why it is wanted, and the button that proposes it to whoever may make it. */
export function ProposeForm(props: ProposeFormProps) {
  const { change, evidence, within, maySimulate, name, firstReason, onCancel, onProposed, children } = props;
  return (
    <WriteForm
      write={proposeChange({ maySimulate, within })}
      input={change && { writes: change.writes, deletes: change.deletes, evidence }}
      name={name}
      needsReason
      {...(firstReason !== undefined && { firstReason })}
      showPreview={({ simulation }: ProposeAnswer) =>
        simulation === null ? <p>{simulationWords.hidden}</p> : <SimulationText simulation={simulation} />
      }
      onCancel={onCancel}
      onDone={({ proposal }) => {
        if (proposal !== null) onProposed(proposal.id);
      }}
    >
      {children}
    </WriteForm>
  );
}
