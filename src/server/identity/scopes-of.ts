/**
 * What a verified token is good for, in the words of its issuer: the claim `scope`, a text of names with spaces between them (RFC 9068), or
 * `scp`, which some issuers have in its place, a text or a list. A token that says nothing, or nothing that can be read, is good for nothing.
 */
export function scopesOf({ scope, scp }: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const said = scope ?? scp;
  if (typeof said === 'string') return new Set(said.split(' ').filter((name) => name !== ''));
  return new Set(Array.isArray(said) ? said.filter((name) => typeof name === 'string') : []);
}
