import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { AskWhyDocument } from '../ask/__generated__/operations.ts';
import { ask } from '../ask/ask.ts';
import { readContext } from '../ask/read-context.ts';
import { useCaller } from '../ask/session.ts';
import { Explained } from '../parts/explained.tsx';
import { Page } from '../parts/page.tsx';
import { PageTools } from '../parts/page-tools.tsx';
import { Problem } from '../parts/problem.tsx';
import { QuestionForm } from '../parts/question-form.tsx';
import { QuestionSides } from '../parts/question-sides.tsx';
import { askWords } from '../words/ask-words.ts';

/** Why somebody has a permission, or why not. */
export function AskWhyPage() {
  const fields = useSearch({ from: '/ask/why' });
  const caller = useCaller();
  const { subject = '', permission = '', object = '', context } = fields;
  const isWhole = subject !== '' && permission !== '' && object !== '';
  const question = { subject, permission, object };
  const { data, error, isLoading, refetch } = useQuery({
    queryKey: ['ask-why', caller.subject, question, context],
    queryFn: () => ask(AskWhyDocument, { ...question, context: readContext(context, askWords.notJson) }),
    enabled: isWhole,
  });
  const explanation = data?.explainPermission;
  return (
    <Page title={askWords.why}>
      <QuestionSides fields={fields} />
      <QuestionForm side="why" fields={fields} needsContext={explanation?.decision.error?.code === 'MISSING_CONTEXT'} />
      {!isWhole && <p className="muted">{askWords.emptyWhy}</p>}
      {isLoading && <p role="status">{askWords.asking}</p>}
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {explanation !== undefined && <Explained question={question} explanation={explanation} />}
      {isWhole && <PageTools query={String(AskWhyDocument)} variables={question} />}
    </Page>
  );
}
