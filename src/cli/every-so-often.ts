const progressEveryMs = 2000;

/** Says of long work now and then how far it is. */
export function everySoOften(print: (line: string) => void, sentence: (done: number, of: number) => string) {
  let last = Date.now();
  return (done: number, of = done): void => {
    if (Date.now() - last < progressEveryMs) return;
    last = Date.now();
    print(sentence(done, of));
  };
}
