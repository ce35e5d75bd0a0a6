package io.portico.server.cli;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigPrinter;
import io.portico.server.config.ConfigValues;
import io.portico.server.config.GatewayConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code portico config}: what a gateway started like this would use. */
final class ConfigCommand implements Verb {
  private static final Option JSON = Option.flag("--json", "As JSON.");

  @Override
  public String name() {
    return "config";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Prints the effective configuration: flags go before PORTICO_* variables, these before the file,"
            + " that before the defaults.");
  }

  @Override
  public List<Option> options() {
    return Stream.concat(GatewayOptions.WITH_STORE.stream(), Stream.of(JSON)).toList();
  }

  @Override
  public String details() {
    return "Keys:\n" + ConfigPrinter.help();
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) {
    ConfigValues values = GatewayOptions.load(arguments, Map.of());
    GatewayConfig _ = values.config();
    if (arguments.has(JSON)) {
      out.println(Json.pretty(ConfigPrinter.json(values)));
    } else {
      out.print(ConfigPrinter.yaml(values));
    }
    return ExitStatus.OK.code();
  }
}
