import { Page } from '../parts/page.tsx';
import { frameWords } from '../words/frame-words.ts';

export function NoPage() {
  return (
    <Page title={frameWords.noPage}>
      <p>{frameWords.noPageNext}</p>
    </Page>
  );
}
