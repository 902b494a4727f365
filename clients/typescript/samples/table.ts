/*
 * In the manner of a notebook: fetch columns, compute on them, draw a table.
 * Run: npm run sample:table (CITY_RANKING_URL names the service, else localhost).
 */
import { CitiesDocument, createClient, RankingColumnsDocument } from '../src';

async function main(url: string): Promise<void> {
  const client = createClient({ url });

  // 1. Names of the cities, and the whole ranking as parallel lists.
  const names = new Map<string, string>();
  for await (const { code, name } of client.items(CitiesDocument, {}, ({ cities }) => cities)) names.set(code, name);
  const { ranking } = await client.request(RankingColumnsDocument);
  if (!ranking) return;
  const { cityCodes, ranks, scores, nodes } = ranking.columns;

  // 2. Statistics of each dimension.
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const present = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
  const dimensions = nodes
    .slice(1)
    .filter(({ scores: own }) => present(own).length === cityCodes.length)
    .slice(0, 3);

  // 3. The table.
  console.log(`Ranking of ${String(ranking.year)}, ${ranking.digest.slice(0, 12)}`);
  const widths = [4, 12, 7, ...dimensions.map(({ node }) => Math.max(node.length, 7))];
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  const number = (value: number | null | undefined): string => value?.toFixed(2) ?? '–';
  console.log(line(['rank', 'city', 'score', ...dimensions.map(({ node }) => node)]));
  cityCodes.slice(0, 10).forEach((code, i) => {
    const cells = dimensions.map(({ scores: own }) => number(own[i]));
    console.log(line([String(ranks[i] ?? '–'), names.get(code) ?? code, number(scores[i]), ...cells]));
  });
  const means = dimensions.map(({ scores: own }) => number(mean(present(own))));
  console.log(line(['', 'mean of all', number(mean(present(scores))), ...means]));
}

void main(process.env['CITY_RANKING_URL'] ?? 'http://localhost:4000/graphql');
