import { ExpressionError, type Timestamp } from './values.ts';

/** The calendar of an instant in a zone, as a date whose UTC parts are the local ones; an error where there is no such zone. */
export function localDate(instant: Timestamp, zone: string): Date | ExpressionError {
  const offset = zone.includes(':') ? fixedOffset(zone) : zoneOffset(Number(instant.seconds), zone);
  if (offset === undefined) return new ExpressionError('there is no such time zone');
  return new Date((Number(instant.seconds) + offset) * 1000 + Math.trunc(instant.nanos / 1_000_000));
}

/** `+02:30`, `02:30`, `-11:00`: hours and minutes, as Go's `strconv.Atoi` reads them, however many. */
function fixedOffset(zone: string): number | undefined {
  const colon = zone.indexOf(':');
  const [hours, minutes] = [zone.slice(0, colon), zone.slice(colon + 1)].map(wholeNumber);
  if (hours === undefined || minutes === undefined) return undefined;
  const total = zone.startsWith('-') ? hours * 60n - minutes : hours * 60n + minutes;
  return Number(BigInt.asIntN(64, BigInt.asIntN(64, total) * nanosPerMinute) / nanosPerSecond);
}

const nanosPerSecond = 1_000_000_000n;
const nanosPerMinute = 60n * nanosPerSecond;

function wholeNumber(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** Seconds east of UTC, at an instant. */
function zoneOffset(seconds: number, zone: string): number | undefined {
  if (zone === '' || zone === 'UTC') return 0;
  const format = formatOf(zone);
  if (format === undefined) return undefined;
  const parts = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  const local = new Date(0).setUTCFullYear(year, part('month') - 1, part('day')) / 1000;
  return local + part('hour') * 3600 + part('minute') * 60 + part('second') - seconds;
}

/** A zone by its name in the database of time zones; names differ by their case, as they do in Go. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  if (!/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)*$/.test(zone)) return undefined;
  const format = makeFormat(zone);
  // Names come from contexts, too: what is kept must not grow with them.
  if (format !== undefined && formats.size < maxFormats) formats.set(zone, format);
  return format;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const maxFormats = 600;

function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory', {
      ...parts,
      second: 'numeric',
      era: 'short',
      hourCycle: 'h23',
      timeZone,
    });
  } catch {
    return undefined;
  }
}
