package io.portico.bench;

import io.portico.bench.process.BenchFailure;
import java.util.List;

/** {@code ./portico bench [--quick] [case…]}. */
public final class Main {
  private static final String PASS_THROUGH = "pass-through";

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    try {
      Options options = Options.parse(arguments, List.of(PASS_THROUGH));
      for (String name : options.cases()) {
        switch (name) {
          case PASS_THROUGH -> new PassThrough(options.quick()).run();
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
