import { Command } from 'commander';
import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import { commandLine } from './command-line.ts';
import { commandSentence } from './command-sentence.ts';

/** Every command names the nearest right word after a wrong one, and what lists all of them. */
export function helpful(command: Command, path: string): Command {
  command.showSuggestionAfterError();
  command.configureOutput({ outputError: (message, write) => write(`${commandSentence(message)}\n`) });
  command.showHelpAfterError(`Next: ${commandLine(`${path}--help`)}`);
  for (const inner of command.commands) helpful(inner, `${path}${inner.name()} `);
  if (command.commands.length > 0) command.helpCommand(false).addCommand(helpCommand(command, path));
  return command;
}

/** As commander's own, which says nothing about a name that it does not know. */
function helpCommand(parent: Command, path: string): Command {
  return new Command('help')
    .description('say what a command takes')
    .argument('[command...]', 'its name: model publish')
    .action((names: readonly string[]) => {
      let command = parent;
      for (const name of names) {
        const inner = command.commands.find((one) => one.name() === name);
        if (inner === undefined) throw new Error(unknownCommand(command, name, path));
        command = inner;
      }
      command.help();
    });
}

/** What is said of a name that no command has. */
export function unknownCommand({ commands }: Command, name: string, path: string): string {
  const near = didYouMean(
    name,
    commands.map((command) => command.name()),
  );
  return `There is no command ${quote(name)}.${near} Next: ${commandLine(`${path}--help`)}`;
}
