package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.portico.transport.loop.ComputePool;
import io.portico.transport.loop.Loop;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a handshake computes (keys agreed upon, a signature) off the event loop, and reads
 * nothing from the client while that waits for its turn: what is sent meanwhile would pile up.
 *
 * <p>Stands outside the TLS handler until the handshake is done; from then on it sees to it that a
 * client of TLS 1.2 begins no other one. Belongs to its loop's thread.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class HandshakeGate extends ChannelOutboundHandlerAdapter implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(HandshakeGate.class);

  /** RFC 8446, 6.2: a record of TLS 1.2 with a fatal {@code handshake_failure}. */
  private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

  private enum State {
    READING,
    WAITING,
    DONE,
    DONE_FOR_GOOD
  }

  private final Loop loop;
  private final Channel channel;
  private State state = State.READING;
  private boolean silent = true;
  private boolean toldIfSilent;

  HandshakeGate(Loop loop, Channel channel) {
    this.loop = loop;
    this.channel = channel;
  }

  /**
   * The handshake is done, and this stands in the pipeline no more.
   *
   * @param version of TLS that was agreed upon
   */
  void done(String version) {
    state = version.equals("TLSv1.2") ? State.DONE_FOR_GOOD : State.DONE;
    channel.pipeline().remove(this);
  }

  @Override
  public void execute(Runnable task) {
    switch (state) {
      case READING, WAITING -> {
        state = State.WAITING;
        channel.config().setAutoRead(false);
        ComputePool.handshakes()
            .execute(
                () -> {
                  if (channel.isActive()) {
                    // Before what the task leaves with the loop: whoever reads by then may stop.
                    loop.execute(this::turnHasCome);
                    task.run();
                  }
                });
      }
      // What TLS 1.3 may still have to compute.
      case DONE -> ComputePool.handshakes().execute(task);
      case DONE_FOR_GOOD -> {
        // BoringSSL never does it, the JDK's TLS as often as it is asked to.
        LOG.debug("{} negotiates anew", channel.remoteAddress());
        channel.close();
      }
    }
  }

  private void turnHasCome() {
    if (state == State.WAITING) {
      state = State.READING;
      channel.config().setAutoRead(true);
    }
  }

  /** The handshake has failed by what the client sent, which is told so if nobody does. */
  void failed() {
    toldIfSilent = true;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    silent &= message instanceof ByteBuf bytes && !bytes.isReadable();
    ctx.write(message, promise);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!toldIfSilent || !silent) {
      ctx.close(promise);
      return;
    }
    // Netty (4.2.18) loses what BoringSSL says when there is no suite in common, as it finds out in
    // a task.
    silent = false;
    ctx.writeAndFlush(ctx.alloc().directBuffer(ALERT.length).writeBytes(ALERT))
        .addListener((ChannelFuture _) -> ctx.close(promise));
  }

  /** The TLS handler asks for more, too, as long as the handshake is not done. */
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (state != State.WAITING) {
      ctx.read();
    }
  }
}
