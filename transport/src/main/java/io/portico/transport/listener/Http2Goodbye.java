package io.portico.transport.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.portico.transport.loop.Deadline;
import java.util.concurrent.TimeUnit;

/**
 * How a client hears that its connection will end (RFC 9113, 6.8): requests on their way are still
 * taken, until it has answered a PING behind the news or must know by now. Belongs to its loop's
 * thread.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Goodbye {
  /** How long a client may take to hear of it before streams are counted. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long PING = 0x706f727469636fL;

  private final Http2Connection connection;
  private final Runnable heard;
  private final Deadline deadline;
  private boolean said;

  /**
   * One not said yet.
   *
   * @param heard what is done then
   */
  Http2Goodbye(Http2Connection connection, Runnable heard) {
    this.connection = connection;
    this.heard = heard;
    this.deadline = Deadline.calling(connection.loop(), this::waited);
  }

  boolean isSaid() {
    return said;
  }

  void say(ChannelHandlerContext context) {
    said = true;
    connection.goAway(
        context,
        Integer.MAX_VALUE,
        Http2Error.NO_ERROR.code(),
        Unpooled.EMPTY_BUFFER,
        context.newPromise());
    connection.encoder().writePing(context, false, PING, context.newPromise());
    deadline.in(PATIENCE_NANOS);
  }

  /** The client has answered a PING. */
  void pinged(long data) {
    if (said && data == PING) {
      waited();
    }
  }

  private void waited() {
    deadline.clear();
    heard.run();
  }

  /** It makes no difference any more. */
  void clear() {
    deadline.clear();
  }
}
