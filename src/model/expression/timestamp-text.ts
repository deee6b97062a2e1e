import { Timestamp } from './values.ts';

/**
 * An instant as Go's `time.Parse` reads RFC 3339, with its leniencies: an hour of one digit, a comma before the
 * fraction, any number of digits after it (nine count), and offsets up to 24:60.
 */
export function parseTimestampText(text: string): Timestamp | undefined {
  if (text === last.text) return last.instant;
  const instant = parse(text);
  if (instant !== undefined && text.length <= usualLength) last = { text, instant };
  return instant;
}

/** The clock of a request is read by every condition of it, hundreds of times. */
let last: { readonly text: string; readonly instant: Timestamp | undefined } = { text: '', instant: undefined };
const usualLength = 35;

function parse(text: string): Timestamp | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number) as number[] & { length: 10 };
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = parseOffset(match[8] ?? '');
  if (offset === undefined) return undefined;
  const nanos = Number((match[7] ?? '').slice(0, 9).padEnd(9, '0'));
  const seconds = secondsOf(year, month, day) + hour * 3600 + minute * 60 + second - offset;
  return new Timestamp(BigInt(seconds), nanos, offset);
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/;

function daysIn(year: number, month: number): number {
  return new Date(startOf(year, month + 1, 0)).getUTCDate();
}

/** `Date.UTC` takes the years 0 to 99 for those of the last century. */
function startOf(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function secondsOf(year: number, month: number, day: number): number {
  return startOf(year, month, day) / 1000;
}

function parseOffset(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 24 || minutes > 60) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/** As Go's `RFC3339Nano` writes it: in the offset that it was read with, without zeros at the end of the fraction. */
export function formatTimestamp({ seconds, nanos, offsetSeconds }: Timestamp): string {
  const local = new Date((Number(seconds) + offsetSeconds) * 1000);
  const [year, rest] = [local.getUTCFullYear(), local.toISOString().slice(-20, -5)];
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
  const yearText = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
  return `${yearText}${rest}${fraction}${formatOffset(offsetSeconds)}`;
}

function formatOffset(offsetSeconds: number): string {
  if (offsetSeconds === 0) return 'Z';
  const minutes = Math.trunc(Math.abs(offsetSeconds) / 60);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${offsetSeconds < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}
