package io.portico.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * The content of a request or response: none, held in memory, still on the wire, or made while it
 * is sent.
 */
public sealed interface Body permits Body.Empty, Body.Buffered, Body.Streamed, Body.Produced {

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

    /**
     * Content within the limit, once all of it is there: long text in UTF-8 as a stream, its length
     * known by then, and all else in memory. Content that is longer, as a stream from its first
     * byte on, whatever it is.
     *
     * @param limit most bytes to wait for
     * @param deadlineNanos when either must be clear, as {@link System#nanoTime} counts
     * @throws java.net.SocketTimeoutException if it is not
     * @throws IOException if the peer went away before the end
     */
    Body gatherText(long limit, long deadlineNanos) throws IOException;

    /**
     * The content as it arrives, for the calling thread: a read waits until something is there and
     * takes that. Little is kept of what is not read; then the peer waits. Closed before its end,
     * the rest is given up.
     */
    InputStream open();

    /**
     * The fields behind the content, once all of it was read; those of HTTP/2 are not kept.
     *
     * <p>Only who knows the peer has a use for them: they are sent on to nobody.
     */
    default Headers trailers() {
      return Headers.empty();
    }

    /**
     * Has somebody told when the content begins, as {@link System#nanoTime} counts: at once where
     * some of it is there, and never where nobody knows. To be said before it is taken.
     *
     * @param listener called on an event loop
     */
    default void whenBegun(LongConsumer listener) {}

    /** Gives the content up unread; its connection is drained or closed. */
    void discard();

    /**
     * Bounds what whoever takes the content gets: beyond {@code bytes} the content ends with a
     * {@link BodyTooLargeException}, and its connection with it. To be said before it is taken.
     */
    void limitTo(long bytes);
  }

  /**
   * Content of an answer that is made while it is sent. The transport calls the producer on the
   * thread that has answered the request, once, whether somebody still waits for it or not.
   */
  record Produced(Producer producer) implements Body {
    @Override
    public long length() {
      return -1;
    }

    @Override
    public byte[] readAll(long limit) throws IOException {
      Collected collected = new Collected(limit, Long.MAX_VALUE);
      producer.writeTo(collected);
      return collected.toByteArray();
    }

    @Override
    public byte[] readAll(long limit, long deadlineNanos) throws IOException {
      Collected collected = new Collected(limit, deadlineNanos - System.nanoTime());
      producer.writeTo(collected);
      return collected.toByteArray();
    }
  }

  /** Makes the content of an answer. */
  @FunctionalInterface
  interface Producer {
    /**
     * Writes the content; its end is where this returns.
     *
     * @param out sends on at once what is written. It waits for a client that does not keep up, and
     *     fails once the client has gone
     * @throws IOException if the content stays incomplete: the answer breaks off
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Keeps what is written, up to a limit and for a time. */
  final class Collected extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long limit;
    private final long nanos;
    private final long begin = System.nanoTime();

    private Collected(long limit, long nanos) {
      this.limit = limit;
      this.nanos = nanos;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
      if ((long) bytes.size() + length > limit) {
        throw new BodyTooLargeException(limit);
      }
      if (System.nanoTime() - begin > nanos) {
        throw new SocketTimeoutException("the body is not there in time");
      }
      bytes.write(content, offset, length);
    }

    private byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
