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
  await firstFree(locks, signal, work);
}

/** Waits for all places, and gives up waiting for the others as soon as it has one. */
async function firstFree(locks: LockManager, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  const found = new AbortController();
  const waiting = { signal: AbortSignal.any([signal, found.signal]) };
  const takeOnce = async () => {
    if (found.signal.aborted) return;
    found.abort();
    await work();
  };
  const places = Array.from({ length: most }, (_, place) => locks.request(nameOf(place), waiting, takeOnce));
  await Promise.allSettled(places);
}

function nameOf(place: number): string {
  return `postern-live-${place}`;
}
