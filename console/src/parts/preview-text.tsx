import type { Preview } from '../ask/writes.ts';
import { factSentence } from '../words/ask-words.ts';
import { keptWords, writeWords } from '../words/write-words.ts';

/** What a write would mean, in the server's sentences, and what stays through what. */
export function PreviewText({ preview }: { readonly preview: Preview }) {
  const { text, remainsThrough, isComplete } = preview;
  return (
    <>
      {text.split('\n').map((line) => (
        <p key={line}>
          <bdi>{line}</bdi>
        </p>
      ))}
      {remainsThrough.length > 0 && (
        <details>
          <summary>{writeWords.remains}</summary>
          <ul>
            {remainsThrough.map((way) => (
              <li key={JSON.stringify(way)}>
                <bdi>{keptWords(way.subject, way.permissions, way.object)}</bdi>
                <ul>
                  {way.relationships.map(({ subject, relation, object }) => (
                    <li key={JSON.stringify([subject, relation, object])}>
                      <bdi>{factSentence(subject, relation, object)}</bdi>
                    </li>
                  ))}
                  {!way.isWhole && <li className="muted">{writeWords.restHidden}</li>}
                </ul>
              </li>
            ))}
          </ul>
        </details>
      )}
      {!isComplete && <p className="muted">{writeWords.notComplete}</p>}
    </>
  );
}
