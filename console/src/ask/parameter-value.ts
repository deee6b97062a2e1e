/** What was typed for a parameter of a condition: a value, nothing, or what is wrong with it. */
export type ReadValue = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'none' | 'wrong' };

const none: ReadValue = { kind: 'none' };
const wrong: ReadValue = { kind: 'wrong' };

/** Reads what was typed for a parameter of this type; the server has the last word. */
export function readValue(type: string, text: string): ReadValue {
  if (text.trim() === '') return none;
  const element = elementOf(type);
  return element === undefined ? readScalar(type, text) : readList(element, text);
}

/** The type of the lines of a list that is written line by line; undefined for all other types. */
export function elementOf(type: string): string | undefined {
  const [, element] = /^list<(\w+)>$/.exec(type) ?? [];
  return element === 'any' ? undefined : element;
}

function readList(element: string, text: string): ReadValue {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line) => readScalar(element, line.trim()));
  const values = read.flatMap((one) => (one.kind === 'value' ? [one.value] : []));
  return values.length === read.length ? { kind: 'value', value: values } : wrong;
}

function readScalar(type: string, text: string): ReadValue {
  const trimmed = text.trim();
  switch (type) {
    case 'string':
      return { kind: 'value', value: text };
    case 'bool':
      return ['true', 'false'].includes(trimmed) ? { kind: 'value', value: trimmed === 'true' } : wrong;
    case 'int':
    case 'uint':
      return /^-?\d+$/.test(trimmed) ? { kind: 'value', value: wholeNumber(trimmed) } : wrong;
    case 'double':
      return /^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(trimmed) && Number.isFinite(Number(trimmed))
        ? { kind: 'value', value: Number(trimmed) }
        : wrong;
    case 'timestamp':
      return Number.isNaN(Date.parse(trimmed)) ? wrong : { kind: 'value', value: trimmed };
    case 'duration':
    case 'ipaddress':
      return { kind: 'value', value: trimmed };
    default:
      return readJson(trimmed);
  }
}

/** As text where a number would become another one. */
function wholeNumber(text: string): number | string {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

function readJson(text: string): ReadValue {
  try {
    return { kind: 'value', value: JSON.parse(text) };
  } catch {
    return wrong;
  }
}
