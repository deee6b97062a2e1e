import type { AccessPreview } from '../operations/writes/access-preview.ts';
import { grantParentOf } from './access-relationship.ts';

/** What the payload of a write says of a dry run. */
export function accessPreviewOf(preview: AccessPreview | undefined) {
  if (preview === undefined) return null;
  const { subjects, remainsThrough, ...rest } = preview;
  return {
    ...rest,
    subjects: subjects.map(({ subject, object: { object }, permissions, kept, below }) => {
      return { subject, object, ...permissions, kept, below };
    }),
    remainsThrough: remainsThrough.map(({ relationships, ...way }) => {
      return { ...way, relationships: relationships.map(grantParentOf) };
    }),
  };
}
