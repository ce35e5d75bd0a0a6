package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import io.portico.transport.loop.Loop;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Content as it arrives, for the thread that made this. While more is kept than a few chunks, the
 * connection is paused.
 */
final class ContentStream extends InputStream implements ContentSink {
  private static final int MOST_KEPT = 64 * 1024;

  private final IncomingBody body;
  private final Thread reader = Thread.currentThread();

  private final Queue<byte[]> pieces = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final AtomicBoolean paused = new AtomicBoolean();

  /** Written last by the loop; what stands above it and below is read after it. */
  private volatile boolean done;

  private @Nullable IOException failure;

  /** What the reader has of a piece. */
  private byte @Nullable [] piece;

  private int offset;
  private boolean closed;

  ContentStream(IncomingBody body) {
    this.body = body;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int start, int most) throws IOException {
    if (most == 0) {
      return 0;
    }
    byte[] current = piece;
    if (current == null) {
      current = await();
      if (current == null) {
        return -1;
      }
    }
    int count = Math.min(most, current.length - offset);
    System.arraycopy(current, offset, into, start, count);
    offset += count;
    piece = current;
    if (offset == current.length) {
      piece = null;
      offset = 0;
      kept.addAndGet(-current.length);
      resumeIfDrained();
    }
    return count;
  }

  /** The next piece, or null at the end. */
  private byte @Nullable [] await() throws IOException {
    while (true) {
      if (closed) {
        throw new IOException("the stream is closed");
      }
      boolean over = done;
      byte[] next = pieces.poll();
      if (next != null) {
        return next;
      }
      if (over) {
        if (failure != null) {
          throw failure;
        }
        return null;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while a body arrives");
      }
      LockSupport.park(this);
    }
  }

  /** Gives the rest up, if there is one. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      piece = null;
      pieces.clear();
      if (!done) {
        body.abandon();
      }
    }
  }

  @Override
  public Loop loop() {
    return body.loop();
  }

  @Override
  public void take(ByteBuf bytes) {
    int count = bytes.readableBytes();
    byte[] taken = new byte[count];
    bytes.readBytes(taken).release();
    if (count == 0 || done) {
      return;
    }
    pieces.add(taken);
    if (kept.addAndGet(count) > MOST_KEPT && paused.compareAndSet(false, true)) {
      body.pause();
      // The reader may have taken all of it before it could see that.
      resumeIfDrained();
    }
    LockSupport.unpark(reader);
  }

  private void resumeIfDrained() {
    if (kept.get() <= MOST_KEPT / 2 && paused.compareAndSet(true, false)) {
      body.resume();
    }
  }

  @Override
  public void end() {
    done = true;
    LockSupport.unpark(reader);
  }

  @Override
  public void fail(IOException cause) {
    failure = cause;
    done = true;
    LockSupport.unpark(reader);
  }
}
