const progressEveryMs = 2000;

/** Says of long work now and then how far it is. */
export function everySoOften(print: (line: string) => void, what: string): (done: number, of: number) => void {
  let last = Date.now();
  return (done, of) => {
    if (Date.now() - last < progressEveryMs) return;
    last = Date.now();
    print(`${done} of ${of} ${what}.`);
  };
}
