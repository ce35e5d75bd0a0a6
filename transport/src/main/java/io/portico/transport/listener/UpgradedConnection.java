package io.portico.transport.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.portico.gateway.http.ClientConnection;
import io.portico.transport.loop.Loop;
import io.portico.transport.websocket.Handshake;
import io.portico.transport.websocket.Line;
import io.portico.transport.websocket.ServerConnection;
import org.jspecify.annotations.Nullable;

/** A client's connection that has become WebSocket's. It never gives way: none is idle for HTTP. */
final class UpgradedConnection implements Connection, Line {
  private final HttpListener listener;
  private final Loop loop;

  /** Null on a plain connection. */
  private final @Nullable SslHandler tls;

  private final ServerConnection webSocket;

  UpgradedConnection(
      HttpListener listener,
      Loop loop,
      ClientConnection client,
      @Nullable SslHandler tls,
      Handshake handshake) {
    this.listener = listener;
    this.loop = loop;
    this.tls = tls;
    this.webSocket = new ServerConnection(loop, this, handshake, client.remoteIp());
  }

  /** What stands in the channel's pipeline. */
  ServerConnection webSocket() {
    return webSocket;
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public void drain() {
    webSocket.drain();
  }

  @Override
  public boolean giveWay() {
    return false;
  }

  @Override
  public void abort() {
    webSocket.abort();
  }

  @Override
  public void endOutput(ChannelHandlerContext context) {
    ConnectionEnd.endOutput(context, tls);
  }

  @Override
  public void reset(ChannelHandlerContext context) {
    ConnectionEnd.reset(context, tls);
  }

  @Override
  public void ended() {
    listener.closed(this);
  }
}
