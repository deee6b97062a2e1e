import { useRights } from '../ask/rights.ts';
import { useCaller } from '../ask/session.ts';
import { ActiveModel } from '../parts/active-model.tsx';
import { MyPermissions } from '../parts/my-permissions.tsx';
import { Page } from '../parts/page.tsx';
import { QuestionForm } from '../parts/question-form.tsx';
import { RecentObjects } from '../parts/recent-objects.tsx';
import { RecentRefusals } from '../parts/recent-refusals.tsx';
import { ToDecide } from '../parts/to-decide.tsx';
import { askWords } from '../words/ask-words.ts';
import { homeWords } from '../words/home-words.ts';
import styles from './home-page.module.css';

/** Where one begins: a question, what was seen last, and what there is for whoever runs Postern. */
export function HomePage() {
  const { subject, platform } = useCaller();
  const rights = useRights();
  return (
    <Page title={homeWords.title}>
      <h2>{askWords.why}</h2>
      <QuestionForm side="why" fields={{ subject }} />
      <div className={styles.columns}>
        <ToDecide />
        <RecentObjects />
        <MyPermissions object={platform} title={homeWords.platform} none={homeWords.noPlatform} />
        {rights.mayReadModel && <ActiveModel />}
        {rights.mayReadWholeAuditLog && <RecentRefusals />}
      </div>
    </Page>
  );
}
