package io.portico.lambda.environment;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an invocation while it comes: what a function streams, and how the invocation ends.
 *
 * <p>While more is kept than a bound the function waits, and its time goes on. Whoever wants no
 * more of it lets the function go on all the same. AWS: source: documented, Response streaming for
 * Lambda functions: a function is billed to its end when its client goes away.
 */
public final class ResponseStream {
  private static final int MOST_KEPT = 256 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int kept;

  /** Null until the function begins to stream. */
  private @Nullable String contentType;

  private boolean abandoned;

  /** How the invocation has ended: one of the three, or none while it runs. */
  private @Nullable Invoked invoked;

  private @Nullable ConcurrencyException refusal;
  private @Nullable IOException failure;

  ResponseStream() {}

  // --- What the function does

  /** The function streams. */
  void begin(String type) {
    lock.lock();
    try {
      contentType = type;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Hands a piece on; waits while too much is kept. */
  void write(byte[] piece) throws InterruptedException {
    lock.lock();
    try {
      while (kept >= MOST_KEPT && isOpen()) {
        changed.await();
      }
      if (isOpen()) {
        pieces.add(piece);
        kept += piece.length;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isOpen() {
    return !abandoned && !isOver();
  }

  private boolean isOver() {
    return invoked != null || refusal != null || failure != null;
  }

  // --- How the invocation ends

  void end(Invoked end) {
    lock.lock();
    try {
      invoked = end;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void refuse(ConcurrencyException reason) {
    lock.lock();
    try {
      refusal = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void fail(IOException reason) {
    lock.lock();
    try {
      failure = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // --- What whoever has invoked it does

  /**
   * Waits until the function streams or the invocation has ended.
   *
   * @return the content type of what it streams; null if it has answered, or failed, as a whole
   * @throws ConcurrencyException if it runs as often as it may
   * @throws IOException if this machine has no room for another environment
   */
  public @Nullable String contentType()
      throws ConcurrencyException, IOException, InterruptedException {
    lock.lock();
    try {
      while (contentType == null && !isOver()) {
        changed.await();
      }
      check();
      return contentType;
    } finally {
      lock.unlock();
    }
  }

  private void check() throws ConcurrencyException, IOException {
    if (refusal != null) {
      throw refusal;
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** The next piece of what is streamed; waits for one. Null at the end, whatever that is. */
  public byte @Nullable [] next() throws InterruptedException {
    lock.lock();
    try {
      while (pieces.isEmpty() && !isOver()) {
        changed.await();
      }
      byte[] piece = pieces.poll();
      if (piece != null) {
        kept -= piece.length;
        changed.signalAll();
      }
      return piece;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What became of the invocation, after the last piece. Of what was streamed the payload has
   * nothing; if it was cut short by a failure, it is the error document.
   *
   * @throws IOException if it broke off for a reason of this process
   * @throws IllegalStateException if it has not ended
   */
  public Invoked invoked() throws IOException {
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
      if (invoked == null) {
        throw new IllegalStateException("the invocation has not ended");
      }
      return invoked;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the pieces of what is streamed. */
  @FunctionalInterface
  public interface Taker {
    void take(byte[] piece) throws IOException;
  }

  /**
   * Hands on every piece that is left, as they come.
   *
   * @return what became of the invocation, as {@link #invoked}
   * @throws IOException if the taker fails, or waiting was interrupted: then nobody wants more of
   *     it
   */
  public Invoked handOn(Taker taker) throws IOException {
    try {
      for (byte[] piece = next(); piece != null; piece = next()) {
        taker.take(piece);
      }
      return invoked();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a function streams");
    } finally {
      abandon();
    }
  }

  /** Nobody wants more of it. */
  public void abandon() {
    lock.lock();
    try {
      abandoned = true;
      pieces.clear();
      kept = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
