import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm start` tells Node, as `package.json` has it. */
export function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  const [, flags] = /node ((?:--\S+ )*)dist\/src\/server\/main\.js$/.exec(scripts.start) ?? [];
  if (flags === undefined) throw new Error('The script `start` of package.json does not end with Node and main.js.');
  return flags.split(' ').filter((flag) => flag !== '');
}
