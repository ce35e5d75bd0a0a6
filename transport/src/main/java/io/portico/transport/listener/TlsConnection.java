package io.portico.transport.listener;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.portico.gateway.http.ClientConnection;
import io.portico.transport.loop.Loop;
import java.net.InetSocketAddress;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection until TLS is agreed upon; then what the client has chosen (ALPN) takes its
 * place. The TLS handler bounds the time.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class TlsConnection extends ChannelInboundHandlerAdapter implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(TlsConnection.class);

  private static final String PLAIN_REFUSAL_BODY =
      "{\"message\": \"This port speaks HTTPS, not plain HTTP.\"}";

  private static final String PLAIN_REFUSAL =
      """
      HTTP/1.1 400 Bad Request\r
      Content-Type: application/json\r
      Content-Length: %d\r
      Connection: close\r
      \r
      %s"""
          .formatted(PLAIN_REFUSAL_BODY.length(), PLAIN_REFUSAL_BODY);

  private final HttpListener listener;
  private final Loop loop;
  private final HandshakeGate gate;
  private final SslHandler tls;
  private @Nullable ChannelHandlerContext context;
  private boolean leaving;

  TlsConnection(HttpListener listener, Loop loop, HandshakeGate gate, SslHandler tls) {
    this.listener = listener;
    this.loop = loop;
    this.gate = gate;
    this.tls = tls;
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    InetSocketAddress remote = ((SocketChannel) ctx.channel()).remoteAddress();
    if (remote == null || !listener.opened(this, remote.getAddress())) {
      abort();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent completion)) {
      return;
    }
    if (!completion.isSuccess()) {
      failed(ctx, completion.cause());
      return;
    }
    SocketChannel channel = (SocketChannel) ctx.channel();
    InetSocketAddress remote = channel.remoteAddress();
    InetSocketAddress local = channel.localAddress();
    if (remote == null || local == null) {
      abort();
      return;
    }
    gate.done(tls.engine().getSession().getProtocol());
    ClientConnection client = new ClientConnection(remote, local, session());
    if (ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
      listener.speakHttp2(this, ctx, client, tls);
      return;
    }
    Http1Connection next = new Http1Connection(listener, loop, client, tls);
    listener.replaced(this, next);
    ctx.pipeline().replace(this, null, next);
  }

  /** The TLS handler closes after this. */
  private void failed(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("No TLS with {}", ctx.channel().remoteAddress(), cause);
    ChannelHandlerContext outside = ctx.pipeline().context(tls);
    if (cause instanceof NotSslRecordException && outside != null) {
      // Whoever speaks plainly here understands this; it leaves beside the TLS handler.
      outside.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), PLAIN_REFUSAL));
    } else if (cause instanceof SSLHandshakeException
        && !(cause instanceof SslHandshakeTimeoutException)) {
      gate.failed();
    }
  }

  private ClientConnection.TlsSession session() {
    SSLSession session = tls.engine().getSession();
    String serverName = null;
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          serverName = host.getAsciiName();
        }
      }
    }
    return new ClientConnection.TlsSession(
        session.getProtocol(), session.getCipherSuite(), serverName);
  }

  @Override
  public void drain() {
    abort();
  }

  @Override
  public boolean giveWay() {
    if (leaving) {
      return false;
    }
    abort();
    return true;
  }

  @Override
  public void abort() {
    leaving = true;
    if (context != null) {
      context.channel().close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    listener.closed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("A connection of {} ends", ctx.channel().remoteAddress(), cause);
    ctx.close();
  }
}
