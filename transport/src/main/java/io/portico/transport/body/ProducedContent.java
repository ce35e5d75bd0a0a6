package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.portico.transport.loop.Loop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Content that the thread which made this writes: a piece is with its loop, and whoever takes it
 * keeps up, before the next one may follow. If nobody takes it any more, the thread is interrupted.
 */
public final class ProducedContent extends OutputStream implements ContentSource {
  private final Loop loop;
  private final IncomingBody body;
  private final Thread writer = Thread.currentThread();

  /** Whether the taker cannot keep up; the loop's own. */
  private boolean paused;

  /** Whether the writer waits; it sets this, the loop clears it. */
  private volatile boolean waiting;

  private volatile boolean abandoned;

  /**
   * @param loop whose thread takes the pieces
   */
  public ProducedContent(Loop loop) {
    this.loop = loop;
    this.body = new IncomingBody(loop, -1, this);
  }

  /** What takes the place of the content. */
  public IncomingBody body() {
    return body;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    checkWanted();
    if (length == 0) {
      return;
    }
    ByteBuf piece = Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, offset, offset + length));
    waiting = true;
    loop.handOver(() -> give(piece));
    while (waiting && !Thread.currentThread().isInterrupted()) {
      LockSupport.park(this);
    }
    checkWanted();
  }

  private void checkWanted() throws IOException {
    if (abandoned) {
      throw new IOException("nobody takes the content any more");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while content is written");
    }
  }

  /** All of it is written. */
  public void end() {
    loop.handOver(body::end);
  }

  /** The rest will not come. */
  public void fail(IOException cause) {
    loop.handOver(() -> body.fail(cause));
  }

  private void give(ByteBuf piece) {
    body.arrived(piece);
    if (!paused) {
      goOn();
    }
  }

  private void goOn() {
    waiting = false;
    LockSupport.unpark(writer);
  }

  @Override
  public void demanded() {}

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    goOn();
  }

  @Override
  public void abandoned() {
    abandoned = true;
    goOn();
    writer.interrupt();
  }
}
