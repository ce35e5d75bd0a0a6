package io.portico.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketLimits;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is on its way to a client: how much of it may wait, and in which frames it goes. Room is
 * taken by any thread before what needs it is written by the loop, and given back when the kernel
 * has it.
 */
// A promise is of no more use once it has its listener.
@SuppressWarnings("FutureReturnValueIgnored")
final class Outgoing {
  private final WebSocketLimits limits;

  /** Whether messages may be compressed. */
  private final boolean compression;

  /** Bytes of frames that were taken and are not with the kernel yet. */
  private final AtomicInteger unsent = new AtomicInteger();

  /** Whether more was left than may wait. */
  private volatile boolean overflown;

  Outgoing(WebSocketLimits limits, boolean compression) {
    this.limits = limits;
    this.compression = compression;
  }

  /** Whether there was too little room once, so that nothing more is taken. */
  boolean isOverflown() {
    return overflown;
  }

  /** How the connection ends then. */
  WebSocketClose overflow() {
    return new WebSocketClose(limits.overflowCode(), "messages are read too slowly");
  }

  /** Takes room for a message or a control frame; if there is none, there will be none. */
  boolean isRoomFor(byte[] payload) {
    int length = length(payload);
    if (unsent.addAndGet(length) <= limits.unsent()) {
      return true;
    }
    unsent.addAndGet(-length);
    overflown = true;
    return false;
  }

  /** Gives back room that was taken for what is not written. */
  void dropped(byte[] payload) {
    unsent.addAndGet(-length(payload));
  }

  private int length(byte[] payload) {
    return FrameWriter.length(payload.length, limits.frame());
  }

  /** Writes what there is room for. */
  void write(Wire wire, int opcode, byte[] payload) {
    boolean taken = false;
    try {
      ByteBuf frames = frames(wire.alloc(), opcode, payload);
      ChannelPromise written = wire.promise();
      written.addListener((ChannelFuture _) -> dropped(payload));
      taken = true;
      wire.write(frames, written);
    } finally {
      if (!taken) {
        // There may be no memory for it.
        dropped(payload);
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
