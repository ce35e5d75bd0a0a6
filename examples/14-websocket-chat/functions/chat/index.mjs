import { signed } from './sign.mjs';

/** Tells API Gateway what to do with a connection, with all of them or with a group. */
async function command(method, target, message) {
  const url = new URL(`${process.env.ENDPOINT}/${target.split('/').map(encodeURIComponent).join('/')}`);
  const body = message === undefined ? '' : JSON.stringify(message);
  const answer = await fetch(url, { method, body: body || undefined, headers: signed(method, url, body, process.env) });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${await answer.text()}`);
  }
}

const handlers = {
  // Who does not say his name is not let in.
  $connect: ({ queryStringParameters: query }) => ({ statusCode: query?.name ? 200 : 401 }),

  $disconnect: async ({ requestContext: { connectionId } }) => {
    await command('POST', '@connections/@broadcast', { left: connectionId });
    return { statusCode: 200 };
  },

  // A room is a group: it is there as long as somebody is in it.
  join: async ({ requestContext: { connectionId }, body }) => {
    await command('PUT', `@groups/${JSON.parse(body).room}/${connectionId}`);
    return { statusCode: 200 };
  },

  // To who is in the room, or without one to everybody.
  say: async ({ requestContext: { connectionId }, body }) => {
    const { room, text } = JSON.parse(body);
    await command('POST', room ? `@groups/${room}` : '@connections/@broadcast', { from: connectionId, room, text });
    return { statusCode: 200 };
  },

  leave: async ({ requestContext: { connectionId } }) => {
    await command('DELETE', `@connections/${connectionId}`);
    return { statusCode: 200 };
  },

  // The route has a route response: the answer goes back to the client.
  whoami: ({ requestContext: { connectionId } }) => ({ statusCode: 200, body: JSON.stringify({ you: connectionId }) }),
};

export const handler = async (event) => handlers[event.requestContext.routeKey](event);
