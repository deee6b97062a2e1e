import { dropOthers, forgetDrafts } from './drafts.ts';
import { forgetModelDrafts } from './model-draft-name.ts';
import { forgetObjects } from './recent-objects.ts';
import { forgetDecisions } from './review-decisions.ts';

/** Whoever signs out leaves nothing behind: neither what they wrote nor what they looked at. */
export function forgetEverything(): void {
  forgetDrafts();
  forgetDecisions(undefined);
  forgetModelDrafts(undefined);
  forgetObjects(undefined);
}

/** What somebody else has left in this browser is nobody's. */
export function forgetOthers(caller: string): void {
  dropOthers(caller);
  forgetDecisions(caller);
  forgetModelDrafts(caller);
  forgetObjects(caller);
}
