/** JSON whose whole numbers keep all their digits: those that a double cannot hold are `bigint`s. */
export function readExactJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, { source }: { readonly source?: string } = {}) => {
    if (typeof value !== 'number' || source === undefined || !/^-?\d+$/.test(source)) return value;
    const exact = BigInt(source);
    return BigInt(value) === exact ? value : exact;
  });
}
