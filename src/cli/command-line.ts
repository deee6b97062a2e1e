/** How to run another command of Postern from here, for sentences that say what comes next. */
export function commandLine(rest: string): string {
  return `npm run postern -- ${folder === undefined ? '' : `-C ${asArgument(folder)} `}${rest}`;
}

/** As a shell takes it for one argument. */
export function asArgument(text: string): string {
  return /^[\w./~@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Works in `path` from here on: its `.postern` holds the database and the key of development tokens. */
export function workIn(path: string): void {
  try {
    process.chdir(path);
  } catch (error) {
    throw new Error(
      `There is no folder ${JSON.stringify(path)} to work in. Make one with ${commandLine(`init ${asArgument(path)}`)}`,
      {
        cause: error,
      },
    );
  }
  folder = path;
}

let folder: string | undefined;
