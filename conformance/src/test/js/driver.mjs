// Holds an API Gateway client: a line of JSON in, {operation, input}; a line out, {output} or {error}.
import * as gateway from "@aws-sdk/client-api-gateway";
import { createInterface } from "node:readline";

const client = new gateway.APIGatewayClient({
  endpoint: process.env.AWS_ENDPOINT_URL,
  maxAttempts: 1,
});

// Elsewhere a body is a blob.
const textBodies = ["TestInvokeMethod"];

const blobs = { in: new TextEncoder(), out: new TextDecoder() };

for await (const line of createInterface({ input: process.stdin })) {
  const { operation, input } = JSON.parse(line);
  let answer;
  try {
    if (typeof input.body === "string" && !textBodies.includes(operation)) {
      input.body = blobs.in.encode(input.body);
    }
    const { $metadata, ...output } = await client.send(new gateway[`${operation}Command`](input));
    if (output.body instanceof Uint8Array) {
      output.body = blobs.out.decode(output.body);
    }
    answer = { output };
  } catch (error) {
    if (!error.$metadata?.httpStatusCode) {
      throw error;
    }
    answer = {
      error: {
        code: error.name,
        type: error.constructor.name,
        status: error.$metadata.httpStatusCode,
        message: error.message,
      },
    };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
