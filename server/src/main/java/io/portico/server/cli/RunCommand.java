package io.portico.server.cli;

import io.portico.gateway.json.Json;
import io.portico.server.Gateway;
import io.portico.server.Meanwhile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code portico run}: an ephemeral gateway with the APIs of some definitions. */
final class RunCommand implements Verb {
  private static final Option STAGE =
      Option.of("--stage", "NAME", "Name of the stages. Default: prod.");
  private static final Option JSON = Option.flag("--json", "Prints one JSON object, not lines.");

  @Override
  public String name() {
    return "run";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Starts an ephemeral gateway, imports and deploys every OpenAPI definition found in the files and"
            + " folders given, and prints for each stage its URL and a curl line.",
        "Each stage has the stage variable self: its own address without the scheme.");
  }

  @Override
  public List<Option> options() {
    return Stream.concat(GatewayOptions.ALL.stream(), Stream.of(STAGE, JSON)).toList();
  }

  @Override
  public Operand operand() {
    return new Operand(
        "PATH", true, true, "An OpenAPI definition in JSON or YAML, or a folder of them.");
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) throws InterruptedException {
    Running running = start(arguments);
    return Serving.untilSignalled(running.gateway(), () -> running.announce(out));
  }

  /**
   * Starts a gateway with what the operands name deployed.
   *
   * @throws DefinitionException if that fails; nothing runs then
   */
  static Running start(Arguments arguments) {
    List<Path> operands = arguments.operands().stream().map(Path::of).toList();
    Meanwhile<List<Definition>> definitions = Meanwhile.of(() -> Definition.in(operands));
    String named = arguments.value(STAGE);
    String stage = named == null ? "prod" : named;
    Gateway gateway = Serving.start(GatewayOptions.load(arguments, Map.of("ephemeral", "true")));
    boolean deployed = false;
    try {
      Deployer deployer = new Deployer(gateway, stage);
      List<Deployer.Deployed> apis = definitions.get().stream().map(deployer::deploy).toList();
      deployed = true;
      return new Running(gateway, stage, apis, arguments.has(JSON));
    } finally {
      if (!deployed) {
        gateway.close();
      }
    }
  }

  /**
   * A gateway that serves definitions.
   *
   * @param stage name of each one's stage
   * @param json whether to announce it to a machine
   */
  record Running(Gateway gateway, String stage, List<Deployer.Deployed> apis, boolean json) {
    void announce(PrintWriter out) {
      if (json) {
        out.println(Json.text(report()));
        return;
      }
      for (Deployer.Deployed api : apis) {
        out.println(api.name() + " (" + api.file() + "), stage " + stage + ":");
        out.println("  " + api.url());
        api.curl().ifPresent(line -> out.println("  " + line));
        api.warnings().forEach(warning -> out.println("  warning: " + warning));
      }
      Serving.printReady(out, gateway);
    }

    private ObjectNode report() {
      ObjectNode report = Json.object();
      report.put("url", gateway.url());
      if (gateway.tlsUrl() != null) {
        report.put("tlsUrl", gateway.tlsUrl());
      }
      report.put("seconds", Serving.sinceStart());
      ArrayNode stages = report.putArray("stages");
      for (Deployer.Deployed api : apis) {
        ObjectNode entry = stages.addObject();
        entry.put("file", api.file().toString());
        entry.put("restApiId", api.apiId());
        entry.put("name", api.name());
        entry.put("stageName", stage);
        entry.put("url", api.url());
        api.curl().ifPresent(line -> entry.put("curl", line));
        ArrayNode warnings = entry.putArray("warnings");
        api.warnings().forEach(warnings::add);
      }
      return report;
    }
  }
}
