/** A number in decimal digits, as the integer `digits` times a power of ten. */
interface Decimal {
  readonly digits: bigint;
  readonly power: number;
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/** Longer ones are no numbers: they come from contexts, and would take long to compute with. */
const maxLength = 400;

function parseDecimal(text: string): Decimal | undefined {
  const match = text.length <= maxLength ? decimal.exec(text) : null;
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  return { digits, power: Number(exponent) - fraction.length };
}

/** A whole number, which may be spelled `7`, `7.0` or `70e-1`; undefined for any other text. */
export function parseWholeText(text: string): bigint | undefined {
  const number = parseDecimal(text);
  if (number === undefined) return undefined;
  const { digits, power } = number;
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return digits % divisor === 0n ? digits / divisor : undefined;
}

/**
 * A double that the text spells to 64 bits, as OpenFGA asks for it: "0.5" is one, "0.1" is none, because a double only comes
 * near it.
 */
export function parseExactDouble(text: string): number | undefined {
  const number = parseDecimal(text);
  const value = Number(text);
  if (number === undefined || !Number.isFinite(value)) return undefined;
  if (value === 0) return number.digits === 0n ? 0 : undefined;
  const { mantissa, power } = partsOf(value);
  // |digits · 10^p − mantissa · 2^q| ≤ half of the last of 64 bits, all multiplied until nothing is a fraction.
  const tens = 10n ** BigInt(Math.abs(number.power));
  const twos = 2n ** BigInt(Math.abs(power - spareBits));
  const exact = number.digits * (number.power >= 0 ? tens : 1n) * (power < spareBits ? twos : 1n);
  const scale = (number.power < 0 ? tens : 1n) * (power >= spareBits ? twos : 1n);
  const difference = exact - mantissa * 2n ** BigInt(spareBits) * scale;
  return (difference < 0n ? -difference : difference) * 2n <= scale ? value : undefined;
}

/** How many bits OpenFGA computes with beyond the 53 of a double. */
const spareBits = 11;

/** A double as an integer of 53 bits times a power of two. */
function partsOf(value: number): { readonly mantissa: bigint; readonly power: number } {
  let power = Math.floor(Math.log2(Math.abs(value))) - 52;
  while (!Number.isInteger(scaled(value, power)) || Math.abs(scaled(value, power)) >= 2 ** 53) {
    power += Number.isInteger(scaled(value, power)) ? 1 : -1;
  }
  return { mantissa: BigInt(scaled(value, power)), power };
}

/** `value / 2 ** power`, in two steps because the power can be out of range. */
function scaled(value: number, power: number): number {
  const half = Math.trunc(power / 2);
  return value / 2 ** half / 2 ** (power - half);
}
