package io.portico.bench;

import io.portico.bench.durability.DurabilityRun;
import io.portico.bench.footprint.FootprintCase;
import io.portico.bench.footprint.ManyApis;
import io.portico.bench.footprint.ResidentMemory;
import io.portico.bench.footprint.Start;
import io.portico.bench.micro.MicroBenchmarks;
import io.portico.bench.process.BenchFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
      for (String name : options.cases()) {
        Consumer<Boolean> measure = cases.get(name);
        if (measure == null) {
          DurabilityRun.run(options.kills());
        } else {
          measure.accept(options.quick());
        }
      }
      return 0;
    } catch (BenchFailure e) {
      System.err.println("bench: " + e.getMessage());
      return 1;
    }
  }

  /** How to measure each, quickly or not. */
  static Map<String, Consumer<Boolean>> cases() {
    Map<String, Consumer<Boolean>> cases = new LinkedHashMap<>();
    for (Comparison<?> comparison : Comparisons.all()) {
      cases.put(comparison.name(), new ComparisonRun(comparison)::run);
    }
    cases.put(Comparisons.latency().name(), new LatencyRun(Comparisons.latency())::run);
    for (FootprintCase footprint :
        List.of(new Start(), new ResidentMemory(), new ManyApis(), new MicroBenchmarks())) {
      cases.put(footprint.name(), footprint::run);
    }
    return cases;
  }
}
