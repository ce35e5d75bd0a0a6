/**
 * Reads HTTP/1.1 answers from whatever pieces the connection brings.
 *
 * The pieces share one buffer that the next read overwrites, so what has to outlive a piece is copied,
 * and only that: an answer that comes whole, as nearly all do, is handed over where it stands.
 */
const HEAD = 0;
const SIZED_BODY = 1;
const CHUNK_SIZE = 2;
const CHUNK = 3;
const CHUNK_END = 4;
const TRAILER = 5;

/** Far above what the Runtime API's headers can take, client context of 3,583 bytes included. */
const LONGEST_LINE = 256 * 1024;

const NOTHING = Buffer.alloc(0);

/** What came is not an answer of the Runtime API. */
export class NotHttp extends Error {}

export class AnswerReader {
  #onAnswer;
  #state = HEAD;

  /** A head or a line that is not complete yet; latin1, so a character is a byte. */
  #text = '';
  #status = 0;
  #headers;
  #body = NOTHING;
  #filled = 0;
  #chunks = [];
  #left = 0;

  /** @param onAnswer called with status, headers (names in lower case), and the body: bytes, start, end */
  constructor(onAnswer) {
    this.#onAnswer = onAnswer;
  }

  /** @throws {NotHttp} */
  read(bytes) {
    let at = 0;
    do {
      at = this.#step(bytes, at);
    } while (at < bytes.length);
  }

  #step(bytes, at) {
    switch (this.#state) {
      case HEAD:
        return this.#readHead(bytes, at);
      case SIZED_BODY:
        return this.#readSized(bytes, at);
      case CHUNK:
        return this.#readChunk(bytes, at);
      default:
        return this.#readLine(bytes, at);
    }
  }

  /** Reads up to `mark`: answers where the reading goes on, and leaves what was read in #text, or undefined. */
  #until(mark, bytes, at) {
    if (this.#text === '') {
      const found = bytes.indexOf(mark, at, 'latin1');
      if (found !== -1) {
        this.#text = bytes.latin1Slice(at, found);
        return found + mark.length;
      }
    }
    // The mark itself may be torn, so it is sought in what has come so far together with this piece.
    const text = this.#text + bytes.latin1Slice(at, bytes.length);
    const found = text.indexOf(mark);
    if (found === -1) {
      if (text.length > LONGEST_LINE) {
        throw new NotHttp('head too long');
      }
      this.#text = text;
      return -1;
    }
    this.#text = text.slice(0, found);
    return bytes.length - (text.length - found - mark.length);
  }

  #readHead(bytes, at) {
    const next = this.#until('\r\n\r\n', bytes, at);
    if (next === -1) {
      return bytes.length;
    }
    const head = this.#take();
    if (!head.startsWith('HTTP/1.')) {
      throw new NotHttp('not HTTP');
    }
    this.#status = Number(head.slice(9, 12));
    this.#headers = headersOf(head);
    if (this.#status < 200) {
      return next; // An interim answer: the one it announces follows.
    }
    if (this.#headers['transfer-encoding'] !== undefined) {
      this.#chunks = [];
      this.#state = CHUNK_SIZE;
      return next;
    }
    const size = this.#status === 204 ? 0 : Number(this.#headers['content-length'] ?? 0);
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new NotHttp('no content length');
    }
    if (next + size <= bytes.length) {
      return this.#finish(bytes, next, next + size);
    }
    this.#body = Buffer.allocUnsafeSlow(size);
    this.#filled = 0;
    this.#state = SIZED_BODY;
    return next;
  }

  #readSized(bytes, at) {
    const copied = bytes.copy(this.#body, this.#filled, at);
    this.#filled += copied;
    if (this.#filled === this.#body.length) {
      const body = this.#body;
      this.#body = NOTHING;
      this.#finish(body, 0, body.length);
    }
    return at + copied;
  }

  #readLine(bytes, at) {
    const next = this.#until('\r\n', bytes, at);
    if (next === -1) {
      return bytes.length;
    }
    const line = this.#take();
    if (this.#state === CHUNK_SIZE) {
      const size = Number.parseInt(line, 16);
      if (!(size >= 0)) {
        throw new NotHttp('no chunk size');
      }
      this.#left = size;
      this.#state = size === 0 ? TRAILER : CHUNK;
    } else if (this.#state === CHUNK_END) {
      this.#state = CHUNK_SIZE;
    } else if (line === '') {
      const body = Buffer.concat(this.#chunks); // Joined as bytes, as a character may span two chunks.
      this.#chunks = [];
      this.#finish(body, 0, body.length);
    }
    return next;
  }

  #readChunk(bytes, at) {
    const end = Math.min(bytes.length, at + this.#left);
    this.#chunks.push(Buffer.from(bytes.subarray(at, end)));
    this.#left -= end - at;
    if (this.#left === 0) {
      this.#state = CHUNK_END;
    }
    return end;
  }

  #take() {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #finish(bytes, start, end) {
    this.#state = HEAD;
    this.#onAnswer(this.#status, this.#headers, bytes, start, end);
    return end;
  }
}

function headersOf(head) {
  const headers = { __proto__: null };
  let line = head.indexOf('\r\n');
  while (line !== -1) {
    const start = line + 2;
    line = head.indexOf('\r\n', start);
    const end = line === -1 ? head.length : line;
    const colon = head.indexOf(':', start);
    if (colon !== -1 && colon < end) {
      headers[head.slice(start, colon).toLowerCase()] = head.slice(colon + 1, end).trim();
    }
  }
  return headers;
}
