package io.portico.server.cli;

import io.portico.gateway.json.Json;
import io.portico.server.Version;
import java.io.PrintWriter;
import java.util.List;

/** {@code portico version}. */
final class VersionCommand implements Verb {
  private static final Option JSON = Option.flag("--json", "As JSON.");

  @Override
  public String name() {
    return "version";
  }

  @Override
  public List<String> description() {
    return List.of("Prints the version.");
  }

  @Override
  public List<Option> options() {
    return List.of(JSON);
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) {
    Version version = Version.current();
    out.println(
        arguments.has(JSON)
            ? Json.text(version.json())
            : "Portico " + version.number() + ", Java " + version.java());
    return ExitStatus.OK.code();
  }
}
