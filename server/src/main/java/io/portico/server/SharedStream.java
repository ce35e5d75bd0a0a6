package io.portico.server;

import io.portico.gateway.execute.telemetry.StreamLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A stream that several logs go to. It is written to by one at a time: a line stands whole, and one
 * that is cut short is ended before the next, whichever log that is of.
 */
final class SharedStream implements StreamLines.Target, WritableByteChannel {
  private final WritableByteChannel channel;

  /** Whether a line has begun and not ended. */
  private boolean torn;

  SharedStream(WritableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public WritableByteChannel channel() {
    return this;
  }

  /** It stays, but nothing will stand behind it. */
  @Override
  public boolean takesBack(int bytes, int taken) {
    return true;
  }

  @Override
  public synchronized int write(ByteBuffer bytes) throws IOException {
    if (torn) {
      writeAll(ByteBuffer.wrap(new byte[] {'\n'}));
      torn = false;
    }
    int before = bytes.position();
    try {
      writeAll(bytes);
    } finally {
      int after = bytes.position();
      torn = after > before && bytes.get(after - 1) != '\n';
    }
    return bytes.position() - before;
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        throw new IOException("it takes no more now");
      }
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
