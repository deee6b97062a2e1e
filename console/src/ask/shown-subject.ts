let shown: string | undefined;

/** Whose the pages of this window are; each request says so, and is refused once the session is somebody else's. */
export function shownSubject(): string | undefined {
  return shown;
}

/** Whose they are from now on: `other` where they have been somebody else's, and this window has to start afresh. */
export function showTo(subject: string): 'first' | 'same' | 'other' {
  const before = shown;
  shown ??= subject;
  if (before === undefined) return 'first';
  return before === subject ? 'same' : 'other';
}
