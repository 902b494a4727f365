import { serverAudits } from 'graphql-http';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
let url: string;
beforeAll(async () => {
  app = await openApp({ bundle: null });
  url = `${await app.http.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
});
afterAll(() => app.close());

/**
 * What cannot be met, each for the same reason: under `application/json` the audit asks for status 200 where a document
 * is not valid, or its variables are not. Whoever reads only the status would take the answer for a success.
 */
const EXCEPTIONS = ['572B', 'FDE2', '7B9B'];

const audits = serverAudits({ url: () => url });

it.each(audits.map(({ id, name }) => [id, name]))('%s: %s', async (id, name) => {
  const result = await audits.find((audit) => audit.id === id)?.fn();
  const isRequired = name.startsWith('MUST') || (name.startsWith('SHOULD') && !EXCEPTIONS.includes(id));
  if (isRequired) expect(result).toMatchObject({ status: 'ok' });
  if (EXCEPTIONS.includes(id)) expect(result).toMatchObject({ status: 'warn' });
});
