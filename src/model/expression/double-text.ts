/** The double that a text spells, as Go's `strconv.ParseFloat` reads it; undefined when it spells none, or none so large. */
export function parseDouble(text: string): number | undefined {
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  const number = decimal.test(text) ? Number(text.replaceAll('_', '')) : parseHexadecimal(text);
  return number !== undefined && Number.isFinite(number) ? number : undefined;
}

const digits = String.raw`\d+(?:_\d+)*`;
const decimal = new RegExp(`^[+-]?(?:${digits}(?:\\.(?:${digits})?)?|\\.${digits})(?:e[+-]?${digits})?$`, 'i');

const hexDigits = '[0-9a-f]+(?:_[0-9a-f]+)*';
const hexadecimal = new RegExp(`^([+-]?)0x_?(${hexDigits})?(?:\\.(${hexDigits})?)?p([+-]?${digits})$`, 'i');

function parseHexadecimal(text: string): number | undefined {
  const [whole, sign, before = '', after = '', exponent = '0'] = hexadecimal.exec(text) ?? [];
  if (whole === undefined || before + after === '') return undefined;
  const [integer, fraction] = [before.replaceAll('_', ''), after.replaceAll('_', '')];
  const mantissa = Number(BigInt(`0x${integer}${fraction}`));
  const power = Number(exponent.replaceAll('_', '')) - 4 * fraction.length;
  // Two steps, because 2 ** power alone can be too large or too small where the product is not.
  const half = Math.trunc(power / 2);
  return (sign === '-' ? -1 : 1) * mantissa * 2 ** half * 2 ** (power - half);
}

/** A double as Go's `%g` writes it: the fewest digits, and an exponent below 0.0001 and from a million on. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Inf' : '+Inf';
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < largestPlain) return formatPlain(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

const largestPlain = 6;

/** A finite double in digits, without an exponent. */
export function formatPlain(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return Object.is(value, -0) ? '-0' : mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const power = Number(exponent);
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(power, '0')}`;
}
