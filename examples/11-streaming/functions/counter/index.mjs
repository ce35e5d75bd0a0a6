import { setTimeout as pause } from 'node:timers/promises';

/** Counts, and says each number when it has come to it: as server-sent events. */
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const to = Number(event.queryStringParameters?.to ?? 3);
  const answer = awslambda.HttpResponseStream.from(stream, {
    statusCode: 200,
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  });
  for (let number = 1; number <= to; number++) {
    answer.write(`data: ${number}\n\n`);
    await pause(300);
  }
  answer.end();
});
