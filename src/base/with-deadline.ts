/** What did not happen in time. */
export class DeadlineExceeded extends Error {}

/**
 * The outcome of `work`, or `DeadlineExceeded` after `timeoutMs`. The work itself goes on; its outcome is then dropped,
 * so that nobody can take a late answer for one in time.
 */
export async function withDeadline<Value>(work: Promise<Value>, timeoutMs: number, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineExceeded(`${what} took longer than ${timeoutMs} ms.`)), timeoutMs);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
