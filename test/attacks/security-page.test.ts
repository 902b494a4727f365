import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** Rows of the table of docs/security.md: number, attack, what it gets, test. */
const rows = readFileSync(join(ROOT, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\|\s*\d+\s*\|/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

it('docs/security.md has a row for every attack, in order', () => {
  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 55 }, (_, index) => index + 1));
});

it.each(rows.map(([number = '', attack = '', answer = '', test = '']) => [number, attack, answer, test] as const))(
  'attack %s (%s) is shown by the test named, or the page says that it is not covered',
  (_number, _attack, answer, test) => {
    if (test === 'none') {
      expect(answer).toMatch(/^Not covered yet/);
      return;
    }
    const [, path = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(test) ?? [];
    expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    expect([title, readFileSync(join(ROOT, path), 'utf8').includes(title)]).toEqual([title, true]);
  },
);
