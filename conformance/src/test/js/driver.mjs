// Holds AWS's clients: a line of JSON in, {service, operation, input, blobs, archive}; a line out, {output} or
// {error}. An archive is Base64, other blobs are texts.
import { createInterface } from "node:readline";

const services = {
  apigateway: ["@aws-sdk/client-api-gateway", "APIGatewayClient"],
  apigatewayv2: ["@aws-sdk/client-apigatewayv2", "ApiGatewayV2Client"],
  apigatewaymanagementapi: ["@aws-sdk/client-apigatewaymanagementapi", "ApiGatewayManagementApiClient"],
  iam: ["@aws-sdk/client-iam", "IAMClient"],
  sts: ["@aws-sdk/client-sts", "STSClient"],
  logs: ["@aws-sdk/client-cloudwatch-logs", "CloudWatchLogsClient"],
  acm: ["@aws-sdk/client-acm", "ACMClient"],
  cloudwatch: ["@aws-sdk/client-cloudwatch", "CloudWatchClient"],
};

const clients = new Map();

async function clientOf(service) {
  if (!clients.has(service)) {
    const [name, type] = services[service];
    const sdk = await import(name);
    const client = new sdk[type]({ endpoint: process.env.AWS_ENDPOINT_URL, maxAttempts: 1 });
    clients.set(service, { sdk, client });
  }
  return clients.get(service);
}

const encoder = new TextEncoder();

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Times are texts in a line, and dates to the client. */
function withDates(name, value) {
  return typeof value === "string" && TIME.test(value) ? new Date(value) : value;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { service, operation, input, blobs, archive } = JSON.parse(line, withDates);
  let answer;
  try {
    for (const name of blobs.filter((name) => name in input)) {
      input[name] = encoder.encode(input[name]);
    }
    const { sdk, client } = await clientOf(service);
    const { $metadata, ...output } = await client.send(new sdk[`${operation}Command`](input));
    if (output.body instanceof Uint8Array) {
      output.body = Buffer.from(output.body).toString(archive ? "base64" : "utf8");
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
