import { useParams } from '@tanstack/react-router';
import { ModelTextDocument } from '../ask/__generated__/operations.ts';
import { filesOf, type ModelFile, useModelText } from '../ask/models.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ModelFrame } from '../parts/model-frame.tsx';
import textStyles from '../parts/model-text.module.css';
import { ModelText } from '../parts/model-text.tsx';
import { PageTools } from '../parts/page-tools.tsx';

/** A published model as its text, module by module. */
export function ModelPage() {
  const { model: id } = useParams({ from: '/models/$model' });
  const text = useModelText(id);
  return (
    <ModelFrame id={id}>
      {() => (
        <>
          <Loaded query={text}>
            {(model) => model !== null && filesOf(model).map((file) => <File key={file.name} file={file} />)}
          </Loaded>
          <PageTools query={String(ModelTextDocument)} variables={{ id }} />
        </>
      )}
    </ModelFrame>
  );
}

function File({ file: { name, dsl } }: { readonly file: ModelFile }) {
  return (
    <section aria-label={name ?? undefined}>
      {name !== null && <h2>{name}</h2>}
      <pre className={textStyles.text}>
        <ModelText text={dsl.trimEnd()} />
      </pre>
    </section>
  );
}
