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
  const [base = '', bits = ''] = range.split('/');
  const family = isIP(base);
  const prefixLength = Number(bits);
  const limit = family === 4 ? 32 : 128;
  if (family === 0 || !/^\d{1,3}$/.test(bits) || prefixLength > limit) return undefined;
  if (isIP(address) !== family) return false;
  const list = new BlockList();
  const name = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(base, prefixLength, name);
  return list.check(address, name);
}
