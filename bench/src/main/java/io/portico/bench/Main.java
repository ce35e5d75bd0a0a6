package io.portico.bench;

import io.portico.bench.configuration.ConfigurationScale;
import io.portico.bench.durability.DurabilityRun;
import io.portico.bench.footprint.FootprintCase;
import io.portico.bench.footprint.ManyApis;
import io.portico.bench.footprint.ResidentMemory;
import io.portico.bench.footprint.Start;
import io.portico.bench.micro.MicroBenchmarks;
import io.portico.bench.micro.websocket.WebSocketConnections;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.websocket.WebSocketApiCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code ./portico bench [--quick] [case… | all] [kills]}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    try {
      Map<String, Consumer<Boolean>> cases = cases();
      List<String> names = new ArrayList<>(cases.keySet());
      names.add(Options.DURABILITY);
      Options options = Options.parse(arguments, names);
      boolean complete = true;
      for (String name : options.cases()) {
        complete &= measured(name, () -> measure(cases.get(name), options));
      }
      return complete ? 0 : 1;
    } catch (BenchFailure e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  /** Runs a case; what keeps one from being measured is no reason to leave the others out. */
  private static boolean measured(String name, Runnable measuring) {
    try {
      measuring.run();
      return true;
    } catch (BenchFailure e) {
      failed(name + ": " + e.getMessage());
      return false;
    }
  }

  private static int failed(String reason) {
    System.err.println("bench: " + reason);
    return 1;
  }

  private static void measure(@Nullable Consumer<Boolean> measure, Options options) {
    if (measure == null) {
      DurabilityRun.run(options.kills());
    } else {
      measure.accept(options.quick());
    }
  }

  /** How to measure each, quickly or not. */
  static Map<String, Consumer<Boolean>> cases() {
    Map<String, Consumer<Boolean>> cases = new LinkedHashMap<>();
    for (Comparison<?> comparison : Comparisons.all()) {
      cases.put(comparison.name(), new ComparisonRun(comparison)::run);
    }
    cases.put(Comparisons.latency().name(), new LatencyRun(Comparisons.latency())::run);
    cases.put(LambdaRun.NAME, LambdaRun::run);
    for (FootprintCase footprint :
        List.of(
            new Start(),
            new ResidentMemory(),
            new ManyApis(),
            new ConfigurationScale(),
            new WebSocketConnections(),
            new WebSocketApiCase(),
            new MicroBenchmarks())) {
      cases.put(footprint.name(), footprint::run);
    }
    return cases;
  }
}
