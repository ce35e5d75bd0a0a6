import { createServer } from 'node:http';

// service.mjs NAME: a service that says who it is and what it was asked for. Its first line of output is its URL.
const name = process.argv[2];

const server = createServer(async (request, response) => {
  let content = '';
  for await (const piece of request) content += piece;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ service: name, asked: `${request.method} ${request.url}`, content }));
});

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
