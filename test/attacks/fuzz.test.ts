import { createSchema } from '../../src/resolvers/schema';
import { underAttack } from './attack';
import { fuzz, OperationMaker } from './fuzz';

const attack = underAttack();

attack(
  55,
  'queries made from the schema: no 5xx, no code outside the catalogue, nothing shown, no slow answer',
  async (client) => {
    const report = await fuzz(client, new OperationMaker(createSchema(), 20191217), 200, 10_000);
    expect(report.faults).toEqual([]);
    expect(report.slow).toEqual([]);
    // They are neither all refused nor all harmless.
    expect(report.codes['OK']).toBeGreaterThan(40);
    expect(Object.keys(report.codes).length).toBeGreaterThan(4);
  },
  { cpuMs: 10_000, clockMs: 28_000 },
);
