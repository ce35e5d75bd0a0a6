package io.portico.server.cli;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.server.Gateway;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings functions into a running gateway by the operations an AWS client would call. */
final class FunctionDeployer {
  /** A folder is ready in milliseconds; long code of a zip, or layers, may take seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(5).toNanos();

  private final Gateway gateway;

  FunctionDeployer(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * A function that can be invoked.
   *
   * @param url where a POST invokes it
   */
  record Deployed(FunctionDefinition definition, String arn, String runtime, String url) {
    String curl() {
      return "curl -d '{}' " + url;
    }
  }

  /**
   * Makes a function. It may take a moment until it can be invoked.
   *
   * @throws DefinitionException if that is refused, in Lambda's words
   */
  Deployed make(FunctionDefinition definition) {
    if (!gateway.hasFunctions()) {
      throw new DefinitionException(
          definition.file()
              + ": functions need lambda.host: true, which the configuration turns off",
          null);
    }
    JsonNode made = called(definition, "CreateFunction", definition.input());
    return new Deployed(
        definition,
        made.path("FunctionArn").asString(),
        made.path("Runtime").asString(),
        gateway.url()
            + "/2015-03-31/functions/"
            + URLEncoder.encode(definition.name(), StandardCharsets.UTF_8)
            + "/invocations");
  }

  /**
   * Lets API Gateway invoke a function for APIs, and waits until it can.
   *
   * @throws DefinitionException if the function's code cannot be made ready
   */
  void open(Deployed function, List<Deployer.Deployed> apis) {
    String[] arn = function.arn().split(":", 6);
    for (Deployer.Deployed api : apis) {
      ObjectNode statement =
          named(function.definition())
              .put("StatementId", "portico-run-" + api.apiId())
              .put("Action", "lambda:InvokeFunction")
              .put("Principal", "apigateway.amazonaws.com")
              .put(
                  "SourceArn",
                  "arn:aws:execute-api:%s:%s:%s/*".formatted(arn[3], arn[4], api.apiId()));
      JsonNode _ = called(function.definition(), "AddPermission", statement);
    }
    awaitSettled(function.definition());
  }

  /**
   * Changes a function's configuration.
   *
   * @param changes of UpdateFunctionConfiguration
   * @throws DefinitionException if that is refused
   */
  void update(FunctionDefinition definition, ObjectNode changes) {
    awaitSettled(definition);
    changes.put(FunctionDefinition.FUNCTION_NAME, definition.name());
    JsonNode _ = called(definition, "UpdateFunctionConfiguration", changes);
    awaitSettled(definition);
  }

  private void awaitSettled(FunctionDefinition definition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode function = called(definition, "GetFunctionConfiguration", named(definition));
      String state = function.path("State").asString("");
      String update = function.path("LastUpdateStatus").asString("");
      if (state.equals("Failed") || update.equals("Failed")) {
        String reason = state.equals("Failed") ? "StateReason" : "LastUpdateStatusReason";
        throw new DefinitionException(
            definition.file() + ": " + function.path(reason).asString("it failed"), null);
      }
      if (!state.equals("Pending") && !update.equals("InProgress")) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new DefinitionException(
            definition.file() + ": its code is not ready within " + PATIENCE.toSeconds() + " s",
            null);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
  }

  private static ObjectNode named(FunctionDefinition definition) {
    return Json.object().put(FunctionDefinition.FUNCTION_NAME, definition.name());
  }

  private JsonNode called(FunctionDefinition definition, String operation, ObjectNode input) {
    try {
      return gateway.callLambda(operation, input);
    } catch (ServiceException e) {
      throw new DefinitionException(definition.file() + ": " + e.text(), e);
    }
  }
}
