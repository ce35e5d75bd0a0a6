package io.portico.bench.websocket;

import io.portico.bench.footprint.FootprintCase;
import io.portico.bench.load.IdleWebSockets;
import io.portico.bench.load.Latencies;
import io.portico.bench.load.Load;
import io.portico.bench.load.MessageGenerator.Message;
import io.portico.bench.load.OwnLoad;
import io.portico.bench.load.PostLoad;
import io.portico.bench.load.Scheme;
import io.portico.bench.load.Target;
import io.portico.bench.peer.ChatApi;
import io.portico.bench.peer.PorticoServer;
import io.portico.bench.peer.Running;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.CpuTime;
import io.portico.bench.process.Heap;
import io.portico.bench.process.Memory;
import io.portico.bench.report.FigureTable.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Messages through a route, posts to connections, and the memory of idle ones. */
public final class WebSocketApiCase extends FootprintCase {
  private static final int BYTES = 128;

  /** A connection's id. */
  private static final int ANSWERED = 16;

  private static final int WINDOW = 8;
  private static final int BUSY = 64;
  private static final int POSTED_TO = 1_000;
  private static final int POSTING = 64;
  private static final int POSTS = 10_000;
  private static final int FEW = 1_000;
  private static final int MANY = 15_000;
  private static final int EXTRAPOLATED = 50_000;
  private static final Duration WARMING = Duration.ofSeconds(5);
  private static final double KILOBYTE = 1024;
  private static final double MEGABYTE = 1024 * 1024;

  /** Nine tenths of them may be of WebSocket APIs. */
  private static final Map<String, String> SETTINGS =
      Map.of("PORTICO_HTTP_MAX_CONNECTIONS", "20000");

  @Override
  public String name() {
    return "websocket-api";
  }

  @Override
  protected List<Figure> measure(Workplace workplace, boolean quick) {
    Duration length = Duration.ofSeconds(quick ? 5 : 15);
    List<Figure> figures = new ArrayList<>();
    try (Running server = start(Scheme.HTTP, workplace)) {
      Load load = load(workplace);
      say(load, server.target(), WARMING);
      figures.add(messages(server, load, length));
      figures.addAll(posts(server, workplace, length));
    }
    for (Scheme scheme : Scheme.values()) {
      try (Running server = start(scheme, workplace)) {
        figures.addAll(idle(server, workplace));
      }
    }
    return figures;
  }

  private static Running start(Scheme scheme, Workplace workplace) {
    return new PorticoServer(new ChatApi(), scheme, SETTINGS).start(workplace, 0);
  }

  private static Load load(Workplace workplace) {
    return OwnLoad.messages(
        workplace.cores(),
        workplace.folder(),
        new Message(ChatApi.message(BYTES), ANSWERED),
        WINDOW);
  }

  private static Load.Answers say(Load load, Target target, Duration length) {
    Load.Answers answers = load.run(target, BUSY, length);
    if (answers.failed() > 0 || answers.complete() == 0) {
      throw new BenchFailure(
          "%d of %d answers failed".formatted(answers.failed(), answers.complete()));
    }
    return answers;
  }

  private static Figure messages(Running server, Load load, Duration length) {
    Duration before = CpuTime.ofTree(server.process().pid());
    Load.Answers answers = say(load, server.target(), length);
    Duration used = CpuTime.ofTree(server.process().pid()).minus(before);
    return new Figure(
        "messages of %d bytes a second that a MOCK route answers, on %d connections with %d on their way each"
            .formatted(BYTES, BUSY, WINDOW),
        String.format(
            Locale.ROOT,
            "%,.0f (%.1f µs of CPU time each)",
            answers.complete() * 1e9 / answers.elapsed().toNanos(),
            used.toNanos() / 1e3 / answers.complete()));
  }

  private static List<Figure> posts(Running server, Workplace workplace, Duration length) {
    PostLoad load = new PostLoad(workplace.cores(), workplace.folder(), ChatApi.message(BYTES));
    Latencies warming = load.run(server.target(), POSTED_TO, POSTING, POSTS, WARMING);
    Duration before = CpuTime.ofTree(server.process().pid());
    Latencies latencies = load.run(server.target(), POSTED_TO, POSTING, POSTS, length);
    Duration used = CpuTime.ofTree(server.process().pid()).minus(before);
    if (latencies.answers() == 0 || warming.answers() == 0) {
      throw new BenchFailure("no post was answered");
    }
    return List.of(
        new Figure(
            String.format(
                Locale.ROOT,
                "posts to `@connections` a second, signed, of %,d that are due, to %,d connections",
                POSTS,
                POSTED_TO),
            String.format(
                Locale.ROOT,
                "%,.0f (%,d posts or messages failed; %.1f µs of CPU time each, connecting among it)",
                (double) latencies.answers() / length.toSeconds(),
                latencies.failed(),
                used.toNanos() / 1e3 / latencies.answers())),
        new Figure(
            "p99 of their answers (p50, p99.9), from when they were due",
            String.format(
                Locale.ROOT,
                "%.2f ms (%.2f ms, %.2f ms)",
                latencies.p99() / 1e6,
                latencies.p50() / 1e6,
                latencies.p999() / 1e6)));
  }

  /** The slope between few connections and many. */
  private static List<Figure> idle(Running server, Workplace workplace) {
    Target target = server.target();
    boolean encrypted = target.scheme() == Scheme.HTTPS;
    String kind = encrypted ? "idle connection over TLS" : "idle connection";
    try (IdleWebSockets connections = new IdleWebSockets(target)) {
      connections.grow(FEW);
      Level low = Level.of(server, workplace);
      connections.grow(MANY);
      Level high = Level.of(server, workplace);
      double each = (double) (high.resident - low.resident) / (MANY - FEW);
      double objects = (double) (high.objects - low.objects) / (MANY - FEW);
      return List.of(
          new Figure(
              String.format(
                  Locale.ROOT,
                  "resident an %s, from %,d to %,d of them (objects on the heap)",
                  kind,
                  FEW,
                  MANY),
              String.format(Locale.ROOT, "%.1f KB (%.1f KB)", each / KILOBYTE, objects / KILOBYTE)),
          new Figure(
              String.format(Locale.ROOT, "resident with %,d of them, extrapolated", EXTRAPOLATED),
              String.format(
                  Locale.ROOT,
                  "%.0f MB",
                  (low.resident + each * (EXTRAPOLATED - FEW)) / MEGABYTE)));
    }
  }

  /** The memory of a server that has had something to do, and whose heap is collected. */
  private record Level(long resident, long objects) {
    static Level of(Running server, Workplace workplace) {
      Load.Answers _ = say(load(workplace), server.plain(), WARMING);
      long pid = server.process().pid();
      long objects = Heap.live(pid);
      return new Level(Memory.ofTree(pid).resident(), objects);
    }
  }
}
