/** How to run another command of Postern from here, for sentences that say what comes next. */
export function commandLine(rest: string): string {
  return `npm run postern -- ${folder === undefined ? '' : `-C ${folder} `}${rest}`;
}

/** Works in `path` from here on: its `.postern` holds the database and the key of development tokens. */
export function workIn(path: string): void {
  try {
    process.chdir(path);
  } catch (error) {
    throw new Error(
      `There is no folder ${JSON.stringify(path)} to work in. Make one with ${commandLine(`init ${path}`)}`,
      {
        cause: error,
      },
    );
  }
  folder = path;
}

let folder: string | undefined;
