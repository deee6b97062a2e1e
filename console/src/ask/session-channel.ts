/** What windows of one browser tell each other of the session that they share. */
export type SessionNews =
  /** Somebody has left: nothing of theirs may stay. */
  | { readonly kind: 'signed-out' }
  /** Whose it is now. */
  | { readonly kind: 'signed-in'; readonly subject: string };

let channel: BroadcastChannel | undefined;

/** One for each window, which does not hear itself. */
function sessionChannel(): BroadcastChannel {
  channel ??= new BroadcastChannel('postern-session');
  return channel;
}

export function tellOthers(news: SessionNews): void {
  sessionChannel().postMessage(news);
}

/** Returns what ends it. */
export function hearOthers(hear: (news: SessionNews) => void): () => void {
  const listen = ({ data }: MessageEvent<SessionNews>) => hear(data);
  sessionChannel().addEventListener('message', listen);
  return () => sessionChannel().removeEventListener('message', listen);
}
