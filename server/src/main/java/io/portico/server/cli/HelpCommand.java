package io.portico.server.cli;

import java.io.PrintWriter;
import java.util.List;

/** {@code portico help}: the verbs, or one of them. */
final class HelpCommand implements Verb {
  @Override
  public String name() {
    return "help";
  }

  @Override
  public List<String> description() {
    return List.of("Prints this, or all about a verb.");
  }

  @Override
  public Operand operand() {
    return new Operand("VERB", false, false, "One of those that portico help names.");
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) {
    List<String> names = arguments.operands();
    out.print(
        names.isEmpty()
            ? Usage.of(PorticoCommand.verbs())
            : Usage.of(PorticoCommand.verb(names.getFirst())));
    return ExitStatus.OK.code();
  }
}
