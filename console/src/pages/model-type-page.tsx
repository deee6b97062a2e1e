import { Link, useParams } from '@tanstack/react-router';
import { type ModelType, type TypeSheets, useModelTypes, useRoleSheets } from '../ask/models.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ModelFrame } from '../parts/model-frame.tsx';
import { RelationList } from '../parts/relation-list.tsx';
import { modelWords, typeTitle } from '../words/model-words.ts';

/** A type of a model: its permissions and what gives them, its roles and what they give, and the rest. */
export function ModelTypePage() {
  const { model: id, type: name } = useParams({ from: '/models/$model/types/$type' });
  const types = useModelTypes(id);
  const sheets = useRoleSheets(id);
  return (
    <ModelFrame id={id} title={typeTitle(name, id)}>
      {() => (
        <Loaded query={types}>
          {(model) => {
            const type = model?.types?.find((one) => one.name === name);
            if (type === undefined) return <p>{modelWords.noType}</p>;
            return (
              <Loaded query={sheets}>{(found) => <TypeParts id={id} type={type} sheets={found?.types ?? []} />}</Loaded>
            );
          }}
        </Loaded>
      )}
    </ModelFrame>
  );
}

interface TypePartsProps {
  readonly id: string;
  readonly type: ModelType;
  readonly sheets: readonly TypeSheets[];
}

function TypeParts({ id, type, sheets }: TypePartsProps) {
  const { description, module, relations, name } = type;
  const of = (kind: (typeof relations)[number]['kind']) => relations.filter((one) => one.kind === kind);
  const others = [
    [modelWords.structure, of('STRUCTURE')],
    [modelWords.computed, of('COMPUTED')],
    [modelWords.declarations, of('DECLARATION')],
  ] as const;
  return (
    <>
      {description !== null && <p>{description}</p>}
      <p className="muted">
        {module !== null && `${modelWords.inModule} ${module}. `}
        <Link to="/models/$model/map" params={{ model: id }} search={{ type: name }}>
          {modelWords.mapTitle}
        </Link>
      </p>
      <h2>{modelWords.roles}</h2>
      <RelationList relations={of('ROLE')} type={type} sheets={sheets} nothing={modelWords.noRoles} />
      <h2>{modelWords.permissions}</h2>
      <RelationList relations={of('PERMISSION')} type={type} sheets={sheets} nothing={modelWords.noPermissions} />
      {others.map(
        ([title, found]) =>
          found.length > 0 && (
            <section key={title}>
              <h2>{title}</h2>
              <RelationList relations={found} type={type} sheets={sheets} />
            </section>
          ),
      )}
    </>
  );
}
