package io.portico.transport.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Stream;
import io.portico.gateway.http.Body;
import io.portico.transport.body.ContentSink;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.body.MemoryContent;
import io.portico.transport.loop.Loop;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request's content on its way out on a stream, as far as the backend's windows reach; a streamed
 * body is paused when they do not.
 */
final class StreamUpload implements ContentSink {
  /** A body up to this size is left with the codec at once. */
  private static final int ONE_PIECE = 16 * 1024;

  private final SharedConnection connection;
  private final SharedStream call;
  private final Http2Stream stream;

  /** What is left of a body in memory, while it goes out. */
  private @Nullable MemoryContent rest;

  /** What the content is streamed from, while it is. */
  private @Nullable IncomingBody source;

  private boolean paused;
  private boolean over;

  StreamUpload(SharedConnection connection, SharedStream call, Http2Stream stream) {
    this.connection = connection;
    this.call = call;
    this.stream = stream;
  }

  void start(Body body) {
    switch (body) {
      case Body.Empty _ -> over = true;
      case Body.Buffered(byte[] bytes) when bytes.length <= ONE_PIECE ->
          writeLast(Unpooled.wrappedBuffer(bytes));
      case Body.Buffered(byte[] bytes) -> {
        rest = new MemoryContent(bytes);
        writeRest();
      }
      case IncomingBody arriving -> {
        source = arriving;
        arriving.transferTo(this);
      }
      case Body.Streamed foreign ->
          throw new IllegalStateException("not a stream of this transport: " + foreign.getClass());
      case Body.Produced _ -> throw new IllegalStateException("content of answers only");
    }
  }

  private void writeRest() {
    MemoryContent memory = rest;
    while (memory != null && !over && connection.isWritable(stream)) {
      ByteBuf slice = memory.next(connection.alloc());
      if (memory.isDone()) {
        rest = null;
        writeLast(slice);
        return;
      }
      connection.writeData(stream, slice, false);
    }
  }

  /** The windows, or the connection, take more. */
  void writable() {
    if (rest != null) {
      // Not within the codec's own round.
      loop().execute(this::writeRest);
    } else if (paused && source != null) {
      paused = false;
      source.resume();
    }
  }

  /** Nothing more is sent. */
  void stop() {
    over = true;
    rest = null;
    IncomingBody unread = source;
    source = null;
    if (unread != null) {
      unread.abandon();
    }
  }

  private void writeLast(ByteBuf bytes) {
    over = true;
    connection.writeData(stream, bytes, true);
  }

  @Override
  public Loop loop() {
    return connection.loop();
  }

  @Override
  public void take(ByteBuf bytes) {
    if (over || !bytes.isReadable()) {
      bytes.release();
      return;
    }
    connection.writeData(stream, bytes, false);
    if (!paused && source != null && !connection.isWritable(stream)) {
      paused = true;
      source.pause();
    }
  }

  @Override
  public void end() {
    if (!over) {
      source = null;
      writeLast(Unpooled.EMPTY_BUFFER);
    }
  }

  @Override
  public void fail(IOException cause) {
    if (!over) {
      over = true;
      source = null;
      call.requestFailed(cause);
    }
  }
}
