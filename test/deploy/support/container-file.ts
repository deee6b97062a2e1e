/** One instruction of a container file, as in `RUN npm ci`. */
export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** The stages, each from its `FROM` on. */
export function readContainerFile(text: string): readonly (readonly Instruction[])[] {
  const lines = text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => !/^\s*(?:#|$)/.test(line));
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') stages.push([]);
    stages.at(-1)?.push({ word, rest });
  }
  return stages;
}

/** Which paths are sent to the builder: of the patterns that match a path or a folder above it, the last one decides. */
export function sentToBuilder(dockerignore: string): (path: string) => boolean {
  const patterns = dockerignore
    .split('\n')
    .filter((line) => !/^\s*(?:#|$)/.test(line))
    .map((line) => ({ isException: line.startsWith('!'), expression: expressionOf(line.replace(/^!/, '')) }));
  return (path) => {
    const parts = path.split('/');
    const places = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    const deciding = patterns.findLast(({ expression }) => places.some((place) => expression.test(place)));
    return deciding === undefined || deciding.isException;
  };
}

/** Unlike a shell's, a star stands for names, too, that begin with a dot. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => {
    if (part === '**') return '(?:.*/)?';
    return `${part.replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*')}/`;
  });
  return new RegExp(`^${parts.join('').replace(/\/$/, '')}$`);
}
