import { createSchema } from '../../src/resolvers/schema';
import { fuzz, OperationMaker } from './fuzz';
import { Client, startProcess, type Target } from './target';

let target: Target;
beforeAll(async () => {
  target = await startProcess();
}, 300_000);
afterAll(() => target.stop());

it('55 ten thousand queries made from the schema', async () => {
  const client = new Client(target);
  const report = await fuzz(client, new OperationMaker(createSchema(), 7), 10_000, 2000);
  process.stderr.write(`${JSON.stringify(report, null, 1)}\n`);
  expect(report.faults).toEqual([]);
  expect(report.slow).toEqual([]);
  expect(target.alive()).toBe(true);
  expect((await client.query('{ city(code: "330100") { name } }')).body).toEqual({
    data: { city: { name: 'Hangzhou' } },
  });
}, 3_000_000);
