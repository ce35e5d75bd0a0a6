package io.portico.bench;

import io.portico.bench.process.BenchFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asked for.
 *
 * @param kills how often the case {@code durability} kills its server
 */
record Options(boolean quick, List<String> cases, int kills) {
  /** The case that kills servers rather than measures them. */
  static final String DURABILITY = "durability";

  private static final String ALL = "all";
  private static final int KILLS = 1000;

  static Options parse(String[] arguments, List<String> known) {
    boolean quick = false;
    int kills = KILLS;
    List<String> cases = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals("--quick")) {
        quick = true;
      } else if (argument.equals(ALL)) {
        known.stream().filter(name -> !name.equals(DURABILITY)).forEach(cases::add);
      } else if (known.contains(argument)) {
        cases.add(argument);
      } else if (argument.matches("[1-9][0-9]{0,5}")) {
        kills = Integer.parseInt(argument);
      } else {
        throw new BenchFailure(
            "bench does not know '"
                + argument
                + "'; it takes --quick, a number of kills, all and "
                + known);
      }
    }
    return new Options(
        quick, cases.isEmpty() ? List.of(known.getFirst()) : List.copyOf(cases), kills);
  }
}
