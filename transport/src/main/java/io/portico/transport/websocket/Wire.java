package io.portico.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelPromise;

/**
 * What lies beneath a WebSocket connection, as whoever let the client in keeps it. What arrives it
 * tells by {@link ServerConnection#arrived}, and its end by {@link ServerConnection#inputEnded} and
 * {@link ServerConnection#lost}. Belongs to the loop's thread.
 */
public interface Wire {

  ByteBufAllocator alloc();

  /** One for {@link #write}. */
  ChannelPromise promise();

  /**
   * Sends a frame behind those before it, soon.
   *
   * @param written told when the kernel has it, or the wire is lost
   */
  void write(ByteBuf frame, ChannelPromise written);

  /** Nothing more is wanted for now; a little may arrive still. */
  void pause();

  /** All that has arrived was taken, and more is wanted. */
  void resume();

  /** Ends the sending side behind all that is written; what the client sends is read on. */
  void endOutput();

  /** Ends it at once; what is not sent yet is lost. */
  void reset();

  /** It has ended, and the listener has heard so. Called once. */
  void ended();
}
