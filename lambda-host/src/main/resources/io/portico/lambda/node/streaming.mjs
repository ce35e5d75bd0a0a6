/**
 * Response streaming: the `awslambda` global and the stream that a streaming handler writes to.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
import { Writable } from 'node:stream';
import { RuntimeError } from './errors.mjs';

/** AWS's own marks, which wrappers around handlers copy; source: Datadog's and middy's public wrappers. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** Ends the prelude. The metadata cannot hold it, as JSON escapes NUL; source: response-streaming docs. */
const DELIMITER = Buffer.alloc(8);

const setPrelude = Symbol('prelude');

export function installAwsLambda() {
  globalThis.awslambda = {
    streamifyResponse(handler, options) {
      handler[STREAMING] = 'response';
      if (options?.highWaterMark !== undefined) {
        handler[HIGH_WATER_MARK] = Number(options.highWaterMark);
      }
      return handler;
    },
    HttpResponseStream: {
      from(stream, metadata) {
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        stream[setPrelude](Buffer.concat([Buffer.from(JSON.stringify(metadata ?? {})), DELIMITER]));
        return stream;
      },
    },
  };
}

export function isStreaming(handler) {
  return handler[STREAMING] === 'response';
}

/** What the handler gets as `responseStream`. The post begins with the first write. */
export class ResponseStream extends Writable {
  #api;
  #requestId;
  #contentType = 'application/octet-stream';
  #prelude;
  #begun = false;

  constructor(api, requestId, handler) {
    super({ highWaterMark: handler[HIGH_WATER_MARK] });
    this.#api = api;
    this.#requestId = requestId;
  }

  /** Whether the response has begun, so that an error can only follow as a trailer. */
  get begun() {
    return this.#begun;
  }

  setContentType(contentType) {
    if (this.#begun) {
      throw new RuntimeError('Runtime.InvalidStreamingOperation', 'Cannot set content-type, too late.');
    }
    this.#contentType = contentType;
  }

  /** AWS: what is neither text nor bytes goes out as JSON; source: inferred */
  write(chunk, ...rest) {
    return super.write(writable(chunk), ...rest);
  }

  end(chunk, ...rest) {
    return typeof chunk === 'function' ? super.end(chunk) : super.end(writable(chunk), ...rest);
  }

  [setPrelude](bytes) {
    this.#prelude = bytes;
  }

  _write(chunk, encoding, callback) {
    this.#begin();
    this.#api.writeChunk(chunk, callback);
  }

  // AWS: without a write the prelude is lost and the status with it; source:
  // github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/97. That is open as a bug, so here
  // ending the stream sends it.
  _final(callback) {
    this.#begin();
    this.#api.endStream();
    callback();
  }

  #begin() {
    if (this.#begun) {
      return;
    }
    this.#begun = true;
    this.#api.beginStream(this.#requestId, this.#contentType);
    if (this.#prelude !== undefined) {
      this.#api.writeChunk(this.#prelude, () => {});
    }
  }
}

function writable(chunk) {
  return chunk === undefined || chunk === null || typeof chunk === 'string' || ArrayBuffer.isView(chunk)
    ? chunk : JSON.stringify(chunk);
}
