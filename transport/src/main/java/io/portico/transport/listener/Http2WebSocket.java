package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.portico.transport.websocket.Handshake;
import io.portico.transport.websocket.ServerConnection;
import io.portico.transport.websocket.Wire;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose client asks for WebSocket (RFC 8441): DATA carries WebSocket's frames, END_STREAM
 * and RST_STREAM stand for TCP's FIN and RST. What is not wanted yet is not given back to the
 * client's window, so no more of it can come than a window holds.
 *
 * <p>Until the handshake is answered, what comes waits; if the answer is a refusal, it is dropped.
 */
final class Http2WebSocket implements Wire {
  private final Http2Connection connection;
  private final Http2Stream stream;

  /** Null until the handshake is answered, and if it is refused. */
  private @Nullable ServerConnection webSocket;

  /** What has come before. */
  private @Nullable ByteBuf early;

  private boolean paused = true;
  private boolean discarded;
  private boolean inputEnded;

  /** Bytes the client's window is short of. */
  private int kept;

  /**
   * @param inputEnded whether nothing follows
   */
  Http2WebSocket(Http2Connection connection, Http2Stream stream, boolean inputEnded) {
    this.connection = connection;
    this.stream = stream;
    this.inputEnded = inputEnded;
  }

  /** The answer says that it is open. */
  void open(Handshake handshake) {
    ServerConnection opened =
        new ServerConnection(connection.loop(), this, handshake, connection.client().remoteIp());
    webSocket = opened;
    paused = false;
    connection.webSockets().add(opened);
    opened.open();
    ByteBuf bytes = early;
    early = null;
    if (bytes != null) {
      opened.arrived(bytes);
    }
    if (!paused) {
      resume();
    }
  }

  /** Whether the handshake was answered so. */
  boolean isOpen() {
    return webSocket != null;
  }

  /** It will not be opened. */
  void discard() {
    discarded = true;
    dropEarly();
    giveBack();
  }

  /**
   * Takes what has arrived.
   *
   * @return how many of the bytes may be given back to the window at once
   */
  int arrived(ByteBuf data) {
    int count = data.readableBytes();
    if (discarded || count == 0) {
      return count;
    }
    ByteBuf bytes = data.readRetainedSlice(count);
    if (webSocket != null) {
      webSocket.arrived(bytes);
    } else {
      early =
          early == null
              ? bytes
              : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(alloc(), early, bytes);
    }
    if (paused) {
      kept += count;
      return 0;
    }
    return count;
  }

  /** The client has ended its side. */
  void inputEnded() {
    inputEnded = true;
    if (webSocket != null && !paused) {
      webSocket.inputEnded();
    }
  }

  /** The stream is closed, whoever did it. */
  void closed() {
    discarded = true;
    kept = 0;
    dropEarly();
    if (webSocket != null) {
      webSocket.lost();
    }
  }

  private void dropEarly() {
    if (early != null) {
      early.release();
      early = null;
    }
  }

  private void giveBack() {
    int bytes = kept;
    kept = 0;
    if (bytes > 0) {
      connection.giveBack(stream, bytes);
    }
  }

  // What WebSocket asks for.

  @Override
  public ByteBufAllocator alloc() {
    return connection.alloc();
  }

  @Override
  public ChannelPromise promise() {
    return connection.promise();
  }

  @Override
  public void write(ByteBuf frame, ChannelPromise written) {
    connection.writeData(stream, frame, false, written);
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    giveBack();
    if (inputEnded && webSocket != null) {
      webSocket.inputEnded();
    }
  }

  @Override
  public void endOutput() {
    connection.writeData(stream, alloc().directBuffer(0), true, promise());
  }

  /** RFC 8441, 5: as CANCEL says it. */
  @Override
  public void reset() {
    connection.reset(stream, Http2Error.CANCEL);
  }

  @Override
  public void ended() {
    connection.webSockets().remove(Objects.requireNonNull(webSocket));
  }
}
