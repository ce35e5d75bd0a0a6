package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.portico.gateway.http.websocket.SharedMessage;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.transport.loop.Loop;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to a client: how much of it may wait, and in which frames it goes. Room is
 * taken by any thread before what needs it is written by the loop, and given back when the kernel
 * has it.
 */
// A promise is of no more use once it has its listener.
@SuppressWarnings("FutureReturnValueIgnored")
final class Outgoing {
  private final Loop loop;
  private final ServerConnection connection;
  private final WebSocketLimits limits;
  private final Lifetime lifetime;

  /** Whether messages may be compressed. */
  private final boolean compression;

  /** Bytes of frames that were taken and are not with the kernel yet. */
  private final AtomicInteger unsent = new AtomicInteger();

  /** Whether more was left than may wait. */
  private volatile boolean overflown;

  Outgoing(
      Loop loop,
      ServerConnection connection,
      WebSocketLimits limits,
      Lifetime lifetime,
      boolean compression) {
    this.loop = loop;
    this.connection = connection;
    this.limits = limits;
    this.lifetime = lifetime;
    this.compression = compression;
  }

  // On any thread.

  /** Takes a message; whether the client is there, and not too slow for it. */
  boolean send(WebSocketMessage message) {
    return switch (message) {
      case WebSocketMessage.Text(String text) -> send(Opcode.TEXT, text.getBytes(UTF_8));
      case WebSocketMessage.Binary(byte[] bytes) -> send(Opcode.BINARY, bytes);
    };
  }

  private boolean send(int opcode, byte[] payload) {
    if (!hasRoomFor(payload.length)) {
      return false;
    }
    loop.handOver(() -> write(opcode, payload));
    return true;
  }

  /** The same of a message that others are sent as well, whose frames are written once. */
  boolean send(SharedMessage message) {
    SharedFrames shared = message.prepared(SharedFrames.class, SharedFrames::new);
    int payload = shared.length();
    if (!hasRoomFor(payload)) {
      return false;
    }
    ByteBuf frames = null;
    boolean handed = false;
    try {
      frames = shared.frames(connection.wire().alloc(), compression, limits.frame());
      ByteBuf its = frames;
      loop.handOver(() -> write(its, payload));
      handed = true;
      return its != null;
    } finally {
      if (!handed) {
        drop(frames, payload);
      }
    }
  }

  /** Takes room for a message if the client is there, and ends with one that is too slow. */
  private boolean hasRoomFor(int payload) {
    if (!connection.isOpen() || overflown) {
      return false;
    }
    if (takesRoom(payload)) {
      return true;
    }
    loop.handOver(() -> connection.shut(overflow()));
    return false;
  }

  /** Takes room; if there is none, there will be none. */
  private boolean takesRoom(int payload) {
    int length = length(payload);
    if (unsent.addAndGet(length) <= limits.unsent()) {
      return true;
    }
    unsent.addAndGet(-length);
    overflown = true;
    return false;
  }

  /** How the connection ends where there is none. */
  private WebSocketClose overflow() {
    return new WebSocketClose(limits.overflowCode(), "messages are read too slowly");
  }

  /** Gives back room that was taken for what is not written. */
  private void giveBack(int payload) {
    unsent.addAndGet(-length(payload));
  }

  private void drop(@Nullable ByteBuf frames, int payload) {
    if (frames != null) {
      frames.release();
    }
    giveBack(payload);
  }

  private int length(int payload) {
    return FrameWriter.length(payload, limits.frame());
  }

  // On the loop.

  /** Answers a client's ping. */
  void pong(byte[] payload) {
    if (takesRoom(payload.length)) {
      write(Opcode.PONG, payload);
    } else {
      connection.shut(overflow());
    }
  }

  /** Writes what there is room for. */
  private void write(int opcode, byte[] payload) {
    if (!connection.isOpen()) {
      giveBack(payload.length);
      return;
    }
    lifetime.active();
    ByteBuf frames = null;
    try {
      frames = frames(connection.wire().alloc(), opcode, payload);
    } finally {
      if (frames == null) {
        lose(payload.length);
      }
    }
    put(frames, payload.length);
  }

  /**
   * Writes frames that others are sent as well.
   *
   * @param frames null where there was no memory for them
   */
  private void write(@Nullable ByteBuf frames, int payload) {
    if (!connection.isOpen()) {
      drop(frames, payload);
    } else if (frames == null) {
      lose(payload);
    } else {
      lifetime.active();
      put(frames, payload);
    }
  }

  /**
   * There is no memory for a message. What comes behind it must not pass for all that was said, so
   * that the connection ends.
   */
  private void lose(int payload) {
    giveBack(payload);
    connection.wire().reset();
  }

  private void put(ByteBuf frames, int payload) {
    boolean handed = false;
    boolean written = false;
    try {
      ChannelPromise promise = connection.wire().promise();
      promise.addListener((ChannelFuture _) -> giveBack(payload));
      handed = true;
      connection.wire().write(frames, promise);
      written = true;
    } finally {
      if (!handed) {
        drop(frames, payload);
      }
      if (!written) {
        connection.wire().reset();
      }
    }
  }

  private ByteBuf frames(ByteBufAllocator alloc, int opcode, byte[] payload) {
    if (Opcode.isControl(opcode)) {
      return FrameWriter.frame(alloc, opcode, payload);
    }
    byte[] deflated = compression ? Compression.ofThread().deflate(payload) : null;
    return deflated == null
        ? FrameWriter.message(alloc, opcode, payload, limits.frame())
        : FrameWriter.message(alloc, opcode | FrameWriter.COMPRESSED, deflated, limits.frame());
  }
}
