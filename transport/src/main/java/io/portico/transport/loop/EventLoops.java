package io.portico.transport.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of a process, one per core, shared by its listeners and its upstream client: on
 * the fast path a request stays on one of them from its first byte to its last.
 */
// awaitTermination tells.
@SuppressWarnings("FutureReturnValueIgnored")
public final class EventLoops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);
  private static final long START_SECONDS = 10;
  private static final long CLOSE_SECONDS = 5;

  private final MultiThreadIoEventLoopGroup group;
  private final List<Loop> loops;
  private final IoTransport transport;
  private final String choice;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * What loops to start.
   *
   * @param count of loops; 0 for one per core
   * @param transport the one to use, or null for the best that works here
   * @param threads where requests run
   */
  public record Config(int count, @Nullable IoTransport transport, RequestThreads threads) {

    /** One loop per core, the best transport, requests on their loops. */
    public static Config best() {
      return new Config(0, null, RequestThreads.best());
    }
  }

  private EventLoops(
      MultiThreadIoEventLoopGroup group, List<Loop> loops, IoTransport transport, String choice) {
    this.group = group;
    this.loops = loops;
    this.transport = transport;
    this.choice = choice;
  }

  /**
   * Starts the loops.
   *
   * @throws IllegalStateException if the transport asked for does not work here
   */
  public static EventLoops start(Config config) {
    StringBuilder passedOver = new StringBuilder();
    for (IoTransport transport : IoTransport.values()) {
      if (config.transport() != null && config.transport() != transport) {
        continue;
      }
      Throwable obstacle = transport.obstacle();
      if (obstacle == null) {
        try {
          EventLoops started = start(config, transport, passedOver.toString());
          LOG.info("Event loops: {}, {}", started.loops.size(), started.choice);
          return started;
        } catch (RuntimeException e) {
          obstacle = e;
        }
      }
      passedOver.append("; no ").append(transport.label()).append(": ").append(root(obstacle));
    }
    throw new IllegalStateException("no usable event loop" + passedOver);
  }

  private static EventLoops start(Config config, IoTransport transport, String passedOver) {
    int count = config.count() > 0 ? config.count() : Runtime.getRuntime().availableProcessors();
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory("portico-loop", true), transport.handlers());
    try {
      List<Loop> loops = new ArrayList<>();
      for (EventExecutor executor : group) {
        Loop loop = new Loop(loops.size(), (IoEventLoop) executor, config.threads());
        // Starting the thread is the probe: rings and selectors are made there.
        Future<?> started = executor.submit(() -> {});
        if (!started.await(START_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("an event loop did not start in " + START_SECONDS + " s");
        }
        if (!started.isSuccess()) {
          throw new IllegalStateException("an event loop did not start", started.cause());
        }
        loops.add(loop);
      }
      String why = passedOver.isEmpty() ? ", as it works here" : passedOver;
      return new EventLoops(group, List.copyOf(loops), transport, transport.label() + why);
    } catch (InterruptedException e) {
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while event loops start", e);
    } catch (RuntimeException e) {
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw e;
    }
  }

  /** The transport in use. */
  public IoTransport transport() {
    return transport;
  }

  /** The transport in use and why, for people. */
  public String choice() {
    return choice;
  }

  /** The loop a channel of ours is registered with. */
  public Loop of(Channel channel) {
    for (Loop loop : loops) {
      if (loop.eventLoop().equals(channel.eventLoop())) {
        return loop;
      }
    }
    throw new IllegalArgumentException("not a channel of these loops");
  }

  /** All loops as one, for channels that may go to any of them. */
  public IoEventLoopGroup group() {
    return group;
  }

  public List<Loop> all() {
    return loops;
  }

  /** The loop of the calling request's thread; for other threads each in turn. */
  public Loop current() {
    Loop own = Loop.ofCurrentThread();
    return own != null ? own : loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  /** Ends the loops; waits for a bounded time. Connections must be closed by now. */
  @Override
  public void close() {
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    try {
      if (!group.awaitTermination(2 * CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Event loops did not end in {} s", 2 * CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String root(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null ? "unknown" : String.valueOf(cause.getMessage());
  }
}
