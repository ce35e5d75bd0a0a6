package io.portico.bench;

import io.portico.bench.durability.DurabilityRun;
import io.portico.bench.process.BenchFailure;
import java.util.List;

/** {@code ./portico bench [--quick] [case…] [kills]}. */
public final class Main {
  private static final String PASS_THROUGH = "pass-through";
  private static final String DURABILITY = "durability";

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    try {
      Options options = Options.parse(arguments, List.of(PASS_THROUGH, DURABILITY));
      for (String name : options.cases()) {
        switch (name) {
          case PASS_THROUGH -> new PassThrough(options.quick()).run();
          case DURABILITY -> DurabilityRun.run(options.kills());
          default -> throw new BenchFailure("no case " + name);
        }
      }
      return 0;
    } catch (BenchFailure e) {
      System.err.println("bench: " + e.getMessage());
      return 1;
    }
  }
}
