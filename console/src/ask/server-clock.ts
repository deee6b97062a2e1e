let aheadMs = 0;

/** This machine may have another time than the server, whose time decides: each answer says it. */
export function noteServerTime({ headers }: Response): void {
  const serverMs = Date.parse(headers.get('date') ?? '');
  if (!Number.isNaN(serverMs)) aheadMs = serverMs - Date.now();
}

/** The server's time, to the second. */
export function serverNowMs(): number {
  return Date.now() + aheadMs;
}
