import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net';

/** An address in its one canonical spelling (IPv4-mapped IPv6 becomes IPv4), or undefined. */
export function canonicalIpAddress(text: string): string | undefined {
  const family = isIP(text);
  if (family === 0 || text.includes('%')) return undefined;
  if (family === 4) return text;
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  const mapped = /^::ffff:(.+)$/i.exec(address)?.[1];
  return mapped !== undefined && isIPv4(mapped) ? mapped : address;
}

/** Whether a canonical address lies in `10.0.0.0/8` or `2001:db8::/32`; undefined when the range is malformed. */
export function isInCidr(address: string, range: string): boolean | undefined {
  const [, text = '', bits = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(range) ?? [];
  const base = canonicalIpAddress(text);
  if (base === undefined) return undefined;
  const family = isIP(base);
  // A range of IPv4-mapped addresses is one of IPv4 addresses, as the addresses themselves are.
  const prefixLength = Number(bits) - (isIP(text) === family ? 0 : 96);
  if (prefixLength < 0 || prefixLength > (family === 4 ? 32 : 128)) return undefined;
  if (isIP(address) !== family) return false;
  const list = new BlockList();
  const name = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(base, prefixLength, name);
  return list.check(address, name);
}
