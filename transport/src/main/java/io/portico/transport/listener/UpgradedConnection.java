package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.portico.gateway.http.ClientConnection;
import io.portico.transport.loop.Loop;
import io.portico.transport.loop.ResetWatch;
import io.portico.transport.websocket.Handshake;
import io.portico.transport.websocket.ServerConnection;
import io.portico.transport.websocket.Wire;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection that has become WebSocket's as a whole: the only handler on its channel but
 * TLS. It never gives way: none is idle for HTTP.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpgradedConnection extends ChannelInboundHandlerAdapter implements Connection, Wire {
  private static final Logger LOG = LoggerFactory.getLogger(UpgradedConnection.class);

  private final HttpListener listener;
  private final Loop loop;

  /** Null on a plain connection. */
  private final @Nullable SslHandler tls;

  private final ServerConnection webSocket;
  private final ResetWatch resets = new ResetWatch();
  private @Nullable ChannelHandlerContext context;

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

  @Override
  public Loop loop() {
    return loop;
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context, "not on its channel yet");
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    webSocket.open();
    resume();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    resets.heard();
    webSocket.arrived((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (webSocket.isOpen()) {
      resets.waiting(ctx.channel());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    webSocket.lost();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (ConnectionEnd.isLoss(cause)) {
      LOG.debug("{} is lost", webSocket.remoteIp(), cause);
    } else {
      LOG.error("A connection of {} ends with an exception", webSocket.remoteIp(), cause);
    }
    ctx.close();
  }

  // What the listener asks for.

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
    boolean _ = webSocket.abort();
  }

  // What WebSocket asks for.

  @Override
  public ByteBufAllocator alloc() {
    return context().alloc();
  }

  @Override
  public ChannelPromise promise() {
    return context().newPromise();
  }

  @Override
  public void write(ByteBuf frame, ChannelPromise written) {
    context().write(frame, written);
    loop.flushSoon(context().channel());
  }

  @Override
  public void pause() {
    context().channel().config().setAutoRead(false);
  }

  @Override
  public void resume() {
    context().channel().config().setAutoRead(true);
  }

  @Override
  public void endOutput() {
    ConnectionEnd.endOutput(context(), tls);
  }

  @Override
  public void reset() {
    ConnectionEnd.reset(context(), tls);
  }

  @Override
  public void ended() {
    listener.closed(this);
  }
}
