package io.portico.server.cli;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigPrinter;
import io.portico.server.config.ConfigValues;
import io.portico.server.config.GatewayConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code portico config}: what a gateway started like this would use. */
@Command(
    name = "config",
    description = {
      "Prints the effective configuration: flags go before PORTICO_* variables, these before the file,"
          + " that before the defaults."
    })
final class ConfigCommand implements Callable<Integer> {
  @Spec private final CommandSpec spec = CommandSpec.create();
  @Mixin private final GatewayOptions options = new GatewayOptions();
  @Mixin private final StoreOptions storeOptions = new StoreOptions();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(
      names = {"--help", "-h"},
      description = "Prints every key with its documentation.")
  private boolean help;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (help) {
      spec.commandLine().usage(out);
      out.println();
      out.println("Keys:");
      out.print(ConfigPrinter.help());
      out.flush();
      return ExitStatus.OK.code();
    }
    ConfigValues values = options.load(storeOptions.flags());
    GatewayConfig _ = values.config();
    if (json) {
      out.println(Json.pretty(ConfigPrinter.json(values)));
    } else {
      out.print(ConfigPrinter.yaml(values));
      out.flush();
    }
    return ExitStatus.OK.code();
  }
}
