package io.portico.server.cli;

import io.portico.gateway.json.Json;
import io.portico.server.Gateway;
import io.portico.server.Meanwhile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code portico run}: an ephemeral gateway with the APIs and functions of some definitions. */
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
        "A folder's functions/NAME/function.json makes the Lambda function NAME: it is the input of"
            + " CreateFunction without FunctionName, its folder the code. Changed files are in force"
            + " with the next invocation, those under way end as they began.",
        "Each stage has the stage variable self: its own address without the scheme.");
  }

  @Override
  public List<Option> options() {
    return Stream.concat(GatewayOptions.ALL.stream(), Stream.of(STAGE, JSON)).toList();
  }

  @Override
  public Operand operand() {
    return new Operand(
        "PATH",
        true,
        true,
        "An OpenAPI definition in JSON or YAML, or a folder of them and of functions.");
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) throws InterruptedException {
    Running running = start(arguments);
    try (FunctionWatch _ = running.watch()) {
      return Serving.untilSignalled(running.gateway(), () -> running.announce(out));
    }
  }

  /**
   * Starts a gateway with what the operands name deployed.
   *
   * @throws DefinitionException if that fails; nothing runs then
   */
  static Running start(Arguments arguments) {
    List<Path> operands = arguments.operands().stream().map(Path::of).toList();
    Meanwhile<List<Definition>> definitions = Meanwhile.of(() -> Definition.in(operands));
    List<FunctionDefinition> functions = FunctionDefinition.in(operands);
    String named = arguments.value(STAGE);
    String stage = named == null ? "prod" : named;
    Gateway gateway = Serving.start(GatewayOptions.load(arguments, Map.of("ephemeral", "true")));
    boolean deployed = false;
    try {
      FunctionDeployer lambda = new FunctionDeployer(gateway);
      List<FunctionDeployer.Deployed> made = functions.stream().map(lambda::make).toList();
      Deployer deployer = new Deployer(gateway, stage);
      List<Deployer.Deployed> apis = definitions.get().stream().map(deployer::deploy).toList();
      made.forEach(function -> lambda.open(function, apis));
      deployed = true;
      return new Running(gateway, stage, apis, made, arguments.has(JSON));
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
  record Running(
      Gateway gateway,
      String stage,
      List<Deployer.Deployed> apis,
      List<FunctionDeployer.Deployed> functions,
      boolean json) {
    /** Where there are functions, what keeps them as their files say; to be closed. */
    @Nullable FunctionWatch watch() {
      return functions.isEmpty()
          ? null
          : new FunctionWatch(new FunctionDeployer(gateway), functions);
    }

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
      for (FunctionDeployer.Deployed function : functions) {
        FunctionDefinition definition = function.definition();
        out.println(
            "%s (%s), function in %s:"
                .formatted(definition.name(), definition.file(), function.runtime()));
        out.println("  " + function.arn());
        out.println("  " + function.curl());
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
      ArrayNode made = report.putArray("functions");
      for (FunctionDeployer.Deployed function : functions) {
        made.addObject()
            .put("file", function.definition().file().toString())
            .put("functionName", function.definition().name())
            .put("functionArn", function.arn())
            .put("runtime", function.runtime())
            .put("url", function.url())
            .put("curl", function.curl());
      }
      return report;
    }
  }
}
