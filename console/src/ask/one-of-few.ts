/** Streams of one browser at once: it has six connections to a server, of which pages need some. */
const most = 3;

/** Works in one of few places that all windows of a browser share; waits where none is free. */
export async function oneOfFew(signal: AbortSignal, onWait: () => void, work: () => Promise<void>): Promise<void> {
  // Browsers have them on secure origins only.
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) return work();
  for (let place = 0; place < most; place++) {
    const wasFree = await locks.request(nameOf(place), { ifAvailable: true }, async (lock) => {
      if (lock !== null && !signal.aborted) await work();
      return lock !== null;
    });
    if (wasFree || signal.aborted) return;
  }
  onWait();
  const place = Math.floor(Math.random() * most);
  await locks.request(nameOf(place), { signal }, work).catch(() => undefined);
}

function nameOf(place: number): string {
  return `postern-live-${place}`;
}
