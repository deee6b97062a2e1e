/**
 * Whether a number that somebody wrote is what we keep of it: a double. Whole numbers beyond 2^53 and numbers with many digits
 * are rounded by it, and then two tenants become one. A fraction may be rounded (0.1), as long as it stays one.
 */
export function isExactNumber(written: string): boolean {
  const number = Number(written);
  const decimal = decimalOf(written);
  // Hexadecimal and the like: what is within the safe range was not rounded.
  if (decimal === undefined) return Number.isNaN(number) || Number.isSafeInteger(number);
  if (!Number.isFinite(number)) return false;
  if (decimal.exponent < 0) return !Number.isInteger(number);
  if (Number.isSafeInteger(number)) return true;
  return (
    isPrinted(number, decimal) &&
    BigInt(number) === BigInt(`${decimal.sign}${decimal.digits}${'0'.repeat(decimal.exponent)}`)
  );
}

/** Whether these are the digits that the double itself is printed with. */
function isPrinted(number: number, { digits, exponent }: Decimal): boolean {
  const printed = decimalOf(String(number));
  return printed?.digits === digits && printed.exponent === exponent;
}

/** A number that a double cannot hold, as it was written: it is never rounded, and leaves as text. */
export class WrittenNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The double that is printed like this, if there is one; of each double there is one such text. */
  get printedDouble(): number | undefined {
    const number = Number(this.text);
    const decimal = decimalOf(this.text);
    return decimal !== undefined && Number.isFinite(number) && isPrinted(number, decimal) ? number : undefined;
  }

  toJSON(): string {
    return this.text;
  }
}

/** Reads JSON that others may have written: what would be rounded is a `WrittenNumber`. */
export function parseExactJson(json: string): unknown {
  return longNumber.test(json) ? JSON.parse(json, keepWritten) : JSON.parse(json);
}

/** Fewer digits are exact; with an exponent, few digits may be many. */
const longNumber = /[[:,\s](?:-?[\d.]{16}|-?[\d.]+[eE])|^-?[\d.]{16}/;

function keepWritten(_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  if (typeof value !== 'number' || source === undefined || isExactNumber(source)) return value;
  return new WrittenNumber(source);
}

/** What the sentence about such a number ends with. */
export const writeAsText = 'is too long to be kept exactly as a number; write it as text, in quotes';

/** A number is `digits * 10^exponent`, without zeros at either end of the digits; zero has none and the exponent 0. */
interface Decimal {
  readonly sign: string;
  readonly digits: string;
  readonly exponent: number;
}

const literal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

function decimalOf(text: string): Decimal | undefined {
  const match = literal.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return undefined;
  const digits = trimZeros(whole + fraction, 'start');
  const kept = trimZeros(digits, 'end');
  if (kept === '') return { sign: '', digits: '0', exponent: 0 };
  return {
    sign: sign.replace('+', ''),
    digits: kept,
    exponent: Number(exponent) - fraction.length + digits.length - kept.length,
  };
}

/** Without a regular expression that would look at each run of zeros again and again. */
function trimZeros(digits: string, end: 'start' | 'end'): string {
  let [from, to] = [0, digits.length];
  while (end === 'start' && digits[from] === '0') from += 1;
  while (end === 'end' && to > 0 && digits[to - 1] === '0') to -= 1;
  return digits.slice(from, to);
}
