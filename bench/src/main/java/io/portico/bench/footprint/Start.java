package io.portico.bench.footprint;

import io.portico.bench.load.Backend;
import io.portico.bench.load.Requests;
import io.portico.bench.load.Scheme;
import io.portico.bench.load.Target;
import io.portico.bench.peer.PorticoProgram;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.Child;
import io.portico.bench.report.FigureTable.Figure;
import io.portico.bench.report.Series;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the start of the packaged launcher to the first answer of a backend behind it, all cores
 * free, with the cache of loaded classes that the build makes.
 */
public final class Start extends FootprintCase {
  private static final Pattern STAGE =
      Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)(/_aws/execute-api/\\S+)$");

  private final PorticoProgram program = new PorticoProgram();

  @Override
  public String name() {
    return "start";
  }

  @Override
  protected List<Figure> measure(Workplace workplace, boolean quick) {
    Requests requests = Requests.of(1, "/item");
    List<Double> millis = new ArrayList<>();
    try (Backend backend =
        Backend.start(requests.backend(), workplace.cores(), workplace.folder())) {
      Path definition =
          workplace.configure("portico.json", Map.of("backend", "127.0.0.1:" + backend.port()));
      for (int i = quick ? 5 : 20; i > 0; i--) {
        millis.add(once(workplace, definition, requests));
        System.out.printf(Locale.ROOT, "start: %.0f ms%n", millis.getLast());
      }
    }
    Series series = new Series(millis);
    return List.of(
        new Figure(
            "start of `portico run` to the first proxied answer, "
                + millis.size()
                + " starts: median (least–greatest)",
            String.format(
                Locale.ROOT,
                "%.0f ms (%.0f–%.0f)",
                series.median(),
                series.least(),
                series.greatest())));
  }

  private double once(Workplace workplace, Path definition, Requests requests) {
    long start = System.nanoTime();
    try (Child server =
        Child.start(
            "Portico",
            workplace.folder(),
            program.command("run", "--port", "0", definition.toString()),
            Map.of())) {
      Matcher stage = server.awaitLine(STAGE);
      server.awaitLine(PorticoProgram.READY);
      int port = Integer.parseInt(stage.group(1));
      requests.check(Target.at(Scheme.HTTP, port, stage.group(2)));
      return (System.nanoTime() - start) / 1e6;
    }
  }
}
