package io.portico.transport.listener;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a client's connection ends, whatever it speaks. */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectionEnd {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionEnd.class);

  private ConnectionEnd() {}

  /**
   * Resets it, so that an answer that only the connection's end would end is not taken for whole;
   * for the same reason TLS has no chance to say that this is the end.
   */
  static void reset(ChannelHandlerContext context, @Nullable SslHandler tls) {
    try {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException e) {
      LOG.debug("{} is gone already", context.channel(), e);
    }
    ChannelHandlerContext outside = tls == null ? null : context.pipeline().context(tls);
    (outside == null ? context : outside).close();
  }

  /** Whether a failure only says that the client has gone, in good order or not. */
  static boolean isLoss(Throwable cause) {
    return cause instanceof IOException || cause.getCause() instanceof SSLException;
  }

  /** Whether nothing that was written is still to be sent. */
  static boolean isOutputEmpty(ChannelHandlerContext context) {
    ChannelOutboundBuffer output = context.channel().unsafe().outboundBuffer();
    return output == null || output.totalPendingWriteBytes() == 0;
  }

  /**
   * Ends the sending side behind all that is written: a close with unread input would take back the
   * answer.
   */
  static void endOutput(ChannelHandlerContext context, @Nullable SslHandler tls) {
    ChannelFuture last = context.writeAndFlush(context.alloc().directBuffer(0));
    ChannelFuture ended = tls == null ? last : tls.closeOutbound();
    ended.addListener(_ -> ((SocketChannel) context.channel()).shutdownOutput());
  }
}
