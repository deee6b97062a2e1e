const prefix = 'postern-model-draft ';

/** By which the draft of a model is kept in the tab. */
export function modelDraftName(subject: string): string {
  return prefix + subject;
}

/** Whatever is not of this caller; everything, without one. */
export function forgetModelDrafts(caller: string | undefined): void {
  const kept = caller === undefined ? undefined : modelDraftName(caller);
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(prefix) && name !== kept) sessionStorage.removeItem(name);
}
