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

/** The configuration of function URLs, as AWS was recorded (facts LAM-23, URL-08, URL-09). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionUrlConfigsTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
  private static final byte[] CODE = Zips.of("index.js", "exports.handler = async () => 1;");

  private final RunningHost host = RunningHost.start(1);

  @AfterAll
  void end() {
    host.close();
  }

  private void create(String name) {
    host.create(creation(name, "nodejs20.x", "index.handler", CODE).put("Publish", true));
  }

  private Reply url(String method, String name, ObjectNode body) {
    return host.call(method, "/2021-10-31/functions/" + name, Json.bytes(body));
  }

  private Reply url(String method, String name) {
    return host.call(method, "/2021-10-31/functions/" + name, new byte[0]);
  }

  private static ObjectNode none() {
    return Json.object().put("AuthType", "NONE");
  }

  /** LAM-23. */
  @Test
  void aUrlIsMadeAndShown() {
    create("shown");

    Reply created = url("POST", "shown/url", none());

    assertThat(created.status()).isEqualTo(201);
    JsonNode reply = created.json();
    assertThat(reply.propertyNames())
        .containsExactlyInAnyOrder("AuthType", "CreationTime", "FunctionArn", "FunctionUrl");
    assertThat(reply.path("FunctionArn").asString()).isEqualTo(ARN + "shown");
    assertThat(reply.path("CreationTime").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(reply.path("FunctionUrl").asString())
        .matches("http://[a-z0-9]{32}\\.lambda-url\\.us-east-1\\.localhost:" + host.port() + "/");

    JsonNode shown = url("GET", "shown/url").json();
    assertThat(shown.path("FunctionUrl")).isEqualTo(reply.path("FunctionUrl"));
    assertThat(shown.path("InvokeMode").asString()).isEqualTo("BUFFERED");
    assertThat(shown.path("LastModifiedTime")).isEqualTo(shown.path("CreationTime"));
  }

  /** LAM-23. */
  @Test
  void aSecondOneIsRefused() {
    create("once");
    url("POST", "once/url", none());

    Reply again = url("POST", "once/url", none());

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.header("x-amzn-ErrorType")).isEqualTo("ResourceConflictException");
    assertThat(again.json().path("message").asString())
        .isEqualTo(
            "Failed to create function url config for [functionArn = "
                + ARN
                + "once]. Error message:  FunctionUrlConfig exists for this Lambda function");
  }

  /** LAM-23. */
  @Test
  void oneThatIsNotThereIsNotFound() {
    create("bare");

    for (String method : new String[] {"GET", "DELETE"}) {
      Reply missing = url(method, "bare/url");

      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.json().path("Message").asString())
          .isEqualTo("The resource you requested does not exist.");
    }
    assertThat(url("PUT", "bare/url", none()).status()).isEqualTo(404);
    assertThat(url("POST", "unknown/url", none()).status()).isEqualTo(404);
    assertThat(url("POST", "bare/url?Qualifier=missing", none()).status()).isEqualTo(404);
  }

  @Test
  void aUrlIsAFunctionsOrAnAliasesAndNoVersions() {
    create("numbered");

    for (String name :
        new String[] {"numbered:1/url", ARN + "numbered:1/url", "numbered/url?Qualifier=1"}) {
      Reply refused = url("POST", name, none());

      assertThat(refused.status()).as(name).isEqualTo(400);
      assertThat(refused.header("x-amzn-ErrorType")).isEqualTo("ValidationException");
    }
    assertThat(url("GET", "numbered/urls").json().path("FunctionUrlConfigs")).isEmpty();
  }

  /** URL-08. */
  @Test
  void anInvokeModeThatIsNoneIsRefused() {
    create("mode");

    Reply refused = url("POST", "mode/url", none().put("InvokeMode", "UNKNOWN"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("x-amzn-ErrorType")).isEqualTo("ValidationException");
    assertThat(refused.json().path("message").asString())
        .contains("'invokeMode' failed to satisfy constraint: Member must satisfy enum value set:")
        .contains("RESPONSE_STREAM")
        .contains("BUFFERED");
  }

  /** URL-09. */
  @Test
  void whatAnUpdateDoesNotNameStays() {
    create("updated");
    ObjectNode creation = none().put("InvokeMode", "RESPONSE_STREAM");
    creation.putObject("Cors").put("MaxAge", 10).putArray("AllowOrigins").add("*");
    assertThat(url("POST", "updated/url", creation).json().path("InvokeMode").asString())
        .isEqualTo("RESPONSE_STREAM");

    JsonNode updated = url("PUT", "updated/url", Json.object().put("AuthType", "AWS_IAM")).json();

    assertThat(updated.path("AuthType").asString()).isEqualTo("AWS_IAM");
    assertThat(updated.path("InvokeMode").asString()).isEqualTo("RESPONSE_STREAM");
    assertThat((Object) updated.path("Cors")).isEqualTo(creation.path("Cors"));
    ObjectNode nothing = Json.object();
    nothing.putObject("Cors");
    assertThat(url("PUT", "updated/url", nothing).json().has("Cors")).isFalse();
  }

  @Test
  void aliasesHaveUrlsOfTheirOwnAndVersionsHaveNone() {
    create("aliased");
    host.functions(
        "POST", "/aliased/aliases", Json.object().put("Name", "live").put("FunctionVersion", "1"));

    String latest = url("POST", "aliased/url", none()).json().path("FunctionUrl").asString();
    JsonNode alias = url("POST", "aliased/url?Qualifier=live", none()).json();

    assertThat(alias.path("FunctionUrl").asString()).isNotEqualTo(latest);
    assertThat(alias.path("FunctionArn").asString()).isEqualTo(ARN + "aliased:live");
    assertThat(url("GET", "aliased/urls").json().path("FunctionUrlConfigs"))
        .extracting(config -> config.path("FunctionArn").asString())
        .containsExactlyInAnyOrder(ARN + "aliased", ARN + "aliased:live");
    JsonNode page = url("GET", "aliased/urls?MaxItems=1").json();
    assertThat(page.path("FunctionUrlConfigs")).hasSize(1);
    assertThat(page.path("NextMarker").asString()).isNotEmpty();
    for (String version : new String[] {"1", "$LATEST"}) {
      assertThat(url("POST", "aliased/url?Qualifier=" + version, none()).status()).isEqualTo(400);
    }
  }

  @Test
  void aUrlGoesWithWhatItCalls() {
    create("gone");
    host.functions(
        "POST", "/gone/aliases", Json.object().put("Name", "live").put("FunctionVersion", "1"));
    String latest = url("POST", "gone/url", none()).json().path("FunctionUrl").asString();
    url("POST", "gone/url?Qualifier=live", none());

    host.functions("DELETE", "/gone/aliases/live");
    assertThat(url("GET", "gone/url?Qualifier=live").status()).isEqualTo(404);
    assertThat(url("GET", "gone/url").status()).isEqualTo(200);

    host.functions("DELETE", "/gone");
    create("gone");
    assertThat(url("GET", "gone/url").status()).isEqualTo(404);
    assertThat(url("POST", "gone/url", none()).json().path("FunctionUrl").asString())
        .isEqualTo(latest);
    assertThat(url("DELETE", "gone/url").status()).isEqualTo(204);
    assertThat(url("GET", "gone/urls").json().path("FunctionUrlConfigs")).isEmpty();
  }

  /** AddPermission says of URLs what conditions ask for. */
  @Test
  void permissionsOfUrlsAreStoredAsConditions() {
    create("permitted");

    Reply url =
        host.functions(
            "POST",
            "/permitted/policy",
            Json.object()
                .put("StatementId", "url")
                .put("Action", "lambda:InvokeFunctionUrl")
                .put("Principal", "*")
                .put("FunctionUrlAuthType", "NONE"));
    Reply function =
        host.functions(
            "POST",
            "/permitted/policy",
            Json.object()
                .put("StatementId", "function")
                .put("Action", "lambda:InvokeFunction")
                .put("Principal", "*")
                .put("InvokedViaFunctionUrl", true));

    assertThat(url.json().path("Statement").asString())
        .isEqualTo(
            "{\"Sid\":\"url\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"lambda:InvokeFunctionUrl\",\"Resource\":\""
                + ARN
                + "permitted\",\"Condition\":{\"StringEquals\":{\"lambda:FunctionUrlAuthType\":\"NONE\"}}}");
    assertThat(function.json().path("Statement").asString())
        .contains("\"Condition\":{\"Bool\":{\"lambda:InvokedViaFunctionUrl\":\"true\"}}");
  }
}
