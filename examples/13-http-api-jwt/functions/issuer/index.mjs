import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

// up.sh has made it, so that all who run this function sign with the same one.
const key = createPrivateKey({ key: JSON.parse(process.env.KEY), format: 'jwk' });
const KID = 'the-only-one';

const json = (body) => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(issuer, { sub = 'nobody', scope = '', aud = 'shop', lasts = '300' }) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, sub, aud, scope, iat: now, exp: now + Number(lasts) };
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: KID })}.${part(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

/** An issuer behind a function URL: what a client asks for is what its token says. */
export async function handler(event) {
  const issuer = process.env.ISSUER;
  switch (event.rawPath) {
    case '/.well-known/openid-configuration':
      return json({ issuer, jwks_uri: `${issuer}/keys` });
    case '/keys':
      return json({ keys: [{ ...createPublicKey(key).export({ format: 'jwk' }), kid: KID, use: 'sig', alg: 'RS256' }] });
    case '/token':
      return json({ access_token: token(issuer, event.queryStringParameters ?? {}) });
    default:
      return { statusCode: 404, body: 'no such page' };
  }
}
