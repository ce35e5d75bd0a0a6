/** How errors look in AWS's error documents and in the log. */
import { types } from 'node:util';

/** An error that the runtime raises rather than the function; its name is the `errorType`. */
export class RuntimeError extends Error {
  constructor(errorType, message) {
    super(message);
    // Not enumerable, or it would stand in the log's line once more.
    Object.defineProperty(this, 'name', { value: errorType, configurable: true, writable: true });
    Error.captureStackTrace(this, RuntimeError);
  }
}

/** Wraps what a promise was rejected with while nobody waited for it. */
export function unhandledRejection(reason, promise) {
  const error = new RuntimeError('Runtime.UnhandledPromiseRejection', describe(reason));
  error.reason = reason;
  error.promise = promise;
  return error;
}

/** AWS: an async handler that can never end any more ends so; source: troubleshooting-invocation.html */
export function unsettled() {
  const error = new RuntimeError('Runtime.NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a '
      + 'Promise that was never settled. For more information, see '
      + 'https://nodejs.org/docs/latest/api/process.html#exit-codes');
  error.stack = undefined; // There is no place in the function to point to.
  error.code = 13;
  return error;
}

/**
 * The error document of an invocation or of init: `errorType`, `errorMessage`, `trace`, in this order.
 *
 * AWS: what is thrown but is no Error has its `typeof` as type and an empty trace; source: inferred from
 * nodejs-exceptions.html, which says that Lambda converts what it gets to a string.
 */
export function errorDocument(error) {
  const document = isError(error)
    ? { errorType: nameOf(error), errorMessage: messageOf(error), trace: linesOf(error) }
    : { errorType: typeof error, errorMessage: describe(error), trace: [] };
  return { errorType: document.errorType, json: JSON.stringify(document) };
}

/**
 * The same for a line of the log, where the trace is called `stack` (or `stackTrace` in JSON lines) and
 * the error's own properties, such as `code`, stand before it.
 *
 * AWS: a thrown string is logged as an Error of that message; source: function logs in public issues
 * (`"errorType":"Error","errorMessage":"[object Object]"`).
 */
export function loggedError(error, stackName = 'stack') {
  if (!isError(error)) {
    const text = describe(error);
    return { errorType: 'Error', errorMessage: text, [stackName]: [`Error: ${text}`] };
  }
  const logged = { errorType: nameOf(error), errorMessage: messageOf(error) };
  for (const [name, value] of Object.entries(error)) {
    if (!(name in logged) && name !== 'name' && name !== 'stack' && name !== 'message') {
      logged[name] = isError(value) ? loggedError(value, stackName) : value;
    }
  }
  logged[stackName] = linesOf(error);
  return logged;
}

/** {@link loggedError} as JSON, even where the error's own properties do not go into JSON. */
export function loggedErrorJson(error) {
  try {
    return JSON.stringify(loggedError(error));
  } catch {
    return JSON.stringify({ errorType: nameOf(error), errorMessage: messageOf(error), stack: linesOf(error) });
  }
}

/** Also true of an Error from another realm, such as a vm context or a bundled polyfill. */
export function isError(value) {
  return value instanceof Error || types.isNativeError(value);
}

function nameOf(error) {
  return typeof error.name === 'string' ? error.name : 'Error';
}

function messageOf(error) {
  return typeof error.message === 'string' ? error.message : describe(error.message);
}

function linesOf(error) {
  return typeof error.stack === 'string' ? error.stack.split('\n') : [];
}

function describe(value) {
  try {
    return String(value);
  } catch {
    return typeof value; // An object without a prototype has no text.
  }
}
