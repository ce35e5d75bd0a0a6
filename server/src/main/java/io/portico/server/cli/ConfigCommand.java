package io.portico.server.cli;

import io.portico.gateway.json.Json;
import io.portico.server.Logs;
import io.portico.server.MachineChoices;
import io.portico.server.config.ConfigPrinter;
import io.portico.server.config.ConfigValues;
import io.portico.server.config.GatewayConfig;
import io.portico.server.config.GatewayConfig.Logging.Level;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

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
            + " that before the defaults. Then says what is chosen for this machine, and why.");
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
    GatewayConfig config = values.config();
    Logs.apply(new GatewayConfig.Logging(Level.WARN, config.logging().format()));
    Map<String, String> choices = MachineChoices.all();
    if (arguments.has(JSON)) {
      ObjectNode tree = ConfigPrinter.json(values);
      ObjectNode chosen = tree.putObject("chosen");
      choices.forEach((what, choice) -> chosen.put(what.replace(' ', '-'), choice));
      out.println(Json.pretty(tree));
    } else {
      out.print(ConfigPrinter.yaml(values));
      out.println(
          "# Chosen for this start: the profile, and for this machine the fastest that works:");
      choices.forEach((what, choice) -> out.println("#   " + what + ": " + choice));
    }
    return ExitStatus.OK.code();
  }
}
