import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

/** An identity provider on this machine: it publishes a public key and signs tokens. */
export interface IdentityProvider {
  readonly jwksUrl: string;
  readonly issuer: string;
  /** The public key, as PEM-less JWK text: what an attacker knows. */
  readonly publicJwk: object;
  /** How often its keys were asked for. */
  readonly requests: () => number;
  /** What it answers from now on instead of its keys; null: its keys. */
  breakDown(status: number | null): void;
  /** A token that is as it should be, but for what is said. */
  sign(claims?: JWTPayload, header?: { alg?: string; kid?: string; key?: CryptoKey | Uint8Array }): Promise<string>;
  close(): void;
}

/** What tokens are for. */
export const AUDIENCE = 'https://cities.example';

/** Starts one. */
export async function openIdentityProvider(): Promise<IdentityProvider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const publicJwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  let requests = 0;
  let broken: number | null = null;
  const server: Server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(broken ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [publicJwk] }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const now = Math.floor(Date.now() / 1000);
  return {
    jwksUrl: `${issuer}/jwks`,
    issuer,
    publicJwk,
    requests: () => requests,
    breakDown: (status) => (broken = status),
    sign: (claims = {}, { alg = 'ES256', kid = 'k1', key = privateKey } = {}) =>
      new SignJWT({
        iss: issuer,
        aud: AUDIENCE,
        sub: 'ada',
        iat: now,
        exp: now + 300,
        scope: 'openid steward',
        ...claims,
      })
        .setProtectedHeader({ alg, kid })
        .sign(key),
    close: () => server.close(),
  };
}
