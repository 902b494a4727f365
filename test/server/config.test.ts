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
    [{}, { anonymousRead: true, introspection: true, jwt: null }],
    [
      { ANONYMOUS_READ: 'false', INTROSPECTION: 'false' },
      { anonymousRead: false, introspection: false },
    ],
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
    [{ JWT_JWKS_URL: 'https://idp.example/jwks' }, /JWT_ISSUER is empty; allowed: .* all given, or none/],
    [{ JWT_JWKS_URL: 'https://idp.example/jwks', JWT_ISSUER: 'i' }, /JWT_AUDIENCE is empty/],
    [{ JWT_AUDIENCE: 'a' }, /JWT_JWKS_URL is empty/],
    [{ PORT: 'x', LOG_LEVEL: 'y' }, /PORT .*LOG_LEVEL/],
  ])('refuses %j in one line that says what is allowed', (env, message) => {
    const read = (): unknown => readConfig(env);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^[^\n]*$/);
  });

  const withKeysAt = (address: string) => () =>
    readConfig({ JWT_JWKS_URL: address, JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' }).jwt;

  it.each([
    'https://idp.example/jwks?v=1',
    'http://localhost:8080/jwks',
    'http://127.0.0.1/',
    'http://keycloak:8080/x',
  ])('takes the keys of an identity provider from %s', (address) => {
    expect(withKeysAt(address)()).toEqual({ jwksUrl: address, issuer: 'i', audience: 'a', scopeClaim: 'scope' });
  });

  it.each(['http://idp.example/jwks', 'http://10.0.0.1/jwks', 'file:///etc/passwd', 'https://', 'idp', 'https://a b/'])(
    'takes no keys from %s, where others could stand in between',
    (address) => {
      expect(withKeysAt(address)).toThrow(/^Bad setting: JWT_JWKS_URL is .*allowed: an https:\/\/ address/);
    },
  );

  it('takes a token for the metrics that cannot be guessed, and does not repeat another', () => {
    expect(readConfig({}).metricsToken).toBe('');
    expect(readConfig({ METRICS_TOKEN: 'a0.b~c+d/e=f-g_1' }).metricsToken).toBe('a0.b~c+d/e=f-g_1');
    for (const bad of ['short', 'x'.repeat(15), 'x'.repeat(513), 'with a space in it', 'é'.repeat(20)])
      expect(() => readConfig({ METRICS_TOKEN: bad })).toThrow(
        new ConfigError('Bad setting: METRICS_TOKEN cannot be used; allowed: 16 to 512 of A–Z a–z 0–9 . _ ~ + / = -'),
      );
  });

  it('does not repeat a password in its message', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://root:secret@h/d' })).toThrow(/^(?!.*secret)/);
  });
});
