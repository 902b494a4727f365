/** A field of an entry; left out where it is null or empty. */
export type Field = readonly [name: string, value: string | null];

/** An entry of BibTeX for something that is neither article nor book. */
export function entry(key: string, fields: readonly Field[]): string {
  const lines = fields.flatMap(([name, value]) => (value === null || value === '' ? [] : [`  ${name} = {${value}},`]));
  return [`@misc{${key.replace(/[^A-Za-z0-9._-]/g, '-')},`, ...lines, '}', ''].join('\n');
}

/** What TeX takes for a command; braces as commands too, since BibTeX counts even those with a backslash before them. */
const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
};

/** Text as text: one line, nothing in it a command. */
export function escape(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\{}~^$&#_%]/g, (character) => SPECIAL[character] ?? '');
}

/** An address is set as it stands, so that what would end the field is percent-encoded. */
export const address = (url: string): string =>
  url.replace(/[\s{}\\"<>^`|]/g, (character) => encodeURIComponent(character));
