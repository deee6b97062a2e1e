import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { filesOf, type ModelText, useModels, useModelText } from '../ask/models.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ModelFrame } from '../parts/model-frame.tsx';
import { TextDiff } from '../parts/text-diff.tsx';
import { modelName, modelWords } from '../words/model-words.ts';

/** Two published models beside each other: what the text says otherwise. */
export function ModelComparePage() {
  const { model: id } = useParams({ from: '/models/$model/compare' });
  const { with: other } = useSearch({ from: '/models/$model/compare' });
  return (
    <ModelFrame id={id}>
      {() => (
        <>
          <OtherModel id={id} other={other} />
          {other !== undefined && <Comparison id={id} other={other} />}
        </>
      )}
    </ModelFrame>
  );
}

function OtherModel({ id, other }: { readonly id: string; readonly other: string | undefined }) {
  const { pages } = useModels();
  const navigate = useNavigate();
  const listed = pages.flatMap(({ edges }) => edges.map(({ node }) => node.id));
  const ids = [...new Set([...(other === undefined ? [] : [other]), ...listed])].filter((one) => one !== id);
  return (
    <p>
      <label>
        {modelWords.compareWith}{' '}
        <select
          value={other ?? ''}
          onChange={({ target }) => {
            const search = { with: target.value };
            void navigate({ to: '/models/$model/compare', params: { model: id }, search, replace: true });
          }}
        >
          <option value="">{modelWords.choose}</option>
          {ids.map((one) => (
            <option key={one} value={one}>
              {modelName(one)}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}

function Comparison({ id, other }: { readonly id: string; readonly other: string }) {
  const now = useModelText(id);
  const before = useModelText(other);
  return (
    <Loaded query={now}>
      {(model) => (
        <Loaded query={before}>
          {(old) => {
            if (old === null || model === null) return <p>{modelWords.noModel}</p>;
            const changed = changedFiles(old, model);
            if (changed.length === 0) return <p role="status">{modelWords.sameText}</p>;
            return changed.map(({ name, was, is }) => (
              <section key={name} aria-label={name ?? modelWords.wholeText}>
                {name !== null && <h2>{name}</h2>}
                <TextDiff before={was} after={is} />
              </section>
            ));
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

/** File by file where both are modules; a model of one text is compared with all of the other. */
function changedFiles(before: ModelText, after: ModelText) {
  const areModules = before.modules.length > 0 && after.modules.length > 0;
  const [old, now] = areModules ? [filesOf(before), filesOf(after)] : [[whole(before)], [whole(after)]];
  const names = [...new Set([...old, ...now].map(({ name }) => name))];
  const textIn = (files: typeof old, wanted: string | null) => files.find(({ name }) => name === wanted)?.dsl ?? '';
  return names
    .map((name) => ({ name, was: textIn(old, name), is: textIn(now, name) }))
    .filter(({ was, is }) => was !== is);
}

function whole({ dsl }: ModelText) {
  return { name: null, dsl };
}
