package io.portico.transport.wire;

import static io.portico.transport.wire.MalformedMessageException.badRequest;

import io.netty.buffer.ByteBuf;
import io.portico.gateway.http.Headers;

/**
 * Finds the content of a message among the bytes of its connection: a number of bytes, chunks (RFC
 * 9112, 7.1), or all until the connection ends. Trailers are read and checked, chunk extensions
 * dropped.
 */
public final class ContentReader {
  /** More than any sender has a use for; a flood of extensions is not worth reading. */
  private static final int MOST_EXTENSION_BYTES = 1024;

  private static final int MOST_SIZE_DIGITS = 15;

  private enum State {
    DATA,
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA_CR,
    DATA_LF,
    TRAILER,
    DONE
  }

  private final WireLimits limits;
  private State state = State.DONE;
  private boolean chunked;

  /** Content bytes left in this chunk or, where not chunked, in all. */
  private long left;

  private int digits;
  private int extensionBytes;
  private final TrailerReader trailers;

  public ContentReader(WireLimits limits, Scratch scratch) {
    this.limits = limits;
    this.trailers = new TrailerReader(scratch);
  }

  /** Expects {@code length} bytes. */
  public void sized(long length) {
    chunked = false;
    left = length;
    state = length == 0 ? State.DONE : State.DATA;
  }

  /** Expects chunks. */
  public void chunked() {
    chunked = true;
    left = 0;
    digits = 0;
    extensionBytes = 0;
    trailers.reset();
    state = State.SIZE;
  }

  /** Expects everything until the connection ends. */
  public void untilClose() {
    chunked = false;
    left = Long.MAX_VALUE;
    state = State.DATA;
  }

  public boolean done() {
    return state == State.DONE;
  }

  /** Content bytes still to come where that is known, else -1. */
  public long left() {
    return done() ? 0 : chunked || left == Long.MAX_VALUE ? -1 : left;
  }

  /** The fields behind the content that is done; for once, as they are not kept. */
  public Headers trailers() {
    return trailers.headers();
  }

  /**
   * Consumes framing up to the next content.
   *
   * @return how many content bytes stand at the reader index, to be told to {@link #taken}; 0 when
   *     more must arrive or the content is {@link #done}
   */
  public int available(ByteBuf in) throws MalformedMessageException {
    while (state != State.DATA && state != State.DONE) {
      if (!in.isReadable()) {
        return 0;
      }
      if (state == State.TRAILER) {
        if (!trailers.read(in)) {
          return 0;
        }
        state = State.DONE;
      } else {
        step(in.readByte());
      }
    }
    return state == State.DONE ? 0 : (int) Math.min(left, in.readableBytes());
  }

  /** The caller has consumed {@code bytes} of the content. */
  public void taken(int bytes) {
    if (left == Long.MAX_VALUE) {
      return;
    }
    left -= bytes;
    if (left == 0) {
      state = chunked ? State.DATA_CR : State.DONE;
    }
  }

  private void step(byte octet) throws MalformedMessageException {
    switch (state) {
      case SIZE -> size(octet);
      case EXTENSION -> extension(octet);
      case SIZE_LF -> {
        expect(octet, '\n');
        if (left == 0) {
          state = State.TRAILER;
        } else {
          state = State.DATA;
        }
      }
      case DATA_CR -> {
        expect(octet, '\r');
        state = State.DATA_LF;
      }
      case DATA_LF -> {
        expect(octet, '\n');
        digits = 0;
        state = State.SIZE;
      }
      default -> throw new IllegalStateException(state.name());
    }
  }

  private void size(byte octet) throws MalformedMessageException {
    int digit = hex(octet);
    if (digit >= 0) {
      if (++digits > MOST_SIZE_DIGITS) {
        throw badRequest("a chunk size that is too large");
      }
      left = left * 16 + digit;
    } else if (digits == 0) {
      throw badRequest("no chunk size");
    } else if (octet == '\r') {
      state = State.SIZE_LF;
    } else if (octet == ';') {
      state = State.EXTENSION;
    } else {
      throw badRequest("no chunk size");
    }
  }

  private void extension(byte octet) throws MalformedMessageException {
    if (octet == '\r') {
      state = State.SIZE_LF;
    } else if (Octets.isControl(octet) || ++extensionBytes > MOST_EXTENSION_BYTES) {
      throw badRequest("a bad chunk extension");
    }
  }

  private static void expect(byte octet, char wanted) throws MalformedMessageException {
    if (octet != wanted) {
      throw badRequest("a chunk that does not end where it says");
    }
  }

  private static int hex(byte octet) {
    if (octet >= '0' && octet <= '9') {
      return octet - '0';
    }
    if (octet >= 'a' && octet <= 'f') {
      return octet - 'a' + 10;
    }
    if (octet >= 'A' && octet <= 'F') {
      return octet - 'A' + 10;
    }
    return -1;
  }

  /** Trailers are fields after the content; those that framing depends on may not come so late. */
  private final class TrailerReader extends HeadReader {
    TrailerReader(Scratch scratch) {
      super(limits, scratch);
    }

    @Override
    public void reset() {
      super.reset();
      withoutStartLine();
    }

    @Override
    boolean startLine(byte[] bytes, int from, int to) {
      throw new IllegalStateException("trailers have no start line");
    }

    @Override
    void accept(String name, String value) throws MalformedMessageException {
      if (name.equalsIgnoreCase("Content-Length")
          || name.equalsIgnoreCase("Transfer-Encoding")
          || name.equalsIgnoreCase("Host")) {
        throw badRequest("a trailer that changes framing");
      }
    }

    @Override
    void complete() {}

    @Override
    public int minorVersion() {
      return 1;
    }
  }
}
