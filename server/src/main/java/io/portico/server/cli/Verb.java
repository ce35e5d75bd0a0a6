package io.portico.server.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code portico} can be told to do: {@code portico NAME …}. */
interface Verb {
  /** Every verb takes it. */
  Option HELP = Option.flag("--help", "Prints this.");

  /**
   * What stands beside options.
   *
   * @param name what it is called
   * @param required whether one must be there
   * @param several whether more than one may be there
   * @param description a sentence
   */
  record Operand(String name, boolean required, boolean several, String description) {
    /** As it is written. */
    String form() {
      String form = several ? name + "..." : name;
      return required ? form : "[" + form + "]";
    }
  }

  String name();

  /** What it does: paragraphs. The first one stands in the list of all verbs, too. */
  List<String> description();

  default List<Option> options() {
    return List.of();
  }

  default @Nullable Operand operand() {
    return null;
  }

  /** False for what is there for the launcher. */
  default boolean shown() {
    return true;
  }

  /** What its help says after the options. */
  default String details() {
    return "";
  }

  /**
   * Does it.
   *
   * @param out where what was asked for goes
   * @return the exit status of the process, or {@link PorticoCommand#STOPPED_BY_SIGNAL}
   */
  int run(Arguments arguments, PrintWriter out) throws Exception;
}
