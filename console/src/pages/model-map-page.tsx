import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ModelType, useModelTypes } from '../ask/models.ts';
import { FlowList } from '../parts/flow-list.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { ModelFrame } from '../parts/model-frame.tsx';
import { flowsOf } from '../pictures/model-flows.ts';
import { ModelMap } from '../pictures/model-map.tsx';
import { modelMapOf } from '../pictures/model-map-of.ts';
import { modelWords } from '../words/model-words.ts';

/** Types, and along what rights flow between them: as a picture, and as a list. */
export function ModelMapPage() {
  const { model: id } = useParams({ from: '/models/$model/map' });
  const types = useModelTypes(id);
  return (
    <ModelFrame id={id}>
      {() => <Loaded query={types}>{(model) => <MapOfTypes id={id} types={model?.types ?? []} />}</Loaded>}
    </ModelFrame>
  );
}

function MapOfTypes({ id, types }: { readonly id: string; readonly types: readonly ModelType[] }) {
  const { type: chosen } = useSearch({ from: '/models/$model/map' });
  const navigate = useNavigate();
  const choose = (type: string) => {
    const search = type === '' ? {} : { type };
    void navigate({ to: '/models/$model/map', params: { model: id }, search, replace: true });
  };
  const flows = flowsOf(types);
  const shown = chosen === undefined ? flows : flows.filter(({ from, to }) => [from, to].includes(chosen));
  const listed = chosen === undefined ? types : types.filter(({ name }) => name === chosen);
  return (
    <>
      <p>
        <label>
          {modelWords.mapOf}{' '}
          <select value={chosen ?? ''} onChange={({ target }) => choose(target.value)}>
            <option value="">{modelWords.all}</option>
            {types.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </p>
      <ModelMap map={modelMapOf(shown)} />
      <FlowList model={id} types={listed} flows={flows} />
    </>
  );
}
