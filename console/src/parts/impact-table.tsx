import { type ImpactCount, isAny, type ModelImpact } from '../ask/activate-model.ts';
import { countWords, exampleWords, ignoredWords, impactWords } from '../words/impact-words.ts';
import tableStyles from './people-table.module.css';

/** Who would lose and gain what by a model, by the server's word. */
export function ImpactTable({ impact }: { readonly impact: ModelImpact }) {
  const { permissions, ignoredRelationships, notCompared, isComplete } = impact;
  const nobody = isComplete ? impactWords.nobody : impactWords.nobodyFound;
  return (
    <>
      {permissions.length === 0 ? <p>{nobody}</p> : <Permissions permissions={permissions} />}
      {hidesExamples(impact) && <p className="muted">{impactWords.noExamples}</p>}
      {ignoredRelationships.length > 0 && (
        <div role="alert">
          <p>{impactWords.ignored}:</p>
          <ul>
            {ignoredRelationships.map(({ type, relation, count, isComplete: isAll, examples }) => (
              <li key={JSON.stringify([type, relation])}>
                {ignoredWords(`${type}#${relation}`, count, isAll)}
                <Examples examples={examples} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {notCompared.length > 0 && (
        <p role="alert">
          {impactWords.notCompared} {notCompared.map(({ type, permission }) => `${type}#${permission}`).join(', ')}
        </p>
      )}
    </>
  );
}

function Permissions({ permissions }: Pick<ModelImpact, 'permissions'>) {
  return (
    <table className={tableStyles.table}>
      <caption className="only-read">{impactWords.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{impactWords.permission}</th>
          <th scope="col">{impactWords.lost}</th>
          <th scope="col">{impactWords.gained}</th>
          <th scope="col">{impactWords.becameUndecided}</th>
          <th scope="col">{impactWords.wasUndecided}</th>
        </tr>
      </thead>
      <tbody>
        {permissions.map((one) => (
          <tr key={JSON.stringify([one.type, one.permission])}>
            <th scope="row">
              <code>{`${one.type}#${one.permission}`}</code>
            </th>
            {(['lost', 'gained', 'becameUndecided', 'wasUndecided'] as const).map((side) => (
              <td key={side} data-label={impactWords[side]} data-impact={isAny(one[side]) ? side : undefined}>
                <Count count={one[side]} isComplete={one.isComplete} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Count({ count, isComplete }: { readonly count: ImpactCount; readonly isComplete: boolean }) {
  if (!isAny(count)) return impactWords.none;
  return (
    <>
      {countWords(count, isComplete)}
      <Examples examples={count.examples} />
    </>
  );
}

function Examples({ examples }: Pick<ImpactCount, 'examples'>) {
  if (examples === null || examples.length === 0) return undefined;
  return (
    <details>
      <summary>{impactWords.examples}</summary>
      <ul>
        {examples.map(({ object, subject }) => (
          <li key={JSON.stringify([object, subject])}>
            <bdi>{exampleWords(subject, object)}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}

function hidesExamples({ permissions, ignoredRelationships }: ModelImpact): boolean {
  const counts = permissions.flatMap(({ lost, gained, becameUndecided, wasUndecided }) => [
    ...[lost, gained, becameUndecided, wasUndecided].filter(isAny),
  ]);
  return [...counts, ...ignoredRelationships].some(({ examples }) => examples === null);
}
