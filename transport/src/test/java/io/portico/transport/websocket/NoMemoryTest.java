package io.portico.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portico.gateway.http.websocket.SharedMessage;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.loop.Loop;
import io.portico.transport.loop.RequestThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a connection whose next message cannot be written for want of memory. */
final class NoMemoryTest {
  private final EventLoops loops =
      EventLoops.start(new EventLoops.Config(1, null, RequestThreads.onDefaultScheduler()));

  private final FullWire wire = new FullWire();
  private final Heard heard = new Heard();

  @AfterEach
  void close() {
    loops.close();
  }

  private ServerConnection opened() throws Exception {
    Loop loop = loops.all().getFirst();
    ServerConnection connection =
        new ServerConnection(
            loop,
            wire,
            new Handshake(null, null, new WebSocketUpgrade(heard, Heard.limits())),
            "127.0.0.1");
    wire.lost = connection::lost;
    loop.execute(connection::open);
    assertThat(heard.next()).isEqualTo("opened");
    return connection;
  }

  @Test
  void itEndsInsteadOfGoingOnWithoutTheMessage() throws Exception {
    ServerConnection connection = opened();

    assertThat(connection.send(new WebSocketMessage.Text("lost"))).isTrue();

    assertThat(heard.next()).isEqualTo("closed 1006");
    assertThat(wire.ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(connection.send(new WebSocketMessage.Text("more"))).isFalse();
    assertThat(wire.written).hasValue(0);
  }

  @Test
  void itEndsAloneWhereOthersAreSentTheSame() throws Exception {
    ServerConnection connection = opened();

    try (SharedMessage message = new SharedMessage(WebSocketMessage.of("lost"))) {
      assertThat(connection.send(message)).isFalse();
    }

    assertThat(heard.next()).isEqualTo("closed 1006");
    assertThat(wire.ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(wire.written).hasValue(0);
  }

  private static final class NoMemory extends AbstractByteBufAllocator {

    @Override
    protected ByteBuf newHeapBuffer(int length, int most) {
      throw new OutOfMemoryError("no memory for frames");
    }

    @Override
    protected ByteBuf newDirectBuffer(int length, int most) {
      throw new OutOfMemoryError("no memory for frames");
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }

  /** One beneath which there is no memory left. */
  private static final class FullWire implements Wire {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger written = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Runnable lost = () -> {};

    @Override
    public ByteBufAllocator alloc() {
      return new NoMemory();
    }

    @Override
    public ChannelPromise promise() {
      return channel.newPromise();
    }

    @Override
    public void write(ByteBuf frame, ChannelPromise promise) {
      written.incrementAndGet();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void endOutput() {}

    @Override
    public void reset() {
      lost.run();
    }

    @Override
    public void ended() {
      ended.countDown();
    }
  }
}
