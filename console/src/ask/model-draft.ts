import { useState } from 'react';
import type { PublishAuthorizationModelInput } from './__generated__/operations.ts';
import { modelDraftName } from './model-draft-name.ts';
import type { ModelFile } from './models.ts';

/** A model that somebody writes: nobody but this tab knows it, until it is published. */
export interface ModelDraft {
  /** The model that it began as. */
  readonly from: string;
  readonly files: readonly ModelFile[];
}

/**
 * Keeps what somebody writes in this tab, also while they sign in again: whoever signs in as somebody else does not find it.
 */
export function useModelDraft(subject: string) {
  const [draft, setDraft] = useState(() => readDraft(subject));
  const change = (next: ModelDraft | undefined) => {
    setDraft(next);
    keepDraft(subject, next);
  };
  return { draft, change };
}

/** The model as it is sent. */
export function sourceOf({ files }: ModelDraft): Pick<PublishAuthorizationModelInput, 'dsl' | 'modules'> {
  const modules = files.flatMap(({ name, dsl }) => (name === null ? [] : [{ name, dsl }]));
  return modules.length > 0 ? { modules } : { dsl: files[0]?.dsl ?? '' };
}

function keepDraft(subject: string, draft: ModelDraft | undefined): void {
  try {
    if (draft === undefined) sessionStorage.removeItem(modelDraftName(subject));
    else sessionStorage.setItem(modelDraftName(subject), JSON.stringify(draft));
  } catch {
    // Without room it lives as long as the page.
  }
}

function readDraft(subject: string): ModelDraft | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(modelDraftName(subject)) ?? 'null');
    return isDraft(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isDraft(value: unknown): value is ModelDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { from, files } = value as Partial<ModelDraft>;
  return typeof from === 'string' && Array.isArray(files) && files.length > 0 && files.every(isFile);
}

function isFile(value: unknown): value is ModelFile {
  if (typeof value !== 'object' || value === null) return false;
  const { name, dsl } = value as Partial<ModelFile>;
  return (name === null || typeof name === 'string') && typeof dsl === 'string';
}
