import { execute, parse } from 'graphql';
import { Ledger } from '../../src/rankings/ledger';
import { ARGUMENT_LIMITS } from '../../src/resolvers/rules';
import { createSchema } from '../../src/resolvers/schema';
import { readExamples } from '../../src/server/graphiql';
import { json, openApp, type TestApp } from '../helpers/app';

describe('Ledger', () => {
  it('adds up to its limit and writes down nothing past it', () => {
    const ledger = new Ledger(10);
    expect([ledger.spend(6), ledger.spend(5), ledger.spend(4), ledger.spend(0), ledger.spend(0.1)]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
    expect(ledger.cellOperations).toBe(10);
  });

  it('writes what is shared down once, by its key', () => {
    const ledger = new Ledger(10);
    expect([ledger.spend(7, 'a'), ledger.spend(7, 'b'), ledger.spend(7, 'a')]).toEqual([true, false, true]);
    expect(ledger.cellOperations).toBe(7);
    ledger.reset();
    expect([ledger.cellOperations, ledger.spend(7, 'b')]).toEqual([0, true]);
  });

  it('refuses what is no number', () => {
    expect(new Ledger(Infinity).spend(NaN)).toBe(false);
  });
});

describe('what a request costs', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());
  const schema = createSchema();

  const costOf = async (query: string): Promise<number> => {
    const ledger = new Ledger();
    const life = new AbortController();
    const log = { error: () => undefined };
    const contextValue = {
      ...app.services.within(ledger),
      ledger,
      argumentLimits: ARGUMENT_LIMITS,
      requestId: 'x',
      log,
      life,
    };
    const { errors } = await execute({ schema, document: parse(query), contextValue });
    expect(errors).toBeUndefined();
    return ledger.cellOperations;
  };

  /** Fields whose results are kept, several of them, some asked for once for each city. */
  const KEPT = `{
    ranking {
      rows { nodes { band(method: NATURAL_BREAKS) } }
      bands(method: NATURAL_BREAKS) { number }
      diagnostics {
        statistics { code } correlations { code } familyCorrelations { node } consistency { node }
        principalComponents { node } importances { node } mainEffects { node } outliers { totalCount }
        dominance { edges { totalCount } } findings { code } availabilityByNode { node }
        availabilityByCity { nodes { nodes { share } } }
      }
    }
  }`;

  it.each([
    ...readExamples().map(({ name, query }) => [name, query] as const),
    ['fields that are kept', KEPT] as const,
  ])('%s: the same whether its parts were kept or not', async (_, query) => {
    const first = await costOf(query);
    expect(await costOf(query)).toBe(first);
    expect(first > 0).toBe(
      /ranking|explain|whatIf|counterfactual|rank[CH]|trends|conv|peers|compare|closest|favour/.test(query),
    );
  });

  it('is that of all its fields together, and once for what they share', async () => {
    const [one, other] = ['{ ranking { digest } }', '{ ranking(input: { year: 2018 }) { digest } }'];
    const both = '{ a: ranking { digest } b: ranking(input: { year: 2018 }) { digest } }';
    expect(await costOf(both)).toBe((await costOf(one)) + (await costOf(other)));
    expect(await costOf('{ a: ranking { digest } b: ranking { year } }')).toBe(await costOf(one));
    const band = (count: number): string =>
      `{ ranking { rows(first: ${String(count)}) { nodes { band(method: QUANTILE) } } } }`;
    expect(await costOf(band(1))).toBe(await costOf(band(30)));
  });

  it('is held against one limit, whatever the number of aliases', async () => {
    const run = (draws: number): string =>
      `ranking { robustness { uncertainty(input: { seed: 1, draws: ${String(draws)}, weights: { method: SIMPLEX } }) { draws } } }`;
    const cost = await costOf(`{ ${run(100)} }`);
    const limited = await openApp({ env: { LIMIT_CELL_OPERATIONS: String(Math.ceil(cost * 1.5)) } });
    const [one, two] = [
      await limited.query(`{ ${run(100)} }`),
      await limited.query(`{ a: ${run(100)} b: ${run(101)} }`),
    ];
    // Again after the first run is kept.
    const again = await limited.query(`{ a: ${run(100)} b: ${run(101)} }`);
    await limited.close();
    expect(one.body.errors).toBeUndefined();
    for (const { body } of [two, again]) {
      expect(body.errors).toHaveLength(1);
      expect(body.errors?.[0]?.extensions['code']).toBe('BUDGET_EXCEEDED');
      expect(body.errors?.[0]?.message).toMatch(
        /would cost \d+ cell operations, and other parts of the request cost \d+\./,
      );
      // Each is less than the limit; only together are they more.
      const { value, allowed, estimate } = body.errors?.[0]?.extensions ?? {};
      const told = json(estimate);
      const [own, limit, spent] = ['cellOperations', 'limit', 'spent'].map((name) => Number(told.at(name)));
      expect([own, limit]).toEqual([value, Math.ceil(cost * 1.5)]);
      expect(spent).toBe(cost);
      expect(Number(own) + Number(spent)).toBeGreaterThan(Number(limit));
      expect(allowed).toMatch(
        `at most ${String(limit)} in one request, of which ${String(Number(limit) - cost)} are left,`,
      );
    }
  });

  it('a preview spends nothing, and says what would be refused', async () => {
    expect(await costOf('{ checkRanking { preview { cost } } }')).toBe(0);
    const poor = await openApp({ env: { LIMIT_CELL_OPERATIONS: '1000' } });
    const answer = await poor.data('{ checkRanking { userErrors { code } } }');
    await poor.close();
    expect(answer.at('checkRanking', 'userErrors', 0, 'code')).toBe('BUDGET_EXCEEDED');
  });
});
