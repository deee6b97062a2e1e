import { zoneName } from '../ask/time-zone.ts';

interface TimeProps {
  readonly at: string;
  /** Where the hour does not matter at a glance. */
  readonly isDay?: boolean;
}

/** An instant in the zone of whoever looks, which it names; UTC when it is pointed at. */
export function Time({ at, isDay = false }: TimeProps) {
  const date = new Date(at);
  const { full, day, zone } = formatsFor(zoneName());
  const shortZone = zone.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return (
    <time dateTime={at} title={date.toISOString()}>
      {isDay ? day.format(date) : `${full.format(date)} ${shortZone}`}
    </time>
  );
}

/** Costly to make, so once for each zone. */
const made = new Map<string, ReturnType<typeof makeFormats>>();

function formatsFor(timeZone: string) {
  const formats = made.get(timeZone) ?? makeFormats(timeZone);
  made.set(timeZone, formats);
  return formats;
}

function makeFormats(timeZone: string) {
  return {
    full: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }),
    day: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone }),
    zone: new Intl.DateTimeFormat('en', { timeZoneName: 'short', hour: 'numeric', timeZone }),
  };
}
