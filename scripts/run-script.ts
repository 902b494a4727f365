/** One text for each name, so that a script takes its arguments apart without checking their number again. */
type Arguments<Names extends readonly string[]> = { readonly [Index in keyof Names]: string };

/**
 * Runs a command-line script: checks the number of its arguments, prints an error as one line, and exits with 1 when
 * the work says no or fails, 2 when it was called wrongly.
 * @param usage how it is called, for people
 * @param work answers whether it did what it was asked to
 */
export function runScript<const Names extends readonly string[]>(
  usage: string,
  names: Names,
  work: (given: Arguments<Names>) => Promise<boolean>,
): void {
  const wrong = (given: readonly string[]): string =>
    `Arguments: ${String(given.length)} given. Allowed: ${names.join(' and ') || 'none'}.`;
  runCommand(usage, (given) => (hasLength(given, names) ? given : wrong(given)), work);
}

/**
 * Runs a command-line script whose arguments are more than a few in a row.
 * @param usage how it is called, for people
 * @param read makes sense of the arguments; a text that says what is wrong where they make none
 * @param work answers whether it did what it was asked to
 */
export function runCommand<T extends object>(
  usage: string,
  read: (given: readonly string[]) => T | string,
  work: (given: T) => Promise<boolean>,
): void {
  const given = read(process.argv.slice(2));
  if (typeof given === 'string') {
    console.error(`${given}\nUsage: ${usage}`);
    process.exitCode = 2;
    return;
  }
  work(given).then(
    (done) => {
      if (!done) process.exitCode = 1;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    },
  );
}

function hasLength<Names extends readonly string[]>(
  given: readonly string[],
  names: Names,
): given is readonly string[] & Arguments<Names> {
  return given.length === names.length;
}
