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
    // As SNS has it, AWS's message is a text within the message.
    const alarm = message.Message ? JSON.parse(message.Message) : message;
    seen.alarms.add(`${alarm.AlarmName} ${alarm.NewStateValue}`);
  }
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  response.setHeader('content-type', 'application/json');
  if (request.method === 'POST') {
    took(request.url, body);
    response.end('{}');
  } else {
    const lists = Object.entries(seen).map(([kind, names]) => [kind, [...names]]);
    response.end(JSON.stringify(Object.fromEntries(lists)));
  }
});

const daemon = createSocket('udp4');
daemon.on('message', (datagram) => {
  const [, segment] = datagram.toString().split('\n');
  seen.segments.add(JSON.parse(segment).name);
});

daemon.bind(0, '127.0.0.1', () => {
  server.listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${server.address().port} 127.0.0.1:${daemon.address().port}`);
  });
});
