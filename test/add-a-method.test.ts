import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESERVED_PARAMETER_NAMES } from '../src/scoring/registry';

const read = (path: string): string => readFileSync(join(__dirname, '..', path), 'utf8');
const page = read('docs/add-a-method.md');
const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('docs/add-a-method.md', () => {
  it.each([
    ['src/scoring/weighting/lopcow.ts', 0],
    ['src/scoring/weighting/critic.ts', 1],
    ['test/scoring/weighting/peers.test.ts', 2],
    ['test/oracle/weighting.ts', 3],
  ])('shows %s as it is', (path, block) => {
    expect(squeezed(read(path))).toContain(squeezed(blocks[block] ?? 'no such block'));
  });

  it('shows the whole file of the example', () => {
    expect(blocks[0]).toBe(read('src/scoring/weighting/lopcow.ts'));
  });

  it('names only files and folders that are there', () => {
    const paths = [...page.matchAll(/`((?:src|test|docs)\/[a-z0-9./-]+)`/g)].map((match) => match[1] ?? '');
    expect(paths.length).toBeGreaterThan(15);
    expect(paths.filter((path) => !existsSync(join(__dirname, '..', path)))).toEqual([]);
  });

  it('names reserved parameters that are reserved', () => {
    for (const name of ['method', 'weights', 'level']) expect(RESERVED_PARAMETER_NAMES).toContain(name);
  });
});
