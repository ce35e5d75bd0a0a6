package io.portico.gateway.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The content of a request or response: none, held in memory, or still on the wire. */
public sealed interface Body permits Body.Empty, Body.Buffered, Body.Streamed {

  Body EMPTY = new Empty();

  /** A buffered body; {@link #EMPTY} for no bytes. */
  static Body of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Buffered(bytes);
  }

  /** A buffered body of the text's UTF-8 bytes. */
  static Body of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Length in bytes, or -1 where it is not known before the end (a chunked stream). */
  long length();

  /**
   * The whole content in memory, waiting for a stream to end; each pause of the peer is bounded.
   *
   * @param limit most bytes to accept
   * @throws BodyTooLargeException if the content is longer than {@code limit}
   * @throws IOException if the peer went away or was too slow before the end
   */
  byte[] readAll(long limit) throws IOException;

  /**
   * The same, the whole wait bounded.
   *
   * @param deadlineNanos when all of it must be there, as {@link System#nanoTime} counts
   * @throws java.net.SocketTimeoutException if it is not
   */
  byte[] readAll(long limit, long deadlineNanos) throws IOException;

  /** No content. */
  record Empty() implements Body {
    private static final byte[] NOTHING = {};

    @Override
    public long length() {
      return 0;
    }

    @Override
    public byte[] readAll(long limit) {
      return NOTHING;
    }

    @Override
    public byte[] readAll(long limit, long deadlineNanos) {
      return NOTHING;
    }
  }

  /** Content in memory. Whoever holds the array does not change it. */
  @SuppressWarnings("ArrayRecordComponent")
  record Buffered(byte[] bytes) implements Body {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public byte[] readAll(long limit) throws BodyTooLargeException {
      if (bytes.length > limit) {
        throw new BodyTooLargeException(limit);
      }
      return bytes;
    }

    @Override
    public byte[] readAll(long limit, long deadlineNanos) throws BodyTooLargeException {
      return readAll(limit);
    }
  }

  /**
   * Content that is still arriving; read at most once. The transport makes all of them: one that is
   * handed on unread, from a request to {@link Upstream} or from there to the response, is spliced
   * from connection to connection with back-pressure, without this thread. It sends on no others.
   */
  non-sealed interface Streamed extends Body {
    /**
     * Content that is short, in memory; content that is longer, as a stream from its first byte on.
     * What was gathered by then is not copied again, and no more is read until that stream is
     * taken.
     *
     * @param limit most bytes to gather
     * @param deadlineNanos when either must be clear, as {@link System#nanoTime} counts
     * @throws java.net.SocketTimeoutException if it is not
     * @throws IOException if the peer went away before the end
     */
    Body gather(long limit, long deadlineNanos) throws IOException;

    /** Gives the content up unread; its connection is drained or closed. */
    void discard();

    /**
     * Bounds what whoever takes the content gets: beyond {@code bytes} the content ends with a
     * {@link BodyTooLargeException}, and its connection with it. To be said before it is taken.
     */
    void limitTo(long bytes);
  }
}
