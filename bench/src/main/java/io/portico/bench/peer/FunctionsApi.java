package io.portico.bench.peer;

import io.portico.bench.load.Call;
import io.portico.bench.load.FirstAnswer;
import io.portico.bench.load.FunctionAlone;
import io.portico.bench.load.Requests;
import io.portico.bench.load.Scheme;
import io.portico.bench.load.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An API of Lambda functions on Node.js, by {@code AWS_PROXY}: one that answers a constant, and one
 * that answers its event.
 */
public record FunctionsApi(NodeProgram node) implements Api {
  /** In MB; much more than they need. */
  private static final int MEMORY = 1024;

  private static final String CONSTANT = "constant";
  private static final String EVENT = "event";
  private static final Pattern ANSWER = Pattern.compile("\\{\"greeting\":\"Hello\"\\}");
  private static final Pattern OBJECT = Pattern.compile("(?s)\\{.*\\}");

  /** Calls of the function that answers a constant, on so many connections. */
  public static Requests calls(int connections) {
    return new Requests(connections, Scheme.HTTP, List.of(Call.of("/" + CONSTANT)), ANSWER);
  }

  @Override
  public String deploy(ControlPlane controlPlane, Workplace workplace, int backendPort)
      throws IOException {
    for (String name : List.of(CONSTANT, EVENT)) {
      controlPlane.createFunction(name, definition(name, node, folder(workplace)));
      controlPlane.permitApiGateway(name);
    }
    return ImportedApi.regional("portico-lambda.json").deploy(controlPlane, workplace, backendPort);
  }

  /** Lambda's CreateFunction of the file of that name in the folder. */
  static String definition(String name, NodeProgram node, Path folder) {
    return String.format(
        Locale.ROOT,
        """
        {
          "FunctionName": "%s", "Runtime": "%s", "Handler": "%s.handler", "MemorySize": %d, "Timeout": 30,
          "Role": "arn:aws:iam::000000000000:role/bench",
          "Code": {"S3Bucket": "_portico", "S3Key": "%s"}
        }""",
        name,
        node.runtime(),
        name,
        MEMORY,
        folder);
  }

  /** Makes a new edition of the function that answers a constant: the next call starts it anew. */
  public static void renew(ControlPlane controlPlane, int edition) throws IOException {
    controlPlane.updateFunction(
        CONSTANT, "{\"Environment\": {\"Variables\": {\"EDITION\": \"" + edition + "\"}}}");
  }

  /** The same function without a host, with the event that a call at {@code server} becomes. */
  public FunctionAlone alone(Workplace workplace, PorticoProgram program, Target server) {
    Path bootstrap =
        NodeBootstrap.unpack(program.library("portico-lambda-host"), workplace.subfolder("node"));
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("_HANDLER", CONSTANT + ".handler");
    variables.put("LAMBDA_TASK_ROOT", folder(workplace).toString());
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + node.runtime());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", CONSTANT);
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(MEMORY));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + CONSTANT);
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "alone");
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    String event = FirstAnswer.body(server, Call.of("/" + EVENT), 200, OBJECT);
    return new FunctionAlone(node.path(), bootstrap, variables, event);
  }

  /** Where the functions' files are. */
  static Path folder(Workplace workplace) {
    return workplace.peers().resolve("lambda");
  }
}
