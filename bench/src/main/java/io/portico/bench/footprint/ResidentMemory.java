package io.portico.bench.footprint;

import io.portico.bench.load.Backend;
import io.portico.bench.load.Load;
import io.portico.bench.load.Requests;
import io.portico.bench.load.Scheme;
import io.portico.bench.load.Target;
import io.portico.bench.peer.ImportedApi;
import io.portico.bench.peer.PorticoServer;
import io.portico.bench.peer.Running;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Heap;
import io.portico.bench.process.Memory;
import io.portico.bench.report.FigureTable.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The memory of a server of the profile dev that has answered a great many requests, and what each
 * allocates.
 */
public final class ResidentMemory extends FootprintCase {
  private static final long REQUESTS = 100_000;
  private static final long WARM = 300_000;
  private static final double MEGABYTE = 1024 * 1024;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  protected List<Figure> measure(Workplace workplace, boolean quick) {
    Requests requests = Requests.of(64, "/item");
    Load load = requests.load(workplace.cores(), workplace.folder());
    try (Backend backend =
            Backend.start(requests.backend(), workplace.cores(), workplace.folder());
        Running server =
            new PorticoServer(
                    ImportedApi.regional("portico.json"),
                    Scheme.HTTP,
                    Map.of("PORTICO_PROFILE", "dev"))
                .start(workplace, backend.port())) {
      long pid = server.process().pid();
      Memory before = Memory.ofTree(pid);
      Callers callers = new Callers(load, server.target(), requests.connections());
      long answered = callers.send(REQUESTS);
      Memory after = Memory.ofTree(pid);
      callers.send(WARM);
      return List.of(
          figure("resident after the start and one import", before),
          figure(String.format(Locale.ROOT, "resident after %,d requests", answered), after),
          allocation(pid, callers));
    }
  }

  private static Figure allocation(long pid, Callers callers) {
    long before = Heap.allocated(pid);
    long answered = callers.send(WARM);
    long bytes = Heap.allocated(pid) - before;
    return new Figure(
        String.format(Locale.ROOT, "allocated a request, over the last %,d", answered),
        String.format(Locale.ROOT, "%,.0f bytes", (double) bytes / answered));
  }

  /** Who calls the server. */
  private record Callers(Load load, Target target, int connections) {

    /** Sends so many requests or a few more, and says how many. */
    long send(long requests) {
      long answered = 0;
      while (answered < requests) {
        Load.Answers answers = load.run(target, connections, Duration.ofSeconds(1));
        if (answers.failed() > 0 || answers.complete() == 0) {
          throw new BenchFailure(
              "%d of %d answers failed".formatted(answers.failed(), answers.complete()));
        }
        answered += answers.complete();
      }
      return answered;
    }
  }

  private static Figure figure(String what, Memory memory) {
    return new Figure(
        what + " (the share of pages that others use, too, not counted)",
        String.format(
            Locale.ROOT,
            "%.0f MB (%.0f MB)",
            memory.resident() / MEGABYTE,
            memory.proportional() / MEGABYTE));
  }
}
