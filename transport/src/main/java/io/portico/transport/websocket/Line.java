package io.portico.transport.websocket;

import io.netty.channel.ChannelHandlerContext;

/** What lies beneath a WebSocket connection, as whoever let the client in keeps it. */
public interface Line {

  /** Ends the sending side behind all that is written; what the client sends is read on. */
  void endOutput(ChannelHandlerContext context);

  /** Ends it at once; what is not sent yet is lost. */
  void reset(ChannelHandlerContext context);

  /** It has ended, and the listener has heard so. Called once. */
  void ended();
}
