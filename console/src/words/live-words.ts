import type { LiveState } from '../ask/follow.ts';

export const liveNames: Readonly<Record<LiveState, string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  reconnecting: 'Not live: trying to connect again',
  waiting: 'Not live: other windows are; close one of them',
  ended: 'Not live any more',
};

export const liveWords = { show: 'Show' };

export function changesWords(count: number): string {
  return count === 1 ? '1 change since this was read.' : `${count} changes since this was read.`;
}

export function eventsWords(count: number): string {
  return count === 1 ? '1 event since this was read.' : `${count} events since this was read.`;
}
