import { type ReactNode, useEffect } from 'react';
import { frameWords } from '../words/frame-words.ts';

/** A page with its title, which the window has as well. */
export function Page({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} – ${frameWords.product}`;
  }, [title]);
  return (
    <>
      <h1 tabIndex={-1}>
        <bdi>{title}</bdi>
      </h1>
      {children}
    </>
  );
}
