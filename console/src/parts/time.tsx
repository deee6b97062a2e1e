const shown = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const shownDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short', hour: 'numeric' });

interface TimeProps {
  readonly at: string;
  /** Where the hour does not matter at a glance. */
  readonly isDay?: boolean;
}

/** An instant in the zone of whoever looks, which it names; UTC when it is pointed at. */
export function Time({ at, isDay = false }: TimeProps) {
  const date = new Date(at);
  const zoneName = zone.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return (
    <time dateTime={at} title={date.toISOString()}>
      {isDay ? shownDay.format(date) : `${shown.format(date)} ${zoneName}`}
    </time>
  );
}
