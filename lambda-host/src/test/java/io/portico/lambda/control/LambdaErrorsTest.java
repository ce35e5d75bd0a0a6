package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The forms of Lambda's refusals, and what they leave as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LambdaErrorsTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

  private final RunningHost host = RunningHost.start(1);

  @AfterAll
  void end() {
    host.close();
  }

  private static ObjectNode node(String name) {
    return creation(
        name,
        "nodejs20.x",
        "index.handler",
        Zips.of("index.js", "exports.handler = async () => 1;"));
  }

  private static void assertForm(Reply refusal, int status, String type, String... members) {
    assertThat(refusal.status()).as(refusal.text()).isEqualTo(status);
    assertThat(refusal.header("x-amzn-ErrorType")).isEqualTo(type);
    assertThat(refusal.json().propertyNames()).containsExactlyInAnyOrder(members);
  }

  /** LAM-01. */
  @Test
  void eachErrorHasTheMembersThatAwsGivesIt() {
    host.create(node("there"));
    ObjectNode noFunctions = Json.object().put("ReservedConcurrentExecutions", 0);
    Reply stopped =
        host.call("PUT", "/2017-10-31/functions/there/concurrency", Json.bytes(noFunctions));
    assertThat(stopped.status()).isEqualTo(200);

    assertForm(
        host.functions("GET", "/nobody"), 404, "ResourceNotFoundException", "Type", "Message");
    assertForm(
        host.functions("POST", "", node("there")),
        409,
        "ResourceConflictException",
        "Type",
        "message");
    assertForm(
        host.functions("POST", "", node("new").put("Runtime", "none")),
        400,
        "InvalidParameterValueException",
        "Type",
        "message");
    assertForm(
        host.functions("POST", "/there/versions", Json.object().put("RevisionId", "other")),
        412,
        "PreconditionFailedException",
        "Type",
        "message");
    assertForm(
        host.invoke("there", "no JSON"), 400, "InvalidRequestContentException", "Type", "message");
    assertForm(
        host.invoke("there", "{}"), 429, "TooManyRequestsException", "Type", "message", "Reason");
    assertForm(
        host.functions("POST", "", node("new").put("Role", "none")),
        400,
        "ValidationException",
        "message");
  }

  /** LAM-06. Functions are made ready one after the other, and the first has much to unpack. */
  @Test
  void anUpdateWhileAnotherIsInProgressIsRefused() {
    host.create(node("changing"));
    Map<String, String> files =
        new HashMap<>(Map.of("index.js", "exports.handler = async () => 1;"));
    for (int i = 0; i < 5000; i++) {
      files.put("part-" + i + ".js", "");
    }
    Reply large =
        host.functions(
            "POST", "", creation("large", "nodejs20.x", "index.handler", Zips.of(files)));

    Reply first = host.functions("PUT", "/changing/configuration", timeout(4));
    Reply second = host.functions("PUT", "/changing/configuration", timeout(5));

    assertThat(large.status()).isEqualTo(201);
    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).as(second.text()).isEqualTo(409);
    assertThat(second.json().path("message").asString())
        .isEqualTo(
            "The operation cannot be performed at this time. An update is in progress for resource: "
                + ARN
                + "changing");
    assertThat(host.awaitReady("changing").path("Timeout").intValue()).isEqualTo(4);
  }

  private static ObjectNode timeout(int seconds) {
    return Json.object().put("Timeout", seconds);
  }

  /** LAM-24. */
  @Test
  void theAccountHasLimitsAndTellsWhatOfThemIsUsed() {
    host.create(node("counted"));

    JsonNode settings = host.call("GET", "/2016-08-19/account-settings/", new byte[0]).json();

    assertThat(settings.path("AccountLimit").propertyNames())
        .containsExactlyInAnyOrder(
            "CodeSizeUnzipped",
            "CodeSizeZipped",
            "ConcurrentExecutions",
            "TotalCodeSize",
            "UnreservedConcurrentExecutions");
    assertThat(settings.path("AccountUsage").propertyNames())
        .containsExactlyInAnyOrder("FunctionCount", "TotalCodeSize");
    assertThat(settings.at("/AccountUsage/FunctionCount").intValue()).isPositive();
    assertThat(settings.at("/AccountUsage/TotalCodeSize").intValue()).isPositive();
  }
}
