package io.portico.server.cli;

import io.portico.gateway.json.Json;
import io.portico.server.Gateway;
import io.portico.server.GatewayAssembly;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code portico run}: an ephemeral gateway with the APIs of some definitions. */
@Command(
    name = "run",
    description = {
      "Starts an ephemeral gateway, imports and deploys every OpenAPI definition found in the files and"
          + " folders given, and prints for each stage its URL and a curl line.",
      "Each stage has the stage variable self: its own address without the scheme."
    })
final class RunCommand implements Callable<Integer> {
  @Spec private final CommandSpec spec = CommandSpec.create();
  @Mixin private final GatewayOptions options = new GatewayOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "An OpenAPI definition in JSON or YAML, or a folder of them.")
  private final List<Path> paths = new ArrayList<>();

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "Name of the stages. Default: ${DEFAULT-VALUE}.")
  private String stage = "prod";

  @Option(names = "--json", description = "Prints one JSON object instead of lines.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    List<Definition> definitions = Definition.in(paths);
    Gateway gateway = GatewayAssembly.start(options.load(Map.of("ephemeral", "true")).config());
    boolean deployed = false;
    try {
      Deployer deployer = new Deployer(gateway, stage);
      List<Deployer.Deployed> apis = definitions.stream().map(deployer::deploy).toList();
      deployed = true;
      return Serving.untilSignalled(gateway, () -> print(gateway, apis));
    } finally {
      if (!deployed) {
        gateway.close();
      }
    }
  }

  private void print(Gateway gateway, List<Deployer.Deployed> apis) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(report(gateway, apis)));
      return;
    }
    for (Deployer.Deployed api : apis) {
      out.println(api.name() + " (" + api.file() + "), stage " + stage + ":");
      out.println("  " + api.url());
      api.curl().ifPresent(line -> out.println("  " + line));
      api.warnings().forEach(warning -> out.println("  warning: " + warning));
    }
    Serving.printReady(spec, gateway);
  }

  private ObjectNode report(Gateway gateway, List<Deployer.Deployed> apis) {
    ObjectNode report = Json.object();
    report.put("url", gateway.url());
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
