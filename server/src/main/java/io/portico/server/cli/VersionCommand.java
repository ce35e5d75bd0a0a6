package io.portico.server.cli;

import io.portico.gateway.json.Json;
import io.portico.server.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code portico version}. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {
  @Spec private final CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Version version = Version.current();
    spec.commandLine()
        .getOut()
        .println(
            json
                ? Json.text(version.json())
                : "Portico " + version.number() + ", Java " + version.java());
    return ExitStatus.OK.code();
  }
}
