/** In which zone times are shown and written: the one of this machine, or UTC. */
export type ZoneChoice = 'here' | 'utc';

export const zoneChoices: readonly ZoneChoice[] = ['here', 'utc'];

const key = 'postern-zone';

export function chosenZone(): ZoneChoice {
  return localStorage.getItem(key) === 'utc' ? 'utc' : 'here';
}

export function chooseZone(zone: ZoneChoice): void {
  localStorage.setItem(key, zone);
}

export function zoneName(): string {
  return chosenZone() === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** An instant as a field for a day and a time has it: without a zone, and to the minute. */
export function localTextOf(at: string): string {
  if (at === '') return '';
  const date = new Date(at);
  const offsetMs = chosenZone() === 'utc' ? 0 : date.getTimezoneOffset() * 60_000;
  return new Date(date.getTime() - offsetMs).toISOString().slice(0, 16);
}

/** What such a field says, as an instant; nothing for nothing. */
export function instantOf(text: string): string {
  if (text === '') return '';
  return new Date(chosenZone() === 'utc' ? `${text}Z` : text).toISOString();
}
