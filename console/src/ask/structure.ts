import { ObjectStructureDocument } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { useObjectRights, useRights } from './rights.ts';
import { usePages } from './use-pages.ts';

/** An object that is tied to another one, and what by; nothing where that is not the asker's to see. */
export interface Tie {
  readonly object: string;
  readonly relations: readonly string[];
}

/** What an object belongs to, and what belongs to it: for those who review it. */
export function useStructure(object: string) {
  const { isKnown, mayReview } = useObjectRights(object);
  const { isKnown: isReaderKnown, mayReadRelationships } = useRights();
  const variables = { object, subject: object, isReader: mayReadRelationships };
  const list = usePages({
    question: ['structure', variables],
    isEnabled: isKnown && mayReview && isReaderKnown,
    read: async (after) => {
      const answer = await ask(ObjectStructureDocument, { ...variables, after });
      return { ...answer.subjectHoldings, isCutShort: false, answer };
    },
  });
  const pages = mayReview ? list.pages : [];
  const [first] = pages;
  const written = first?.answer.accessRelationships?.edges.map(({ node }) => node) ?? [];
  const above = (first?.answer.accessReview.rightsComeFrom ?? []).map((one): Tie => {
    return { object: one, relations: written.filter(({ subject }) => subject === one).map(({ relation }) => relation) };
  });
  const held = pages.flatMap(({ edges }) => edges.map(({ node }) => node.relationship));
  const below = [...Map.groupBy(held, (one) => one.object)].map(([name, all]): Tie => {
    return { object: name, relations: [...new Set(all.map(({ relation }) => relation))] };
  });
  const token = first?.answer.accessReview.consistencyToken;
  return { ...list, last: pages.at(-1), variables, above, below, token, isNotForMe: isKnown && !mayReview };
}
