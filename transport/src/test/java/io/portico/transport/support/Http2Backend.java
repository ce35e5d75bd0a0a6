package io.portico.transport.support;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import io.portico.gateway.http.UpstreamRequest.Origin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend on Netty's own HTTP/2 server, which shares no code with what it is called by. It sends
 * every request's content back; those below {@code /together} once all that are expected are there.
 */
// What fails on a channel ends it, and the client sees that.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Http2Backend implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger resets = new AtomicInteger();
  private final List<Http2Headers> heads = new CopyOnWriteArrayList<>();
  private final int together;

  /** Those that wait for the others; touched by the loop only. */
  private final List<ChannelHandlerContext> gathered = new CopyOnWriteArrayList<>();

  /**
   * @param streams most calls at once on a connection
   * @param together how many calls below {@code /together} are answered at once
   */
  public Http2Backend(int streams, int together) throws InterruptedException {
    this.together = together;
    listener =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.incrementAndGet();
                    channel
                        .pipeline()
                        .addLast(
                            BackendTls.get().netty().newHandler(channel.alloc()),
                            Http2FrameCodecBuilder.forServer()
                                .initialSettings(
                                    Http2Settings.defaultSettings().maxConcurrentStreams(streams))
                                .build(),
                            new Http2MultiplexHandler(
                                new ChannelInitializer<Channel>() {
                                  @Override
                                  protected void initChannel(Channel stream) {
                                    stream.pipeline().addLast(new Echo());
                                  }
                                }));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
  }

  public Origin origin() {
    return new Origin(
        true, "localhost", ((InetSocketAddress) listener.localAddress()).getPort(), true);
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  /** How many streams were reset so far. */
  public int resets() {
    return resets.get();
  }

  /** Heads of all requests so far. */
  public List<Http2Headers> heads() {
    return heads;
  }

  @Override
  public void close() {
    listener.close();
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      switch (message) {
        case Http2HeadersFrame arrived -> {
          heads.add(arrived.headers());
          if (arrived.headers().path().toString().startsWith("/together")) {
            gather(context);
          } else {
            answer(context, arrived.isEndStream());
          }
        }
        case Http2DataFrame data -> {
          // Written without a flush for each: what the window does not take waits in the codec.
          context.write(new DefaultHttp2DataFrame(data.content(), data.isEndStream()));
        }
        default -> ReferenceCountUtil.release(message);
      }
    }

    private void answer(ChannelHandlerContext context, boolean ended) {
      Http2Headers fields = new DefaultHttp2Headers().status("200");
      for (Map.Entry<CharSequence, CharSequence> field : heads.getLast()) {
        if (field.getKey().toString().startsWith("x-")) {
          fields.add(field.getKey(), field.getValue());
        }
      }
      context.write(new DefaultHttp2HeadersFrame(fields, ended));
    }

    private void gather(ChannelHandlerContext context) {
      gathered.add(context);
      if (gathered.size() == together) {
        ByteBuf content = Unpooled.wrappedBuffer(new byte[] {'a', 'l', 'l'});
        gathered.forEach(
            each -> {
              each.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")));
              each.writeAndFlush(new DefaultHttp2DataFrame(content.retainedDuplicate(), true));
            });
        content.release();
        gathered.clear();
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof Http2ResetFrame) {
        resets.incrementAndGet();
      }
      ReferenceCountUtil.release(event);
    }
  }
}
