/**
 * The context object that a handler gets.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
const {
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  AWS_LAMBDA_FUNCTION_VERSION: functionVersion,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memoryLimitInMB,
  AWS_LAMBDA_LOG_GROUP_NAME: logGroupName,
  AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
} = process.env;

/**
 * All members are the object's own, methods too, as wrappers spread and copy it.
 *
 * @param headers  of the invocation
 * @param complete ends the invocation with (error, result); undefined where the runtime has no callbacks
 * @throws {SyntaxError} if the client context or identity is not JSON
 */
export function createContext(headers, complete) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const context = complete === undefined ? {} : {
    callbackWaitsForEmptyEventLoop: true,
    succeed: (result) => complete(null, result),
    fail: (error) => complete(error ?? 'handled'),
    done: (error, result) => complete(error, result),
  };
  context.functionVersion = functionVersion;
  context.functionName = functionName;
  context.memoryLimitInMB = memoryLimitInMB; // A string; source: recorded, facts INV-14
  context.logGroupName = logGroupName;
  context.logStreamName = logStreamName;
  context.clientContext = json(headers['lambda-runtime-client-context']);
  context.identity = json(headers['lambda-runtime-cognito-identity']);
  context.invokedFunctionArn = headers['lambda-runtime-invoked-function-arn'];
  context.awsRequestId = headers['lambda-runtime-aws-request-id'];
  context.tenantId = headers['lambda-runtime-aws-tenant-id'];
  context.getRemainingTimeInMillis = () => deadline - Date.now();
  return context;
}

/** Headers are read as latin1; what they carry is UTF-8. */
function json(header) {
  return header === undefined || header === '' ? undefined : JSON.parse(Buffer.from(header, 'latin1').toString());
}
