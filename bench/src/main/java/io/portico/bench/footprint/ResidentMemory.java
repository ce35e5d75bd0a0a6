package io.portico.bench.footprint;

import io.portico.bench.load.Backend;
import io.portico.bench.load.Load;
import io.portico.bench.load.Requests;
import io.portico.bench.peer.PorticoServer;
import io.portico.bench.peer.Running;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.Memory;
import io.portico.bench.report.FigureTable.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The memory of a server of the profile dev that has answered a great many requests. */
public final class ResidentMemory extends FootprintCase {
  private static final long REQUESTS = 100_000;
  private static final double MEGABYTE = 1024 * 1024;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  List<Figure> measure(Workplace workplace, boolean quick) {
    Requests requests = new Requests(64);
    Load load = requests.load(workplace.cores(), workplace.folder());
    try (Backend backend =
            Backend.start(requests.backend(), workplace.cores(), workplace.folder());
        Running server =
            new PorticoServer("Portico", "portico.json", "/item", Map.of("PORTICO_PROFILE", "dev"))
                .start(workplace, backend.port())) {
      long pid = server.process().pid();
      Memory before = Memory.ofTree(pid);
      long answered = 0;
      while (answered < REQUESTS) {
        answered +=
            load.run(server.target(), requests.connections(), Duration.ofSeconds(1)).complete();
      }
      Memory after = Memory.ofTree(pid);
      return List.of(
          figure("resident after the start and one import", before),
          figure(String.format(Locale.ROOT, "resident after %,d requests", answered), after));
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
