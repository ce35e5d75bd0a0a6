package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.transport.loop.Loop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Takes content into memory for a thread that waits for it. */
final class ContentCollector implements ContentSink {
  private static final int FIRST_CAPACITY = 8 * 1024;
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final IncomingBody body;
  private final long limit;
  private final boolean givesBack;
  private final Thread reader = Thread.currentThread();

  private byte[] content = {};
  private int length;

  /** Written last by the loop; what stands above is read after it. */
  private volatile boolean done;

  private @Nullable IOException failure;
  private boolean gaveBack;

  /**
   * @param givesBack whether content beyond the limit goes back to where it comes from, all of it,
   *     instead of ending with an exception
   */
  ContentCollector(IncomingBody body, long limit, boolean givesBack) {
    this.body = body;
    this.limit = Math.min(limit, LONGEST_ARRAY);
    this.givesBack = givesBack;
  }

  /** Waits for the end. The connection bounds each pause. */
  byte[] await() throws IOException {
    while (!done) {
      LockSupport.park(this);
      endIfInterrupted();
    }
    return collected();
  }

  /** Waits for the end, but no longer than until {@code deadlineNanos}. */
  byte[] awaitUntil(long deadlineNanos) throws IOException {
    while (!done) {
      long left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        body.abandon();
        throw new SocketTimeoutException("the body is not there in time");
      }
      LockSupport.parkNanos(this, left);
      endIfInterrupted();
    }
    return collected();
  }

  /** Whether the content was too long and is to be taken by somebody else; asked after the wait. */
  boolean gaveBack() {
    return gaveBack;
  }

  private void endIfInterrupted() throws InterruptedIOException {
    if (!done && Thread.currentThread().isInterrupted()) {
      body.abandon();
      throw new InterruptedIOException("interrupted while a body arrives");
    }
  }

  private byte[] collected() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return length == content.length || gaveBack ? content : Arrays.copyOf(content, length);
  }

  @Override
  public Loop loop() {
    return body.loop();
  }

  @Override
  public void take(ByteBuf bytes) {
    if (givesBack && !done && (long) length + bytes.readableBytes() > limit) {
      body.takeBack(content, length, bytes);
      gaveBack = true;
      finish(null);
      return;
    }
    try {
      if (done) {
        return;
      }
      int more = bytes.readableBytes();
      if ((long) length + more > limit) {
        content = new byte[0];
        finish(new BodyTooLargeException(limit));
        body.abandon();
        return;
      }
      ensure(length + more);
      bytes.readBytes(content, length, more);
      length += more;
    } finally {
      bytes.release();
    }
  }

  @Override
  public void end() {
    if (!done) {
      finish(null);
    }
  }

  @Override
  public void fail(IOException cause) {
    if (!done) {
      finish(cause);
    }
  }

  private void finish(@Nullable IOException cause) {
    failure = cause;
    done = true;
    LockSupport.unpark(reader);
  }

  private void ensure(int capacity) {
    if (capacity <= content.length) {
      return;
    }
    long known = body.length();
    long wanted =
        known >= capacity && known <= 8L * capacity + FIRST_CAPACITY
            ? known
            : Math.max(FIRST_CAPACITY, 2L * capacity);
    content = Arrays.copyOf(content, (int) Math.min(wanted, limit));
  }
}
