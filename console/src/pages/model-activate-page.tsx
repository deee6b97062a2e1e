import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { activateModel, lossesOf } from '../ask/activate-model.ts';
import { type ModelVersion, useModel } from '../ask/models.ts';
import { useRights } from '../ask/rights.ts';
import { ModelFrame } from '../parts/model-frame.tsx';
import { ModelPreview } from '../parts/model-preview.tsx';
import { WriteForm } from '../parts/write-form.tsx';
import { activatedWords, activateWords, impactWords } from '../words/impact-words.ts';
import { modelName } from '../words/model-words.ts';

/** What would change if a model became the one that decides, and the button that makes it so: forward, or back. */
export function ModelActivatePage() {
  const { model: id } = useParams({ from: '/models/$model/activate' });
  const [replaced, setReplaced] = useState<string>();
  return (
    <ModelFrame key={id} id={id}>
      {(model) => (
        <>
          {model.active && <Activated id={id} replaced={replaced} />}
          {!model.active && <ActivateForm model={model} onReplaced={setReplaced} />}
        </>
      )}
    </ModelFrame>
  );
}

function Activated({ id, replaced }: { readonly id: string; readonly replaced: string | undefined }) {
  return (
    <section role="status" data-done={replaced === undefined ? undefined : 'activate'}>
      <p>{replaced === undefined ? impactWords.isActive : activatedWords(id)}</p>
      {replaced !== undefined && replaced !== id && (
        <p>
          {impactWords.replaced}{' '}
          <Link to="/models/$model/activate" params={{ model: replaced }}>
            {impactWords.rollBack}: {modelName(replaced)}
          </Link>
        </p>
      )}
    </section>
  );
}

interface ActivateFormProps {
  readonly model: ModelVersion;
  readonly onReplaced: (id: string | undefined) => void;
}

function ActivateForm({ model: { id }, onReplaced }: ActivateFormProps) {
  const { mayPublishModel } = useRights();
  const { data: active } = useModel(undefined);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  // Who may not is told so above, and nothing is tried.
  if (!mayPublishModel) return undefined;
  return (
    <WriteForm
      write={activateModel}
      input={{ id }}
      name={activateWords(id, active?.id)}
      isBlocked={({ impact }) => lossesOf(impact) > 0 && typed.trim() !== String(lossesOf(impact))}
      showPreview={({ diff, impact }) => (
        <ModelPreview diff={diff} impact={impact} confirmation={{ typed, onType: setTyped }} />
      )}
      onCancel={() => void navigate({ to: '/models' })}
      onDone={() => onReplaced(active?.id)}
    />
  );
}
