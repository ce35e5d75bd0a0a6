// Takes what a gateway tells: metrics by OTLP (POST /v1/metrics), alarms (POST /alarms), X-Ray's segments (UDP).
// GET /seen lists the names of what has come. Prints both addresses once it is ready.
import { createServer } from 'node:http';
import { createSocket } from 'node:dgram';

const seen = { metrics: new Set(), alarms: new Set(), segments: new Set() };

function took(path, body) {
  const message = JSON.parse(body);
  if (path === '/v1/metrics') {
    for (const resource of message.resourceMetrics) {
      for (const scope of resource.scopeMetrics) {
        scope.metrics.forEach((metric) => seen.metrics.add(metric.name));
      }
    }
  } else {
    seen.alarms.add(`${message.AlarmName} ${message.NewStateValue}`);
  }
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  response.setHeader('content-type', 'application/json');
  if (request.method === 'POST') {
    try {
      took(request.url, body);
    } catch (error) {
      console.error(`${request.url}: ${error.message}`);
      response.statusCode = 400;
    }
    response.end('{}');
  } else {
    const lists = Object.entries(seen).map(([kind, names]) => [kind, [...names]]);
    response.end(JSON.stringify(Object.fromEntries(lists)));
  }
});

const daemon = createSocket('udp4');
daemon.on('message', (datagram) => {
  // A head, a line feed, the segment.
  const [, segment] = datagram.toString().split('\n');
  try {
    seen.segments.add(JSON.parse(segment).name);
  } catch (error) {
    console.error(`no segment: ${error.message}`);
  }
});

daemon.bind(0, '127.0.0.1', () => {
  server.listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${server.address().port} 127.0.0.1:${daemon.address().port}`);
  });
});
