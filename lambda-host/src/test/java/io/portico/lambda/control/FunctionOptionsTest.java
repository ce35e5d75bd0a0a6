package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is kept for functions beside their code and configuration. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionOptionsTest {
  private static final byte[] CODE = Zips.of("index.js", "exports.handler = async () => 1;");
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

  private final RunningHost host = RunningHost.start(2);

  @AfterAll
  void end() {
    host.close();
  }

  private void create(String name) {
    host.create(creation(name, "nodejs20.x", "index.handler", CODE));
  }

  private Reply call(String method, String path, ObjectNode body) {
    return host.call(method, path, Json.bytes(body));
  }

  private Reply call(String method, String path) {
    return host.call(method, path, new byte[0]);
  }

  @Test
  void reservedConcurrencyHoldsAtOnceAndIsCounted() {
    create("limited");
    String path = "/2017-10-31/functions/limited/concurrency";
    String reserved = "/2019-09-30/functions/limited/concurrency";
    assertThat(host.invoke("limited", "{}").status()).isEqualTo(200);
    assertThat(call("GET", reserved).text()).isEqualTo("{}");

    Reply none = call("PUT", path, Json.object().put("ReservedConcurrentExecutions", 0));
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.text()).isEqualTo("{\"ReservedConcurrentExecutions\":0}");
    Reply throttled = host.invoke("limited", "{}");
    assertThat(throttled.status()).isEqualTo(429);
    assertThat(throttled.json().path("Reason").asString())
        .isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");

    call("PUT", path, Json.object().put("ReservedConcurrentExecutions", 900));
    assertThat(host.invoke("limited", "{}").status()).isEqualTo(200);
    assertThat(host.functions("GET", "/limited").json().at("/Concurrency").toString())
        .isEqualTo("{\"ReservedConcurrentExecutions\":900}");
    JsonNode account = call("GET", "/2016-08-19/account-settings").json();
    assertThat(account.at("/AccountLimit/UnreservedConcurrentExecutions").intValue())
        .isEqualTo(100);
    assertThat(account.at("/AccountUsage/FunctionCount").intValue()).isPositive();
    assertThat(account.at("/AccountUsage/TotalCodeSize").intValue())
        .isGreaterThanOrEqualTo(CODE.length);

    Reply tooMuch = call("PUT", path, Json.object().put("ReservedConcurrentExecutions", 901));
    assertThat(tooMuch.status()).isEqualTo(400);
    assertThat(tooMuch.json().path("message").asString())
        .isEqualTo(
            "Specified ReservedConcurrentExecutions for function decreases account's"
                + " UnreservedConcurrentExecution below its minimum value of [100].");
    assertThat(call("DELETE", path).status()).isEqualTo(204);
    assertThat(call("GET", reserved).text()).isEqualTo("{}");
  }

  @Test
  void tagsAreAddedShownAndRemoved() {
    create("tagged");
    String path = "/2017-03-31/tags/" + (ARN + "tagged").replace(":", "%3A");
    ObjectNode tags = Json.object();
    tags.putObject("Tags").put("a", "1").put("b", "2");

    assertThat(call("POST", path, tags).status()).isEqualTo(204);
    assertThat(call("GET", path).text()).isEqualTo("{\"Tags\":{\"a\":\"1\",\"b\":\"2\"}}");
    assertThat(call("DELETE", path + "?tagKeys=a&tagKeys=c").status()).isEqualTo(204);
    assertThat(host.functions("GET", "/tagged").json().path("Tags").toString())
        .isEqualTo("{\"b\":\"2\"}");

    ObjectNode many = Json.object();
    ObjectNode fifty = many.putObject("Tags");
    for (int i = 0; i < 50; i++) {
      fifty.put("t" + i, "");
    }
    assertThat(call("POST", path, many).status()).isEqualTo(400);
    assertThat(call("GET", path + "%3A1").status()).isEqualTo(400);
    assertThat(call("GET", path + "-not").status()).isEqualTo(404);
  }

  @Test
  void asynchronousInvocationIsConfiguredForEachQualifier() {
    create("queued");
    String path = "/2019-09-25/functions/queued/event-invoke-config";
    Reply missing = call("GET", path);
    assertThat(missing.status()).isEqualTo(404);

    JsonNode put = call("PUT", path, Json.object().put("MaximumRetryAttempts", 0)).json();
    assertThat(put.path("FunctionArn").asString()).isEqualTo(ARN + "queued:$LATEST");
    assertThat(put.path("MaximumRetryAttempts").intValue()).isZero();
    assertThat(put.has("MaximumEventAgeInSeconds")).isFalse();
    assertThat(put.path("DestinationConfig").toString())
        .isEqualTo("{\"OnSuccess\":{},\"OnFailure\":{}}");

    ObjectNode update = Json.object().put("MaximumEventAgeInSeconds", 60);
    update
        .putObject("DestinationConfig")
        .putObject("OnFailure")
        .put("Destination", "arn:aws:sqs:us-east-1:000000000000:dead");
    JsonNode updated = call("POST", path, update).json();
    assertThat(updated.path("MaximumRetryAttempts").intValue()).isZero();
    assertThat(updated.path("MaximumEventAgeInSeconds").intValue()).isEqualTo(60);
    assertThat(updated.at("/DestinationConfig/OnFailure/Destination").asString())
        .isEqualTo("arn:aws:sqs:us-east-1:000000000000:dead");
    assertThat(call("GET", path + "/list").json().path("FunctionEventInvokeConfigs").size())
        .isEqualTo(1);

    ObjectNode wrong = Json.object();
    wrong
        .putObject("DestinationConfig")
        .putObject("OnSuccess")
        .put("Destination", "arn:aws:s3:::bucket");
    assertThat(call("PUT", path, wrong).json().path("message").asString())
        .isEqualTo("The destination ARN arn:aws:s3:::bucket is invalid.");
    ObjectNode itself = Json.object();
    itself
        .putObject("DestinationConfig")
        .putObject("OnFailure")
        .put("Destination", ARN + "queued:$LATEST");
    Reply loop = call("PUT", path, itself);
    assertThat(loop.status()).isEqualTo(400);
    assertThat(loop.json().path("message").asString())
        .isEqualTo("You can't specify the function as a destination for itself.");
    assertThat(call("PUT", path, Json.object()).status()).isEqualTo(400);
    assertThat(call("PUT", path, Json.object().put("MaximumRetryAttempts", 3)).status())
        .isEqualTo(400);
    assertThat(call("DELETE", path).status()).isEqualTo(204);
    assertThat(call("DELETE", path).status()).isEqualTo(404);
  }

  @Test
  void whatIsNotConfiguredHasItsDefault() {
    create("plain");
    String runtime = "/2021-07-20/functions/plain/runtime-management-config";
    String recursion = "/2024-08-31/functions/plain/recursion-config";

    assertThat(call("GET", runtime).json().path("UpdateRuntimeOn").asString()).isEqualTo("Auto");
    assertThat(call("PUT", runtime, Json.object().put("UpdateRuntimeOn", "Manual")).status())
        .isEqualTo(400);
    call("PUT", runtime, Json.object().put("UpdateRuntimeOn", "FunctionUpdate"));
    assertThat(call("GET", runtime).json().path("UpdateRuntimeOn").asString())
        .isEqualTo("FunctionUpdate");

    assertThat(call("GET", recursion).text()).isEqualTo("{\"RecursiveLoop\":\"Terminate\"}");
    call("PUT", recursion, Json.object().put("RecursiveLoop", "Allow"));
    assertThat(call("GET", recursion).text()).isEqualTo("{\"RecursiveLoop\":\"Allow\"}");

    assertThat(call("GET", "/2020-06-30/functions/plain/code-signing-config").text())
        .isEqualTo("{\"FunctionName\":\"plain\"}");
    assertThat(call("GET", "/2019-09-30/functions/plain/provisioned-concurrency?List=ALL").text())
        .isEqualTo("{\"ProvisionedConcurrencyConfigs\":[]}");
  }

  @Test
  void noFunctionHasProvisionedConcurrency() {
    create("cold");
    host.functions("POST", "/cold/versions", Json.object());
    String path = "/2019-09-30/functions/cold/provisioned-concurrency?Qualifier=";

    Reply none = call("GET", path + "1");
    Reply latest = call("GET", path + "$LATEST");

    assertThat(none.status()).isEqualTo(404);
    assertThat(none.header("x-amzn-ErrorType"))
        .isEqualTo("ProvisionedConcurrencyConfigNotFoundException");
    assertThat(none.json().propertyNames()).containsExactlyInAnyOrder("Type", "message");
    assertThat(latest.status()).isEqualTo(400);
    assertThat(latest.header("x-amzn-ErrorType")).isEqualTo("InvalidParameterValueException");
    assertThat(call("GET", path + "7").status()).isEqualTo(404);
    assertThat(call("GET", path + "live").status()).isEqualTo(404);
  }
}
