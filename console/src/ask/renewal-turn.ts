/** One window of a browser after another: some providers take a refresh token once, and whoever signs out is to stay so. */
export async function takeRenewalTurn(act: () => Promise<void>): Promise<void> {
  await navigator.locks.request('postern-renewal', act);
}
