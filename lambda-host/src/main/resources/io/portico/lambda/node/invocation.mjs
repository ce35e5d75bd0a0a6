/**
 * One invocation: calls the handler and finds out how it ended, whichever way its style of handler has.
 */
import { createContext } from './context.mjs';
import { RuntimeError, unsettled } from './errors.mjs';
import { ResponseStream } from './streaming.mjs';

// AWS: nodejs24.x has no callbacks, and takes what a plain function returns; source: the former
// aws.amazon.com/blogs/compute/node-js-24-runtime-now-available-in-aws-lambda, the latter inferred
export const hasCallbacks = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1] ?? 0) < 24;

/** @throws {RuntimeError} if this runtime does not take that style of handler */
export function refuseCallbackStyle(handler) {
  if (!hasCallbacks && handler.length >= 3) {
    // AWS: said at init, and by the number of parameters; source: github.com/H4ad/serverless-adapter/issues/378
    throw new RuntimeError('Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. '
        + 'You need to modify this function to use a supported handler signature to use Node.js 24 or later. '
        + 'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.');
  }
}

class Invocation {
  #onSettled;
  settled = false;

  /** What the handler returned is a promise, and it is still open. */
  promised = false;

  constructor(headers, onSettled) {
    this.headers = headers;
    this.requestId = headers['lambda-runtime-aws-request-id'];
    this.#onSettled = onSettled;
  }

  /**
   * The first outcome counts, as a handler may call back twice.
   *
   * @param failure undefined, or what was thrown: `{ thrown }`, as that may be undefined itself
   */
  settle(failure, result) {
    if (!this.settled) {
      this.settled = true;
      this.#onSettled(this, failure, result);
    }
  }

  /** @returns whether the handler returned a promise, whose end settles the invocation */
  follow(returned, onFulfilled) {
    if (typeof returned?.then !== 'function') {
      return false;
    }
    this.promised = true;
    returned.then(
      (result) => {
        this.promised = false;
        onFulfilled(result);
      },
      (error) => this.settle({ thrown: error }),
    );
    return true;
  }
}

/** An invocation whose response is one JSON document. */
export class BufferedInvocation extends Invocation {
  #context;
  #calledBack;

  run(handler, event) {
    try {
      const context = createContext(this.headers, hasCallbacks ? (error, result) => this.#end(error, result) : undefined);
      this.#context = context;
      const returned = hasCallbacks
        ? handler(event, context, (error, result) => this.#callBack(error, result))
        : handler(event, context);
      // AWS: what a function that is not async returns is ignored; source: github.com/ashiina/lambda-local/pull/220
      if (!this.follow(returned, (result) => this.settle(undefined, result)) && !hasCallbacks) {
        this.settle(undefined, returned);
      }
    } catch (error) {
      this.settle({ thrown: error });
    }
  }

  /**
   * The event loop is empty: nothing more can come.
   *
   * @throws {RuntimeError} if the handler's promise is still open, of which the process dies
   */
  starved() {
    if (this.#calledBack !== undefined) {
      this.#end(...this.#calledBack);
    } else if (this.promised) {
      throw unsettled();
    } else {
      this.settle(undefined, null);
    }
  }

  /** AWS: the result waits until the event loop is empty unless the context says otherwise; source: nodejs-context.html */
  #callBack(error, result) {
    if (this.#context.callbackWaitsForEmptyEventLoop) {
      this.#calledBack ??= [error, result];
    } else {
      this.#end(error, result);
    }
  }

  #end(error, result) {
    this.settle(error === undefined || error === null ? undefined : { thrown: error }, result);
  }
}

/** An invocation whose response the handler writes to a stream. */
export class StreamedInvocation extends Invocation {
  #stream;
  #returned = false;

  constructor(headers, onSettled, api, handler) {
    super(headers, onSettled);
    this.#stream = new ResponseStream(api, this.requestId, handler);
    this.#stream.once('close', () => this.#closed());
  }

  /** Whether the response has begun, so that an error can only follow as a trailer. */
  get begun() {
    return this.#stream.begun;
  }

  /** Whether the response has been written to its end. */
  get complete() {
    return this.#stream.writableFinished;
  }

  run(handler, event) {
    try {
      const context = createContext(this.headers, hasCallbacks ? (error) => this.#done(error) : undefined);
      const returned = handler(event, this.#stream, context);
      if (!this.follow(returned, () => this.#done())) {
        this.#done();
      }
    } catch (error) {
      this.settle({ thrown: error });
    }
  }

  /** Lets go of a stream that the handler may still hold, so that writing to it does no harm. */
  abandon() {
    this.#stream.on('error', () => {});
    this.#stream.destroy();
  }

  /**
   * The event loop is empty. A handler that forgot to end its stream is taken to have ended it.
   *
   * @throws {RuntimeError} if the handler's promise is still open, of which the process dies
   */
  starved() {
    if (this.complete) {
      this.settle();
    } else if (this.promised) {
      throw unsettled();
    } else {
      this.#stream.end();
    }
  }

  #done(error) {
    if (error !== undefined && error !== null) {
      this.settle({ thrown: error });
      return;
    }
    this.#returned = true;
    if (this.#stream.closed) {
      this.#closed();
    }
  }

  #closed() {
    if (!this.#returned) {
      return;
    }
    this.settle(this.complete ? undefined
      : { thrown: this.#stream.errored ?? new Error('The response stream was destroyed before it ended') });
  }
}
