import { ConfigError, readConfig } from '../../src/server/config';

describe('readConfig', () => {
  it('has the defaults that the contract names', () => {
    expect(readConfig({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: '',
      sqlitePath: './var/city-ranking.sqlite',
      dataBundle: '',
      logLevel: 'info',
      limits: { bodyBytes: 131_072, tokens: 2000, depth: 12, aliases: 30 },
    });
  });

  it('takes an empty setting for an absent one, as compose files write it', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  it.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: '65535' }, { port: 65_535 }],
    [{ DATABASE_URL: 'postgres://u:p@h:5432/d' }, { databaseUrl: 'postgres://u:p@h:5432/d' }],
    [{ DATABASE_URL: 'postgresql://h/d' }, { databaseUrl: 'postgresql://h/d' }],
    [{ SQLITE_PATH: ':memory:' }, { sqlitePath: ':memory:' }],
    [
      { CORS_ORIGINS: 'https://a.example, http://b.example:8080' },
      { corsOrigins: ['https://a.example', 'http://b.example:8080'] },
    ],
    [{ EXPLORER: 'false' }, { explorer: false }],
  ])('reads %j', (env, expected) => {
    expect(readConfig(env)).toMatchObject(expected);
  });

  it.each([
    [{ PORT: 'http' }, /PORT .*0 to 65535/],
    [{ PORT: '65536' }, /PORT .*0 to 65535/],
    [{ PORT: '-1' }, /PORT .*0 to 65535/],
    [{ PORT: '4000.5' }, /PORT .*0 to 65535/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL .*loud/],
    [{ DATABASE_URL: 'mysql://h/d' }, /DATABASE_URL .*postgres:\/\//],
    [{ CORS_ORIGINS: '*' }, /CORS_ORIGINS .*https:\/\/example\.org/],
    [{ LIMIT_DEPTH: '2' }, /LIMIT_DEPTH .*3 to 100/],
    [{ PORT: 'x', LOG_LEVEL: 'y' }, /PORT .*LOG_LEVEL/],
  ])('refuses %j in one line that says what is allowed', (env, message) => {
    const read = (): unknown => readConfig(env);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^[^\n]*$/);
  });

  it('does not repeat a password in its message', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://root:secret@h/d' })).toThrow(/^(?!.*secret)/);
  });
});
