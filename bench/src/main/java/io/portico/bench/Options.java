package io.portico.bench;

import io.portico.bench.process.BenchFailure;
import java.util.ArrayList;
import java.util.List;

/** What the command line asked for. */
record Options(boolean quick, List<String> cases) {

  static Options parse(String[] arguments, List<String> known) {
    boolean quick = false;
    List<String> cases = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals("--quick")) {
        quick = true;
      } else if (known.contains(argument)) {
        cases.add(argument);
      } else {
        throw new BenchFailure(
            "bench does not know '" + argument + "'; it takes --quick and " + known);
      }
    }
    return new Options(quick, cases.isEmpty() ? List.of(known.getFirst()) : List.copyOf(cases));
  }
}
