import { allMethods, PROPERTY_NAMES } from '../../src/scoring';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe('methods', () => {
  it('shows every claim and, for every denial, the stored counter-example', async () => {
    const { body } = await app.query('{ methods { code stage properties { name holds counterExample } } }');
    const expected = allMethods().map((method) => ({
      code: method.id,
      stage: method.stage,
      properties: PROPERTY_NAMES.flatMap((name) => {
        const claim = method.properties[name];
        if (!claim) return [];
        return [{ name, holds: claim.holds, counterExample: claim.holds ? null : claim.counterExample }];
      }),
    }));
    expect(body.data).toEqual({ methods: expected });
    expect(expected.flatMap(({ properties }) => properties).some(({ holds }) => !holds)).toBe(true);
  });

  it('shows the fields of records', async () => {
    const { body } = await app.query(
      '{ methods(stage: AGGREGATION) { code parameters { name type fields { name type values } } } }',
    );
    expect(JSON.stringify(body.data)).toContain('"fields":[{"name":"node"');
  });
});
