/** A line that two texts have in common, or that only one has. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Beyond it the middle is shown as gone and new: nobody reads a comparison of that much. */
const mostCells = 4_000_000;

/** What became of the lines of a text: the fewest that are gone and new. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shortest = Math.min(old.length, now.length);
  let head = 0;
  while (head < shortest && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < shortest - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const same = (lines: readonly string[]) => lines.map((text): DiffLine => ({ kind: 'same', text }));
  return [
    ...same(old.slice(0, head)),
    ...middleOf(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...same(old.slice(old.length - tail)),
  ];
}

function middleOf(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  const removed = old.map((text): DiffLine => ({ kind: 'removed', text }));
  const added = now.map((text): DiffLine => ({ kind: 'added', text }));
  if ((old.length + 1) * (now.length + 1) > mostCells) return [...removed, ...added];
  const common = commonFrom(old, now);
  const lines: DiffLine[] = [];
  let [left, right] = [0, 0];
  while (left < old.length || right < now.length) {
    const text = old[left];
    if (text !== undefined && text === now[right]) {
      lines.push({ kind: 'same', text });
      left++;
      right++;
    } else if (right === now.length || (left < old.length && common(left + 1, right) >= common(left, right + 1))) {
      lines.push(...removed.slice(left, ++left));
    } else {
      lines.push(...added.slice(right, ++right));
    }
  }
  return lines;
}

/** How many lines two texts have in common at most, from a line of each on. */
function commonFrom(old: readonly string[], now: readonly string[]): (left: number, right: number) => number {
  const width = now.length + 1;
  const counts = new Uint32Array((old.length + 1) * width);
  const at = (left: number, right: number) => counts[left * width + right] ?? 0;
  for (let left = old.length - 1; left >= 0; left--) {
    for (let right = now.length - 1; right >= 0; right--) {
      const isSame = old[left] === now[right];
      counts[left * width + right] = isSame
        ? at(left + 1, right + 1) + 1
        : Math.max(at(left + 1, right), at(left, right + 1));
    }
  }
  return at;
}
