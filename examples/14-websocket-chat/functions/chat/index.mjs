import { signed } from './sign.mjs';

/** Sends a message to a connection, or to all of them. */
async function post(connection, message) {
  const url = new URL(`${process.env.ENDPOINT}/%40connections/${encodeURIComponent(connection)}`);
  const body = JSON.stringify(message);
  const answer = await fetch(url, { method: 'POST', body, headers: signed(url, body, process.env) });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${await answer.text()}`);
  }
}

const handlers = {
  // Who does not say his name is not let in.
  $connect: ({ queryStringParameters: query }) => ({ statusCode: query?.name ? 200 : 401 }),

  $disconnect: async ({ requestContext: { connectionId } }) => {
    await post('@broadcast', { left: connectionId });
    return { statusCode: 200 };
  },

  say: async ({ requestContext: { connectionId }, body }) => {
    await post('@broadcast', { from: connectionId, text: JSON.parse(body).text });
    return { statusCode: 200 };
  },

  // The route has a route response: the answer goes back to the client.
  whoami: ({ requestContext: { connectionId } }) => ({ statusCode: 200, body: JSON.stringify({ you: connectionId }) }),
};

export const handler = async (event) => handlers[event.requestContext.routeKey](event);
