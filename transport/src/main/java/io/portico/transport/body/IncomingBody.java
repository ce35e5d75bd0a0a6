package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.transport.loop.Loop;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Content that arrives on a connection. Until somebody takes it, a few chunks are kept and then the
 * connection is paused.
 *
 * <p>It is taken once: into memory, by a sink on whatever loop, or to be thrown away; once more
 * where {@link #gather} found it too long, or {@link #gatherText} found it to be long text. {@link
 * #readAll}, {@link #gather}, {@link #gatherText}, {@link #open}, {@link #trailers()}, {@link
 * #whenBegun}, {@link #discard}, {@link #transferTo}, {@link #pause} and {@link #resume} are for
 * any thread, the rest for the loop it arrives on.
 */
public final class IncomingBody implements Body.Streamed {
  /** Most bytes kept for a taker who has not come yet. */
  private static final int MOST_KEPT = 64 * 1024;

  /** The longest array there is. */
  private static final long MOST_IN_MEMORY = Integer.MAX_VALUE - 8;

  private final Loop loop;
  private final ContentSource source;
  private final AtomicBoolean taken = new AtomicBoolean();

  /** Written by the loop before whoever waits for the end hears of it. */
  private long length;

  private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>();
  private int keptBytes;

  /** Waits for the first bytes. */
  private @Nullable LongConsumer beginning;

  /** What was gathered and is to be given on before what is kept. */
  private @Nullable MemoryContent gathered;

  /** Whether the connection is paused because too much is kept. */
  private boolean paused;

  private boolean takerPaused;

  /** Most bytes the taker gets. */
  private long limit = Long.MAX_VALUE;

  /** What it has got. */
  private long given;

  private boolean ended;

  /** What stood behind the content; written before its taker hears of the end. */
  private volatile Headers trailers = Headers.empty();

  /** All of it, where it ended before anybody took it. */
  private byte @Nullable [] complete;

  private @Nullable IOException failure;
  private @Nullable ContentSink sink;

  /**
   * @param length in bytes, or -1 where it is not known
   */
  public IncomingBody(Loop loop, long length, ContentSource source) {
    this.loop = loop;
    this.length = length;
    this.source = source;
  }

  @Override
  public long length() {
    return length;
  }

  /** The loop it arrives on. */
  public Loop loop() {
    return loop;
  }

  /** Whether somebody has it already. */
  public boolean isTaken() {
    return taken.get();
  }

  @Override
  public byte[] readAll(long limit) throws IOException {
    ContentCollector collector = collector(limit, false);
    collector.await();
    return collector.content();
  }

  @Override
  public byte[] readAll(long limit, long deadlineNanos) throws IOException {
    ContentCollector collector = collector(limit, false);
    collector.awaitUntil(deadlineNanos);
    return collector.content();
  }

  @Override
  public Body gather(long limit, long deadlineNanos) throws IOException {
    if (length > limit) {
      return this;
    }
    ContentCollector collector = collector(limit, true);
    collector.awaitUntil(deadlineNanos);
    return collector.gaveBack() ? this : Body.of(collector.content());
  }

  @Override
  public Body gatherText(long limit, long deadlineNanos) throws IOException {
    if (length > limit) {
      return this;
    }
    take();
    TextCollector collector = new TextCollector(this, Math.min(limit, MOST_IN_MEMORY));
    loop.handOver(() -> attach(collector));
    collector.awaitUntil(deadlineNanos);
    byte[] bytes = collector.bytes();
    return bytes == null ? this : Body.of(bytes);
  }

  @Override
  public InputStream open() {
    take();
    ContentStream stream = new ContentStream(this);
    loop.handOver(() -> attach(stream));
    return stream;
  }

  @Override
  public Headers trailers() {
    return trailers;
  }

  private ContentCollector collector(long limit, boolean givesBack) throws BodyTooLargeException {
    take();
    if (length > limit) {
      onLoop(() -> attach(new Discarding(loop)));
      throw new BodyTooLargeException(limit);
    }
    ContentCollector collector = new ContentCollector(this, limit, givesBack);
    loop.handOver(() -> attach(collector));
    return collector;
  }

  /**
   * The taker gives everything back for another to take; no more is read until one comes.
   *
   * @param bytes all it got
   * @param count how many of them
   * @param next what came behind them, with its ownership
   */
  void takeBack(byte[] bytes, int count, ByteBuf next) {
    gathered = count == 0 ? null : new MemoryContent(bytes, count);
    kept.addFirst(next);
    takenBack();
  }

  /**
   * The same, in pieces; of content that has ended they are all there is.
   *
   * @param pieces with their ownership
   */
  void takeBack(Deque<ByteBuf> pieces) {
    ByteBuf last;
    while ((last = pieces.pollLast()) != null) {
      kept.addFirst(last);
    }
    takenBack();
    if (ended) {
      length = keptBytes;
    }
  }

  private void takenBack() {
    keptBytes = kept.stream().mapToInt(ByteBuf::readableBytes).sum();
    sink = null;
    given = 0;
    paused = true;
    taken.set(false);
    if (!ended) {
      source.pause();
    }
  }

  /** Read by the loop after the hand-over of whoever takes the content. */
  @Override
  public void limitTo(long bytes) {
    limit = bytes;
  }

  @Override
  public void whenBegun(LongConsumer listener) {
    onLoop(
        () -> {
          if (keptBytes > 0) {
            listener.accept(System.nanoTime());
          } else if (!over()) {
            beginning = listener;
          }
        });
  }

  @Override
  public void discard() {
    if (taken.compareAndSet(false, true)) {
      onLoop(() -> attach(new Discarding(loop)));
    }
  }

  /** Nobody comes any more for what has arrived whole. */
  public void discardEnded() {
    if (ended && taken.compareAndSet(false, true)) {
      complete = null;
      dropKept();
    }
  }

  /**
   * Sends everything to {@code sink}.
   *
   * @throws IllegalStateException if somebody has it already
   */
  public void transferTo(ContentSink sink) {
    take();
    ContentSink target = sink.loop() == loop ? sink : new CrossLoopSink(sink);
    onLoop(() -> attach(target));
  }

  /** The taker cannot keep up. */
  public void pause() {
    onLoop(
        () -> {
          takerPaused = true;
          if (!over()) {
            source.pause();
          }
        });
  }

  /** The taker has caught up. */
  public void resume() {
    onLoop(
        () -> {
          takerPaused = false;
          if (gathered != null) {
            giveWhatThereIs();
          } else if (!over()) {
            source.resume();
          }
        });
  }

  /** The taker has gone: the rest is of no use. */
  public void abandon() {
    onLoop(
        () -> {
          if (sink instanceof Collector collector) {
            collector.drop();
          }
          sink = new Discarding(loop);
          limit = Long.MAX_VALUE;
          dropKept();
          if (!over()) {
            source.abandoned();
          }
        });
  }

  /** Bytes have arrived; takes their ownership. */
  public void arrived(ByteBuf bytes) {
    LongConsumer waiting = beginning;
    if (waiting != null && bytes.isReadable()) {
      beginning = null;
      waiting.accept(System.nanoTime());
    }
    if (sink != null && gathered == null) {
      give(bytes);
      return;
    }
    kept.add(bytes);
    keptBytes += bytes.readableBytes();
    if (keptBytes > MOST_KEPT && !paused) {
      paused = true;
      source.pause();
    }
  }

  private void give(ByteBuf bytes) {
    ContentSink taker = sink;
    if (taker == null || failure != null) {
      bytes.release();
      return;
    }
    given += bytes.readableBytes();
    if (given <= limit) {
      taker.take(bytes);
      return;
    }
    bytes.release();
    BodyTooLargeException tooLarge = new BodyTooLargeException(limit);
    boolean arriving = !ended;
    failure = tooLarge;
    dropKept();
    if (arriving) {
      source.abandoned();
    }
    taker.fail(tooLarge);
  }

  /** What stands behind the content, to be said before its end. */
  public void trailers(Headers fields) {
    trailers = fields;
  }

  /** All of it has arrived. */
  public void end() {
    ended = true;
    if (failure != null) {
      return;
    }
    if (gathered != null) {
      byte[] behind = keptOnHeap();
      kept.add(Unpooled.wrappedBuffer(behind));
    } else if (sink != null) {
      sink.end();
    } else {
      complete = keptOnHeap();
    }
  }

  /** The rest will not come. No more than the first call counts, and none after the end. */
  public void fail(IOException cause) {
    if (over()) {
      return;
    }
    failure = cause;
    dropKept();
    if (sink != null) {
      sink.fail(cause);
    }
  }

  /**
   * The whole content where it has arrived before anybody took it and nothing stands behind it,
   * else null; it is taken then.
   */
  public byte @Nullable [] takeIfComplete() {
    return complete != null && trailers.size() == 0 && taken.compareAndSet(false, true)
        ? complete
        : null;
  }

  /** What is kept, on the heap: if nobody ever comes for it the collector takes it. */
  private byte[] keptOnHeap() {
    byte[] bytes = new byte[keptBytes];
    int offset = 0;
    ByteBuf chunk;
    while ((chunk = kept.poll()) != null) {
      int count = chunk.readableBytes();
      chunk.readBytes(bytes, offset, count).release();
      offset += count;
    }
    return bytes;
  }

  private void take() {
    if (!taken.compareAndSet(false, true)) {
      throw new IllegalStateException("a streamed body is read once");
    }
  }

  private boolean over() {
    return ended || failure != null;
  }

  private void attach(ContentSink taker) {
    if (failure != null) {
      taker.fail(failure);
      return;
    }
    sink = taker;
    if (!ended) {
      if (taker instanceof Discarding) {
        dropKept();
        source.abandoned();
        return;
      }
      source.demanded();
    }
    if (complete != null) {
      ByteBuf whole = Unpooled.wrappedBuffer(complete);
      complete = null;
      give(whole);
    }
    giveWhatThereIs();
  }

  /** Gives on what has come before its taker; of what is long, as much as the taker can take. */
  private void giveWhatThereIs() {
    MemoryContent first = gathered;
    while (first != null && !takerPaused) {
      ByteBuf slice = first.next();
      if (first.isDone()) {
        gathered = null;
      }
      give(slice);
      first = gathered;
    }
    if (first != null) {
      return;
    }
    ByteBuf bytes;
    while (sink != null && (bytes = kept.poll()) != null) {
      give(bytes);
    }
    ContentSink taker = sink;
    if (taker == null || failure != null) {
      return;
    }
    if (ended) {
      taker.end();
    } else if (paused) {
      paused = false;
      if (!takerPaused) {
        source.resume();
      }
    }
  }

  private void dropKept() {
    gathered = null;
    ByteBuf bytes;
    while ((bytes = kept.poll()) != null) {
      bytes.release();
    }
  }

  private void onLoop(Runnable work) {
    if (loop.isCurrent()) {
      work.run();
    } else {
      loop.handOver(work);
    }
  }

  /** Takes everything and keeps nothing. */
  private record Discarding(Loop loop) implements ContentSink {
    @Override
    public void take(ByteBuf bytes) {
      bytes.release();
    }

    @Override
    public void end() {}

    @Override
    public void fail(IOException cause) {}
  }
}
