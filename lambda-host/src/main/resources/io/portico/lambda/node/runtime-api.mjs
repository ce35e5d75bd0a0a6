/**
 * The runtime's side of AWS's Runtime API, over one keep-alive connection.
 *
 * It speaks HTTP/1.1 itself because node:http costs several times what a handler that returns a
 * constant costs; and it hands over each answer while still in the read callback, so that a warm
 * invocation takes one read and one write.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { connect } from 'node:net';
import { AnswerReader, NotHttp } from './answer-reader.mjs';

const API = '/2018-06-01/runtime';
const READ_BUFFER = 64 * 1024;

/** Up to here a response and the next poll share one write; beyond, the poll waits for the answer. */
const PIPELINED_BODY = 64 * 1024;

export class RuntimeApi {
  #socket;
  #host;
  #poll;
  #reader = new AnswerReader((status, headers, bytes, start, end) =>
    this.#answered(status, headers, bytes, start, end));

  /** What the answers on their way belong to, oldest first: `'post'` or `'next'`. */
  #awaited = [];
  #onInvocation;
  #onPosted = undefined;
  #onClosed;

  /**
   * @param endpoint     `host:port`, as in AWS_LAMBDA_RUNTIME_API
   * @param onInvocation called with the answer to a poll: status, headers, and where its body stands
   * @param onClosed     called once when the connection is gone
   */
  constructor(endpoint, onInvocation, onClosed) {
    const colon = endpoint.lastIndexOf(':');
    this.#host = endpoint;
    this.#onInvocation = onInvocation;
    this.#onClosed = onClosed;
    this.#poll = `GET ${API}/invocation/next HTTP/1.1\r\nHost: ${endpoint}\r\n\r\n`;
    this.#socket = connect({
      host: endpoint.slice(0, colon).replace(/^\[|\]$/g, ''),
      port: Number(endpoint.slice(colon + 1)),
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BUFFER),
        callback: (count, buffer) => this.#read(buffer.subarray(0, count)),
      },
    });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => this.#onClosed());
  }

  /** Whether a response or error is on its way and not yet answered. */
  get posting() {
    return this.#awaited[0] === 'post';
  }

  /** While the function's code runs, the connection must not count as work, or its event loop is never empty. */
  release() {
    this.#socket.unref();
  }

  next() {
    this.#socket.ref();
    this.#awaited.push('next');
    this.#socket.write(this.#poll, 'latin1');
  }

  /**
   * Posts a whole response.
   *
   * @param poll whether to ask for the next invocation as well
   */
  respond(requestId, json, poll) {
    this.#post(`/invocation/${requestId}/response`, 'Content-Type: application/json\r\n', json, poll);
  }

  /** Posts an invocation's error document. */
  fail(requestId, errorType, json, poll) {
    this.#post(`/invocation/${requestId}/error`, errorHead(errorType), json, poll);
  }

  /** Posts why the function could not be loaded. */
  failInit(errorType, json) {
    this.#post('/init/error', errorHead(errorType), json, false);
  }

  /** Calls once when the post that is under way (or the next one) has its answer. */
  whenPosted(callback) {
    this.#onPosted = callback;
  }

  #post(path, head, json, poll) {
    const socket = this.#socket;
    const size = Buffer.byteLength(json);
    const together = poll && size <= PIPELINED_BODY;
    const request = `POST ${API}${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${head}Content-Length: ${size}\r\n\r\n`
      + json + (together ? this.#poll : '');
    socket.ref();
    this.#awaited.push('post');
    if (together) {
      this.#awaited.push('next');
    } else if (poll) {
      this.#onPosted = () => this.next();
    }
    // Text without multi-byte characters goes out as it is, without a pass of encoding.
    socket.write(request, size === json.length ? 'latin1' : 'utf8');
  }

  /**
   * Begins a streamed response; its chunks follow with {@link writeChunk}, its end with {@link endStream}.
   *
   * AWS's guide has the runtime close the connection afterwards; the last chunk says the same, and an
   * open connection can be used for the next poll.
   */
  beginStream(requestId, contentType) {
    this.#awaited.push('post');
    this.#socket.cork();
    this.#socket.write(
      `POST ${API}/invocation/${requestId}/response HTTP/1.1\r\nHost: ${this.#host}\r\n`
        + `Content-Type: ${headerValue(contentType)}\r\n`
        + 'Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n'
        + 'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n',
      'latin1',
    );
    // The head joins the first chunk; an empty stream still sends it.
    process.nextTick(() => this.#socket.uncork());
  }

  writeChunk(bytes, callback) {
    if (bytes.length === 0) {
      callback(); // A chunk of size 0 would end the stream.
      return;
    }
    const socket = this.#socket;
    socket.cork();
    socket.write(`${bytes.length.toString(16)}\r\n`, 'latin1');
    socket.write(bytes);
    socket.write('\r\n', 'latin1', callback);
    socket.uncork();
  }

  endStream() {
    this.#socket.write('0\r\n\r\n', 'latin1');
  }

  /** Ends a stream that has begun with the error that cut it short. */
  failStream(errorType, json) {
    this.#socket.write(
      `0\r\nLambda-Runtime-Function-Error-Type: ${headerValue(errorType)}\r\n`
        + `Lambda-Runtime-Function-Error-Body: ${Buffer.from(json).toString('base64')}\r\n\r\n`,
      'latin1',
    );
  }

  #read(bytes) {
    try {
      this.#reader.read(bytes);
    } catch (error) {
      if (!(error instanceof NotHttp)) {
        throw error;
      }
      this.#socket.destroy(); // Whoever answers is not the host.
    }
    return true;
  }

  #answered(status, headers, bytes, start, end) {
    if (this.#awaited.shift() === 'next') {
      this.#onInvocation(status, headers, bytes, start, end);
      return;
    }
    if (status >= 500) {
      // "Container error. Non-recoverable state. Runtime should exit promptly."; source: runtimes-api.html
      this.#socket.destroy();
      return;
    }
    // 413 needs nothing: the host has turned it into the invocation's error. So has it with 400 and 403,
    // which it answers to an invocation that is over, timed out for one.
    const posted = this.#onPosted;
    if (posted !== undefined) {
      this.#onPosted = undefined;
      posted();
    }
  }
}

function errorHead(errorType) {
  return 'Content-Type: application/vnd.aws.lambda.error+json\r\n'
    + `Lambda-Runtime-Function-Error-Type: ${headerValue(errorType)}\r\n`;
}

/** An error's name is the function's own text, so it must not be able to end the header. */
function headerValue(text) {
  return String(text).replace(/[^\x20-\x7e]/g, '?');
}
