/** Payload format 2.0: what is returned is the answer, and claims are where the authorizer has put them. */
export async function handler(event) {
  const { http, authorizer } = event.requestContext;
  if (http.method === 'POST') {
    return { statusCode: 201, cookies: ['last-order=1'], body: JSON.stringify({ ordered: JSON.parse(event.body).what }) };
  }
  return { hello: authorizer?.jwt?.claims?.sub ?? 'stranger', scopes: authorizer?.jwt?.scopes ?? [] };
}
