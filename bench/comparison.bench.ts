import { createApp } from '../src/server/app';
import { readConfig } from '../src/server/config';
import { prepareDatabase } from '../src/server/start-up';
import { formatMs, medianMs, type Benchmark, type Row } from './bench';

const REPORT_2019 = { report: '2019 Urban Digital Development Index report', dimension: 'overall' };
const REPORT_2020 = { report: 'China Urban Digital Governance Report (2020)', dimension: 'overall' };
const EGOV = { report: 'Online government service capability of 32 key cities (2020 report)', dimension: 'overall' };
const TOPSIS = {
  recipe: {
    aggregate: [
      { level: 1, method: 'ARITHMETIC' },
      { level: 2, method: 'TOPSIS' },
    ],
  },
};
const [HANGZHOU, SHANGHAI, WUHAN] = ['330100', '310000', '420100'] as const;

/** Comparison and explanation on the built-in data, with the release loaded and the ranking itself kept. */
export const benchmark: Benchmark = {
  title: 'Built-in data: comparison and explanation',
  async rows(): Promise<readonly Row[]> {
    const config = readConfig({ SQLITE_PATH: ':memory:', LOG_LEVEL: 'silent', PORT: '0', NODE_ENV: 'production' });
    const dataSource = await prepareDatabase(config);
    const app = await createApp({ config, dataSource });
    const { comparison, explanation } = app.services;
    const cities = [HANGZHOU, SHANGHAI, WUHAN];
    const questions: readonly (readonly [name: string, target: string, work: () => Promise<unknown>])[] = [
      [
        'compareCities, 3 cities, every node, gaps',
        '50 ms',
        async () => {
          const found = await comparison.compareCities(cities, {});
          return [found.nodes, comparison.gaps(found, null)];
        },
      ],
      [
        'compareCities, gaps under TOPSIS',
        '50 ms',
        async () => comparison.gaps(await comparison.compareCities(cities, TOPSIS), null),
      ],
      [
        'compareRankings with the report of 2019',
        '50 ms',
        () => comparison.compareRankings({}, { published: REPORT_2019 }, 0.9),
      ],
      ['peers by profile', '50 ms', () => comparison.peers(WUHAN, {}, {}, 5)],
      ['closestWeights, report of 2019', '500 ms', () => comparison.closestWeights(REPORT_2019, {}, {})],
      ['closestWeights, report of 2020', '500 ms', () => comparison.closestWeights(REPORT_2020, {}, {})],
      ['closestWeights, 32 cities', '500 ms', () => comparison.closestWeights(EGOV, {}, {})],
      ['favourableWeights, Wuhan', '50 ms', () => comparison.favourableWeights(WUHAN, {}, {})],
      [
        'explain, Wuhan, every node',
        '50 ms',
        async () => {
          const found = await explanation.explain(WUHAN, {});
          return [found.indicators, found.nodes.map(({ contributions }) => contributions)];
        },
      ],
      [
        'explain, Wuhan, root under TOPSIS',
        '50 ms',
        async () => (await explanation.explain(WUHAN, TOPSIS)).nodes[0]?.contributions,
      ],
      ['counterfactual, Wuhan to rank 5', '50 ms', () => explanation.counterfactual(WUHAN, 5, [], {})],
      ['counterfactual, Hangzhou to rank 2', '50 ms', () => explanation.counterfactual(HANGZHOU, 2, [], {})],
      [
        'whatIf, one value',
        '50 ms',
        async () =>
          (
            await explanation.whatIf(
              { changes: [{ city: WUHAN, indicator: 'medical_insurance_coverage', value: 1 }] },
              {},
            )
          ).rows,
      ],
    ];
    const rows: Row[] = [];
    for (const [name, target, work] of questions)
      rows.push({
        name,
        value: formatMs(await medianMs(work, { runs: 31, warmUp: 10 })),
        note: `target: below ${target}`,
      });
    await app.close();
    await dataSource.destroy();
    return rows;
  },
};
