package io.portico.lambda.isolation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param command program and arguments
 * @param environment all of its variables
 * @param programs of the machine that it runs, at their own places
 * @param input what it is to read from its standard input; where there is none, nothing
 */
public record Start(
    List<String> command, Map<String, String> environment, List<Path> programs, String input) {

  /** One that reads nothing. */
  public Start(List<String> command, Map<String, String> environment, List<Path> programs) {
    this(command, environment, programs, "");
  }

  /** One that reads nothing and runs what is in its own folders, or where all programs are. */
  public Start(List<String> command, Map<String, String> environment) {
    this(command, environment, List.of(), "");
  }
}
