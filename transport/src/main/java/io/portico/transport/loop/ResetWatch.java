package io.portico.transport.loop;

import io.netty.channel.Channel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.channel.uring.IoUringTcpInfo;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Notices that a peer has reset its connection in the middle of a message, where the event loop may
 * not tell.
 *
 * <p>On io_uring Netty (4.2.18) reads while the kernel says that there is more, and then waits for
 * an event. A reset that came right behind the last bytes is not counted as more, and its event is
 * over by then: the rest of the message would be waited for until a time limit. Asking anew each
 * time ({@code io.netty.iouring.pollAddMultishotEnabled=false}) would notice it, at a tenth more
 * CPU time for every request; this costs a look at the socket for what does not come in one piece.
 */
public final class ResetWatch {
  /** From tcp_states.h of Linux. */
  private static final int TCP_CLOSE = 7;

  /** What is there to be read is read long before. */
  private static final long GRACE_MILLIS = 20;

  /** What a look at the socket fills; one for each loop. */
  private static final FastThreadLocal<IoUringTcpInfo> INFO =
      new FastThreadLocal<>() {
        @Override
        protected IoUringTcpInfo initialValue() {
          return new IoUringTcpInfo();
        }
      };

  private long heard;

  /** Bytes have come. */
  public void heard() {
    heard++;
  }

  /**
   * For now the peer has sent no more, and either its message is not complete or nothing is under
   * way that it waits for. Called on the loop.
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  public void waiting(Channel channel) {
    if (channel instanceof IoUringSocketChannel socket && isReset(socket)) {
      long before = heard;
      channel
          .eventLoop()
          .schedule(
              () -> {
                // While nobody reads there may be more to be read; whoever reads again waits anew.
                if (heard == before && channel.isActive() && channel.config().isAutoRead()) {
                  channel
                      .pipeline()
                      .fireExceptionCaught(new IOException("connection reset by peer"));
                }
              },
              GRACE_MILLIS,
              TimeUnit.MILLISECONDS);
    }
  }

  private static boolean isReset(IoUringSocketChannel socket) {
    return socket.isActive() && socket.tcpInfo(INFO.get()).state() == TCP_CLOSE;
  }
}
