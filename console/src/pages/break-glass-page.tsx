import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { BreakGlassDocument } from '../ask/__generated__/operations.ts';
import { breakGlass, endOfGlass, type Glass, useGlasses } from '../ask/break-glass.ts';
import { useRights } from '../ask/rights.ts';
import { serverNowMs } from '../ask/server-clock.ts';
import type { Written } from '../ask/writes.ts';
import { AuditList } from '../parts/audit-list.tsx';
import { BreakGlassForm } from '../parts/break-glass-form.tsx';
import doneStyles from '../parts/done-note.module.css';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import listStyles from '../parts/plain-list.module.css';
import { Problem } from '../parts/problem.tsx';
import { Ref } from '../parts/ref.tsx';
import { RelationshipFacts } from '../parts/relationship-facts.tsx';
import { Time } from '../parts/time.tsx';
import { breakGlassWords, leftWords } from '../words/break-glass-words.ts';
import { objectWords } from '../words/object-words.ts';

/** Who may go through in an emergency and until when, what was read by it, and how it is opened. */
export function BreakGlassPage() {
  const { isKnown, mayReadModel, mayReadRelationships, mayReadWholeAuditLog } = useRights();
  const { glasses, last, error, isFetching, fetchNextPage, refetch } = useGlasses(mayReadRelationships, mayReadModel);
  const [given, setGiven] = useState<Written>();
  const nowMs = useNow();
  const isOver = (one: Glass) => Date.parse(endOfGlass(one) ?? '') <= nowMs;
  const over = glasses.filter(isOver);
  return (
    <Page title={breakGlassWords.title}>
      <p>{breakGlassWords.about}</p>
      <p className="muted">{breakGlassWords.told}</p>
      {given !== undefined && (
        <section className={doneStyles.note} role="status" data-done="break-glass">
          <h2>{breakGlassWords.opened}</h2>
          <RelationshipFacts relationship={given} />
        </section>
      )}
      <h2>{breakGlassWords.now}</h2>
      {isKnown && !mayReadRelationships && <p className="muted">{breakGlassWords.notReader}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {last !== undefined && (
        <>
          {!mayReadModel && <p className="muted">{breakGlassWords.notModelReader}</p>}
          <GlassList glasses={glasses.filter((one) => !isOver(one))} nowMs={nowMs} />
          {over.length > 0 && <h2>{breakGlassWords.over}</h2>}
          {over.length > 0 && <GlassList glasses={over} nowMs={nowMs} />}
          <MoreButton
            page={last.pageInfo}
            isCutShort={false}
            isLoading={isFetching}
            onMore={() => void fetchNextPage()}
          />
          <PageTools query={String(BreakGlassDocument)} variables={{ condition: breakGlass }} />
        </>
      )}
      <h2>{breakGlassWords.form}</h2>
      <BreakGlassForm key={JSON.stringify(given)} onDone={setGiven} />
      <h2>{breakGlassWords.read}</h2>
      {isKnown && !mayReadWholeAuditLog && <p className="muted">{breakGlassWords.notAuditor}</p>}
      <AuditList filter={{ action: 'breakGlassRead' }} mayRead={mayReadWholeAuditLog} />
    </Page>
  );
}

interface GlassListProps {
  readonly glasses: readonly Glass[];
  readonly nowMs: number;
}

function GlassList({ glasses, nowMs }: GlassListProps) {
  if (glasses.length === 0) return <p className="muted">{breakGlassWords.nobody}</p>;
  return (
    <ul className={listStyles.list}>
      {glasses.map((glass) => {
        const { object, relation: role, subject, createdBy } = glass;
        return (
          <li key={JSON.stringify([object, role, subject])}>
            <Ref value={subject} /> <code>{role}</code> <Ref value={object} />
            <Ending at={endOfGlass(glass)} nowMs={nowMs} />
            {createdBy !== null && (
              <span>
                {objectWords.by} <Ref value={createdBy} who={{}} />
              </span>
            )}
            <Link to="/objects/$object" params={{ object }} search={{ change: 'revoke', role, subject }}>
              {breakGlassWords.end}
              <span className="only-read">
                : {role} of {subject}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Ending({ at, nowMs }: { readonly at: string | undefined; readonly nowMs: number }) {
  if (at === undefined) return <span>{breakGlassWords.noEnd}</span>;
  const minutes = Math.ceil((Date.parse(at) - nowMs) / 60_000);
  return (
    <span>
      {breakGlassWords.until} <Time at={at} />
      {minutes > 0 && ` (${leftWords(minutes)})`}
    </span>
  );
}

/** The server's time, to the minute. */
function useNow(): number {
  const [nowMs, setNowMs] = useState(serverNowMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(serverNowMs()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
