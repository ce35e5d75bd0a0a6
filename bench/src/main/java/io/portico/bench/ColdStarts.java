package io.portico.bench;

import io.portico.bench.load.Requests;
import io.portico.bench.peer.ControlPlane;
import io.portico.bench.peer.FunctionsApi;
import io.portico.bench.peer.NodeProgram;
import io.portico.bench.peer.Running;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import io.portico.bench.process.Executables;
import io.portico.bench.report.FigureTable.Figure;
import io.portico.bench.report.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * First calls of a function's new editions, each of which starts a process, and starts of that
 * process's interpreter by itself, in turns.
 *
 * @param calls milliseconds from the request to its answer
 * @param interpreter milliseconds from its start to its end, with an empty program
 */
record ColdStarts(Series calls, Series interpreter) {
  private static final int TIMES = 10;

  static ColdStarts measure(Running portico, NodeProgram node, Cores cores) {
    Requests call = FunctionsApi.calls(1);
    List<String> empty = cores.onLoadCore(List.of(node.path().toString(), "-e", "0"));
    List<Double> calls = new ArrayList<>();
    List<Double> interpreter = new ArrayList<>();
    try (ControlPlane controlPlane = new ControlPlane(portico.target().port())) {
      for (int edition = 0; edition <= TIMES; edition++) {
        FunctionsApi.renew(controlPlane, edition);
        long start = System.nanoTime();
        call.check(portico.target());
        double millis = (System.nanoTime() - start) / 1e6;
        double alone = Executables.timeOf(empty).toNanos() / 1e6;
        // The first of each finds files that are not in memory yet.
        if (edition > 0) {
          calls.add(millis);
          interpreter.add(alone);
          System.out.printf(
              Locale.ROOT, "cold call: %.1f ms, Node.js by itself: %.1f ms%n", millis, alone);
        }
      }
    } catch (IOException e) {
      throw new BenchFailure("a call failed: " + e.getMessage(), e);
    }
    return new ColdStarts(new Series(calls), new Series(interpreter));
  }

  List<Figure> figures() {
    return List.of(
        new Figure(
            "cold start beyond Node.js's own, " + TIMES + " of each: median (least–greatest)",
            range(calls.minus(interpreter))),
        new Figure("cold call, from the request to its answer", range(calls)),
        new Figure("`node -e 0`, from its start to its end", range(interpreter)));
  }

  private static String range(Series millis) {
    return String.format(
        Locale.ROOT, "%.0f ms (%.0f–%.0f)", millis.median(), millis.least(), millis.greatest());
  }
}
