package io.portico.bench.micro.websocket;

import io.portico.bench.footprint.FootprintCase;
import io.portico.bench.load.IdleWebSockets;
import io.portico.bench.load.Load;
import io.portico.bench.load.MessageGenerator.Message;
import io.portico.bench.load.OwnLoad;
import io.portico.bench.load.OwnProcess;
import io.portico.bench.load.Target;
import io.portico.bench.peer.PorticoProgram;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.CpuTime;
import io.portico.bench.process.Heap;
import io.portico.bench.process.Memory;
import io.portico.bench.report.FigureTable.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The memory of idle connections, and how many messages are echoed. */
public final class WebSocketConnections extends FootprintCase {
  private static final int FEW = 1_000;
  private static final int MANY = 15_000;
  private static final int EXTRAPOLATED = 50_000;
  private static final int BYTES = 128;
  private static final int WINDOW = 8;
  private static final int BUSY = 64;
  private static final Duration WARMING = Duration.ofSeconds(5);
  private static final Pattern PORT = Pattern.compile("port (\\d+)");
  private static final double KILOBYTE = 1024;
  private static final double MEGABYTE = 1024 * 1024;

  private final PorticoProgram program = new PorticoProgram();

  @Override
  public String name() {
    return "websocket";
  }

  @Override
  protected List<Figure> measure(Workplace workplace, boolean quick) {
    List<Figure> figures = new ArrayList<>();
    try (Child server = start(workplace)) {
      int port = Integer.parseInt(server.awaitLine(PORT).group(1));
      Load load =
          OwnLoad.messages(workplace.cores(), workplace.folder(), Message.echoed(BYTES), WINDOW);
      Target target = Target.at(port);
      echo(load, target, WARMING);
      figures.add(echoes(server, load, target, Duration.ofSeconds(quick ? 3 : 15)));
      figures.addAll(idle(server, load, target));
    }
    return figures;
  }

  private Child start(Workplace workplace) {
    List<String> options = new ArrayList<>(program.jvmOptions());
    // As the launcher has it on one core: memory for new objects must not pass for a connection's.
    options.add("-XX:MaxNewSize=8m");
    options.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    options.add("--enable-native-access=ALL-UNNAMED");
    return Child.start(
        "echo",
        workplace.folder(),
        workplace.cores().onGatewayCore(OwnProcess.withOptions(options, EchoServer.class)),
        Map.of());
  }

  private static Figure echoes(Child server, Load load, Target target, Duration length) {
    Duration before = CpuTime.ofTree(server.pid());
    Load.Answers answers = echo(load, target, length);
    Duration used = CpuTime.ofTree(server.pid()).minus(before);
    return new Figure(
        "messages of %d bytes echoed a second, on %d connections with %d on their way each"
            .formatted(BYTES, BUSY, WINDOW),
        String.format(
            Locale.ROOT,
            "%,.0f (%.2f µs of CPU time each)",
            answers.complete() * 1e9 / answers.elapsed().toNanos(),
            used.toNanos() / 1e3 / answers.complete()));
  }

  private static Load.Answers echo(Load load, Target target, Duration length) {
    Load.Answers answers = load.run(target, BUSY, length);
    if (answers.failed() > 0 || answers.complete() == 0) {
      throw new BenchFailure(
          "%d of %d echoes failed".formatted(answers.failed(), answers.complete()));
    }
    return answers;
  }

  /** The slope between few connections and many. */
  private static List<Figure> idle(Child server, Load load, Target target) {
    try (IdleWebSockets connections = new IdleWebSockets(target)) {
      connections.grow(FEW);
      Level low = Level.of(server, load, target);
      connections.grow(MANY);
      Level high = Level.of(server, load, target);
      double each = (double) (high.resident - low.resident) / (MANY - FEW);
      double objects = (double) (high.objects - low.objects) / (MANY - FEW);
      return List.of(
          new Figure(
              String.format(
                  Locale.ROOT,
                  "resident an idle connection, from %,d to %,d of them (objects on the heap)",
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
    static Level of(Child server, Load load, Target target) {
      echo(load, target, WARMING);
      long objects = Heap.live(server.pid());
      return new Level(Memory.ofTree(server.pid()).resident(), objects);
    }
  }
}
