import { Link } from '@tanstack/react-router';
import type { Finding, FindingFields } from '../ask/findings.ts';
import { countWords, endWords, findingWords, kindWords } from '../words/finding-words.ts';
import { moreChanges } from '../words/proposal-words.ts';
import styles from './findings-table.module.css';
import tableStyles from './people-table.module.css';
import { Ref } from './ref.tsx';

interface FindingsTableProps {
  /** The object that was asked about. */
  readonly object: string;
  readonly fields: FindingFields;
  readonly findings: readonly Finding[];
}

/** Findings by their kind, the heaviest first; each with what is stored that says so, and with what ends it. */
export function FindingsTable({ object, fields, findings }: FindingsTableProps) {
  return (
    <table className={tableStyles.table}>
      <caption className="only-read">{findingWords.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{findingWords.finding}</th>
          <th scope="col">{findingWords.evidence}</th>
          <th scope="col">{findingWords.rank}</th>
          <th scope="col">{findingWords.ends}</th>
        </tr>
      </thead>
      {[...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, of]) => (
        <tbody key={kind} data-kind={kind}>
          <tr className={tableStyles.group}>
            <th scope="rowgroup" colSpan={4}>
              {kindWords(kind).title} ({of.length})<span className={styles.means}>{kindWords(kind).means}</span>
            </th>
          </tr>
          {of.map((finding) => (
            <FindingRow key={finding.id} object={object} fields={fields} finding={finding} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

interface FindingRowProps extends Omit<FindingsTableProps, 'findings'> {
  readonly finding: Finding;
}

function FindingRow({ object: asked, fields, finding }: FindingRowProps) {
  const { id, text, rank, change } = finding;
  return (
    <tr>
      <th scope="row" className={styles.text}>
        <bdi>{text}</bdi>
      </th>
      <td data-label={findingWords.evidence}>
        <Stored finding={finding} within={asked} />
      </td>
      <td data-label={findingWords.rank} className={styles.rank}>
        {rank}
      </td>
      <td data-label={findingWords.ends} className={styles.end}>
        {change === null ? (
          <span className="muted">{findingWords.nobodyKnows}</span>
        ) : (
          <Link
            to="/findings/$object"
            params={{ object: asked }}
            search={{ ...fields, end: id }}
            aria-keyshortcuts="."
            aria-label={endWords(text)}
          >
            {findingWords.see}
          </Link>
        )}
      </td>
    </tr>
  );
}

const mostShown = 4;

/** What is stored and says so; whom and what it is about, where that is not said by it. */
function Stored({ finding, within }: { readonly finding: Finding; readonly within: string }) {
  const { subject, object, relationships, count, of } = finding;
  const isSaid = relationships.length === 1;
  return (
    <>
      {!isSaid && subject !== null && (
        <span className={styles.fact}>
          <Ref value={subject} who={{ within }} />
        </span>
      )}
      {!isSaid && object !== null && (
        <span className={styles.fact}>
          <Ref value={object} />
        </span>
      )}
      {relationships.slice(0, mostShown).map((one) => (
        <span key={JSON.stringify([one.object, one.relation, one.subject])} className={styles.fact}>
          <Ref value={one.subject} who={{ within }} /> <code>{one.relation}</code> <Ref value={one.object} />
        </span>
      ))}
      {relationships.length > mostShown && (
        <span className="muted">{moreChanges(relationships.length - mostShown)}</span>
      )}
      {count !== null && of !== 1 && <span className="muted">{countWords(count, of)}</span>}
    </>
  );
}
