import { constants, copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { quote } from '../base/text-problem.ts';
import { makeFolder } from '../server/make-folder.ts';
import { asArgument, commandLine } from './command-line.ts';

const beginning = fileURLToPath(new URL('../../examples/start', import.meta.url));

/** `postern init my-model/`: a model, its tests and callers to try it, to be changed into one's own. */
export function initCommand(print: (line: string) => void): Command {
  return new Command('init')
    .description('make a folder with a model, its tests and callers to try it, to begin with')
    .argument('<folder>', 'a new one: my-model/')
    .action(async (folder: string) => {
      await refuseUsed(folder);
      makeFolder(folder);
      // Whoever served the beginning itself has left a database there, whose name starts with a dot.
      const names = (await readdir(beginning)).filter((name) => !name.startsWith('.'));
      for (const name of names) await copyFile(join(beginning, name), join(folder, name), constants.COPYFILE_EXCL);
      // The database and the key of development tokens are nobody else's.
      await writeFile(join(folder, '.gitignore'), '.postern/\n', { flag: 'wx' });
      for (const line of nextSteps(folder)) print(line);
    });
}

async function refuseUsed(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new Error(`${quote(folder)} is not a folder. Next: name a new one.`, { cause: error });
  });
  const [first] = there.filter((name) => name !== '.git');
  if (first === undefined) return;
  throw new Error(`The folder ${quote(folder)} holds ${quote(first)} already. Next: name a new one.`);
}

function nextSteps(folder: string): readonly string[] {
  const inside = (rest: string) => commandLine(`-C ${asArgument(folder)} ${rest}`);
  return [
    `Made ${JSON.stringify(folder)}: model.fga, its tests in store.fga.yaml and store.invariants.yaml, and example.yaml, who tries it.`,
    '',
    'Next:',
    `  ${commandLine(`test ${asArgument(folder)}`)}`,
    `  ${inside('serve')}`,
    '',
    `The server fills a database of its own, in ${JSON.stringify(join(folder, '.postern'))}. While it runs, after a change of the model:`,
    `  ${inside('model publish model.fga --activate')}`,
    `  ${inside('token user:ann')}`,
  ];
}
