/** The address of a module in the folder of another one, whose own address has the extension: `.js` where they are compiled. */
export function moduleBeside(address: string, name: string): URL {
  return new URL(`${name}${address.slice(address.lastIndexOf('.'))}`, address);
}
