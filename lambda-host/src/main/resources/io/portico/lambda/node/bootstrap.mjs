/**
 * Portico's Lambda runtime for Node.js: loads the handler, then answers one invocation after another.
 *
 * The host starts it with the environment of a managed runtime; it needs nothing but Node.js 18 or later.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
 */
import { errorDocument, unhandledRejection, unsettled } from './errors.mjs';
import { loadHandler } from './handler.mjs';
import { BufferedInvocation, StreamedInvocation, hasCallbacks, refuseCallbackStyle } from './invocation.mjs';
import { logError, logFor, patchConsole } from './log.mjs';
import { RuntimeApi } from './runtime-api.mjs';
import { installAwsLambda, isStreaming } from './streaming.mjs';

// AWS: these two exit statuses; source: github.com/elastic/apm-agent-nodejs/issues/2379
const UNHANDLED_REJECTION = 128;
const UNCAUGHT_EXCEPTION = 129;

/** Node's own for a promise that never settles. */
const UNSETTLED = 13;

/** How long a dying process waits for the host to take its last words. */
const LAST_WORDS_MS = 2000;

// AWS: the label changed with nodejs24.x; source: function logs, for one in
// github.com/arithmetic/aws-lambda-ses-forwarder/issues/154
const initFailed = hasCallbacks ? 'Uncaught Exception' : 'Init Error';

let handler;
let ready = false;
let streaming = false;
let traceId;

/** The invocation that runs, or whose outcome waits for the end of the turn. */
let current;
let payload;
let outcome;
let turnIsOver = false;
let dying = false;
let exitStatus = 1;

const api = new RuntimeApi(process.env.AWS_LAMBDA_RUNTIME_API, onInvocation, exit); // Without a host, no runtime.

process.on('uncaughtException', (error) => die('Uncaught Exception', error, UNCAUGHT_EXCEPTION));
process.on('unhandledRejection', (reason, promise) =>
  die('Unhandled Promise Rejection', unhandledRejection(reason, promise), UNHANDLED_REJECTION));
process.on('beforeExit', () => {
  try {
    starved();
  } catch (error) {
    die(ready ? 'Invoke Error' : initFailed, error, UNSETTLED);
  }
});

patchConsole();
installAwsLambda();
api.release();
start();

async function start() {
  try {
    handler = await loadHandler(process.env.LAMBDA_TASK_ROOT ?? process.cwd(), process.env._HANDLER ?? '');
    streaming = isStreaming(handler);
    if (!streaming) {
      refuseCallbackStyle(handler);
    }
  } catch (error) {
    die(initFailed, error, 1);
    return;
  }
  if (!dying) {
    ready = true;
    api.next();
  }
}

/** The event loop is empty while the function's code is not done. */
function starved() {
  if (dying || outcome !== undefined) {
    return;
  }
  if (!ready) {
    throw unsettled();
  }
  current?.starved();
}

function onInvocation(status, headers, bytes, start, end) {
  if (status !== 200) {
    exit(); // 403 or 500: the host does not want this process any more.
  }
  if (dying) {
    return;
  }
  logFor(headers['lambda-runtime-aws-request-id']);
  trace(headers['lambda-runtime-trace-id']);
  outcome = undefined;
  turnIsOver = false;
  setImmediate(endTurn);
  current = streaming
    ? new StreamedInvocation(headers, onSettled, api, handler)
    : new BufferedInvocation(headers, onSettled);
  payload = bytes.utf8Slice(start, end);
  // Still within this turn, but not within the read callback, whose frames would fill every stack trace.
  process.nextTick(invoke);
}

function invoke() {
  let event;
  try {
    event = payload === '' ? {} : JSON.parse(payload);
  } catch (error) {
    current.settle({ thrown: error });
    return;
  } finally {
    payload = undefined;
  }
  current.run(handler, event);
}

/** Writing to process.env is a call into the system, so only a new trace is written. */
function trace(id) {
  if (id === traceId) {
    return;
  }
  traceId = id;
  if (id === undefined) {
    delete process.env._X_AMZN_TRACE_ID;
  } else {
    process.env._X_AMZN_TRACE_ID = id;
  }
}

function onSettled(invocation, failure, result) {
  if (invocation !== current) {
    return; // The process dies, and has said why.
  }
  if (failure !== undefined) {
    outcome = failure;
  } else if (streaming) {
    outcome = {};
  } else {
    outcome = stringified(result);
  }
  if ('thrown' in outcome) {
    logError('Invoke Error', outcome.thrown);
  }
  if (turnIsOver) {
    setImmediate(send, true);
  }
}

function stringified(result) {
  try {
    return { json: JSON.stringify(result) ?? 'null' };
  } catch {
    // AWS: the reason is not given; source: github.com/aws-amplify/amplify-category-api/issues/733
    return { thrown: new Error('Unable to stringify response body') };
  }
}

/**
 * Outcomes leave at the end of the event loop's turn, not at once: only then is it known whether the handler
 * left a rejected promise behind, of which this process dies. It must not ask for another invocation first.
 */
function endTurn() {
  turnIsOver = true;
  if (outcome !== undefined) {
    send(true);
  } else {
    api.release();
  }
}

/** Posts the outcome, and asks for the next invocation if this process is to live on. */
function send(poll) {
  if (current === undefined || (dying && poll)) {
    return;
  }
  const invocation = current;
  current = undefined;
  if ('thrown' in outcome) {
    postError(invocation, outcome.thrown, poll);
  } else if (!streaming) {
    api.respond(invocation.requestId, outcome.json, poll);
  } else if (poll) {
    api.next(); // The stream has posted itself.
  }
}

function postError(invocation, error, poll) {
  const { errorType, json } = errorDocument(error);
  if (!streaming) {
    api.fail(invocation.requestId, errorType, json, poll);
    return;
  }
  const { begun, complete } = invocation;
  invocation.abandon();
  if (!begun) {
    api.fail(invocation.requestId, errorType, json, poll);
    return;
  }
  if (!complete) {
    api.failStream(errorType, json);
  }
  if (poll) {
    api.next();
  }
}

/** Logs what this process dies of, tells the host while it can still be told, and ends. */
function die(what, error, status) {
  if (dying) {
    return;
  }
  dying = true;
  exitStatus = status;
  logError(what, error);
  if (!ready) {
    const { errorType, json } = errorDocument(error);
    api.failInit(errorType, json);
  } else if (current !== undefined && outcome !== undefined) {
    send(false);
  } else if (current !== undefined) {
    const invocation = current;
    current = undefined;
    postError(invocation, error, false);
  }
  if (!api.posting) {
    exit();
  }
  api.whenPosted(exit);
  setTimeout(exit, LAST_WORDS_MS);
}

function exit() {
  process.exit(exitStatus);
}
