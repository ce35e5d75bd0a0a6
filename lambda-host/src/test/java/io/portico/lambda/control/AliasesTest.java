package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** CreateAlias to DeleteAlias, as AWS was recorded (facts LAM-22, LAM-04). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AliasesTest {
  private static final byte[] CODE =
      Zips.of(
          "index.js",
          "exports.handler = async (e, c) => c.functionVersion + ' ' + c.invokedFunctionArn;");
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

  private final RunningHost host = RunningHost.start(2);

  @AfterAll
  void end() {
    host.close();
  }

  /** A function with the versions 1 and 2. */
  private void create(String name) {
    host.create(creation(name, "nodejs20.x", "index.handler", CODE).put("Publish", true));
    host.functions("PUT", "/" + name + "/configuration", Json.object().put("Timeout", 9));
    host.awaitReady(name);
    assertThat(host.functions("POST", "/" + name + "/versions", Json.object()).status())
        .isEqualTo(201);
  }

  private static ObjectNode alias(String name, String version) {
    return Json.object().put("Name", name).put("FunctionVersion", version);
  }

  private static ObjectNode weighted(ObjectNode alias, String version, double weight) {
    alias.putObject("RoutingConfig").putObject("AdditionalVersionWeights").put(version, weight);
    return alias;
  }

  private static String message(Reply reply) {
    JsonNode body = reply.json();
    return body.has("Message") ? body.path("Message").asString() : body.path("message").asString();
  }

  @Test
  void anAliasIsCreatedShownAndDeleted() {
    create("named");

    Reply created = host.functions("POST", "/named/aliases", alias("live", "1"));
    assertThat(created.status()).isEqualTo(201);
    JsonNode reply = created.json();
    assertThat(reply.path("AliasArn").asString()).isEqualTo(ARN + "named:live");
    assertThat(reply.path("Description").asString("none")).isEmpty();
    assertThat(reply.path("FunctionVersion").asString()).isEqualTo("1");
    assertThat(reply.path("Name").asString()).isEqualTo("live");
    assertThat(reply.has("RevisionId")).isTrue();
    assertThat(reply.has("RoutingConfig")).isFalse();
    assertThat(host.functions("GET", "/named/aliases/live").text()).isEqualTo(created.text());

    assertThat(host.functions("DELETE", "/named/aliases/live").status()).isEqualTo(204);
    assertThat(host.functions("DELETE", "/named/aliases/live").status()).isEqualTo(204);
    Reply gone = host.functions("GET", "/named/aliases/live");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(message(gone)).isEqualTo("Cannot find alias arn: " + ARN + "named:live");
    assertThat(message(host.functions("PUT", "/named/aliases/live", Json.object())))
        .isEqualTo("Alias not found: " + ARN + "named:live");
  }

  @Test
  void whatAnAliasCannotBeIsRefused() {
    create("strict");
    host.functions("POST", "/strict/aliases", alias("live", "1"));

    Reply digits = host.functions("POST", "/strict/aliases", alias("12", "1"));
    assertThat(digits.status()).isEqualTo(400);
    assertThat(message(digits)).contains("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    Reply again = host.functions("POST", "/strict/aliases", alias("live", "2"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(message(again)).isEqualTo("Alias already exists: " + ARN + "strict:live");
    Reply unknown = host.functions("POST", "/strict/aliases", alias("next", "9"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(message(unknown)).isEqualTo("Function not found: " + ARN + "strict:9");
    assertThat(
            message(
                host.functions("POST", "/strict/aliases", weighted(alias("next", "1"), "1", 0.5))))
        .isEqualTo(
            "Invalid function version 1. Function version 1 is already included in routing"
                + " configuration.");
    assertThat(
            host.functions("POST", "/strict/aliases", weighted(alias("next", "1"), "2", 1.5))
                .status())
        .isEqualTo(400);
    assertThat(
            host.functions("POST", "/strict/aliases", weighted(alias("next", "1"), "$LATEST", 0.5))
                .status())
        .isEqualTo(400);
    assertThat(
            host.functions("PUT", "/strict/aliases/live", Json.object().put("RevisionId", "other"))
                .status())
        .isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Role\": \"arn:aws:iam::000000000000:role/other\"}"
            + " | Specified versions must be associated with the same execution role",
        "{\"DeadLetterConfig\": {\"TargetArn\": \"arn:aws:sqs:us-east-1:000000000000:dead\"}}"
            + " | Specified versions must be associated with the same dead-letter configuration"
      })
  void versionsThatShareAnAliasAreAlike(String change, String refusal) {
    String name = refusal.endsWith("role") ? "of-two-roles" : "of-two-queues";
    create(name);
    host.functions("PUT", "/" + name + "/configuration", (ObjectNode) Json.parse(change));
    host.awaitReady(name);
    host.functions("POST", "/" + name + "/versions", Json.object());
    String path = "/" + name + "/aliases";

    Reply created = host.functions("POST", path, weighted(alias("live", "2"), "3", 0.5));
    Reply plain = host.functions("POST", path, alias("live", "2"));
    Reply updated = host.functions("PUT", path + "/live", weighted(Json.object(), "3", 0.5));
    Reply alike = host.functions("PUT", path + "/live", weighted(Json.object(), "1", 0.5));

    assertThat(created.status()).isEqualTo(400);
    assertThat(message(created)).isEqualTo(refusal);
    assertThat(plain.status()).isEqualTo(201);
    assertThat(message(updated)).isEqualTo(refusal);
    assertThat(alike.status()).isEqualTo(200);
  }

  @Test
  void anUpdateChangesWhatItNames() {
    create("moved");
    host.functions("POST", "/moved/aliases", weighted(alias("live", "1"), "2", 0.25));

    JsonNode described =
        host.functions("PUT", "/moved/aliases/live", Json.object().put("Description", "d")).json();
    assertThat(described.path("RoutingConfig").toString())
        .isEqualTo("{\"AdditionalVersionWeights\":{\"2\":0.25}}");
    assertThat(described.path("FunctionVersion").asString()).isEqualTo("1");

    ObjectNode unrouted = Json.object().put("FunctionVersion", "2");
    unrouted.putObject("RoutingConfig");
    JsonNode moved = host.functions("PUT", "/moved/aliases/live", unrouted).json();
    assertThat(moved.has("RoutingConfig")).isFalse();
    assertThat(moved.path("FunctionVersion").asString()).isEqualTo("2");
    assertThat(moved.path("Description").asString()).isEqualTo("d");
    assertThat(moved.path("RevisionId").asString())
        .isNotEqualTo(described.path("RevisionId").asString());
  }

  @Test
  void aliasesAreListedByPageAndVersion() {
    create("listed");
    host.functions("POST", "/listed/aliases", alias("a", "1"));
    host.functions("POST", "/listed/aliases", alias("b", "2"));
    host.functions("POST", "/listed/aliases", weighted(alias("c", "1"), "2", 0.5));

    JsonNode first = host.functions("GET", "/listed/aliases?MaxItems=2").json();
    assertThat(names(first)).containsExactly("a", "b");
    String marker = first.path("NextMarker").asString();
    assertThat(names(host.functions("GET", "/listed/aliases?Marker=" + marker).json()))
        .containsExactly("c");
    assertThat(names(host.functions("GET", "/listed/aliases?FunctionVersion=2").json()))
        .containsExactly("b", "c");
  }

  private static List<String> names(JsonNode list) {
    return list.path("Aliases").valueStream().map(a -> a.path("Name").asString()).toList();
  }

  /** LAM-04. */
  @Test
  void anAliasIsAQualifier() {
    create("called");
    host.functions("POST", "/called/aliases", alias("live", "1"));

    JsonNode shown = host.functions("GET", "/called?Qualifier=live").json().path("Configuration");
    assertThat(shown.path("FunctionArn").asString()).isEqualTo(ARN + "called:live");
    assertThat(shown.path("Version").asString()).isEqualTo("1");
    Reply invoked = host.invoke("called:live", "{}");
    assertThat(invoked.header("X-Amz-Executed-Version")).isEqualTo("1");
    assertThat(invoked.text()).isEqualTo("\"1 " + ARN + "called:live\"");

    host.functions("PUT", "/called/aliases/live", weighted(Json.object(), "2", 1));
    assertThat(host.invoke("called:live", "{}").header("X-Amz-Executed-Version")).isEqualTo("2");
    Reply unknown = host.invoke("called:other", "{}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(message(unknown)).isEqualTo("Function not found: " + ARN + "called:other");
  }

  @Test
  void aVersionStaysAsLongAsAnAliasInvokesIt() {
    create("kept");
    host.functions("POST", "/kept/aliases", weighted(alias("live", "1"), "2", 0.5));
    host.functions("POST", "/kept/aliases", alias("next", "2"));

    Reply refused = host.functions("DELETE", "/kept?Qualifier=2");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(message(refused))
        .isEqualTo(
            "Unable to delete version because the following aliases reference it: [live, next]");
    assertThat(host.functions("DELETE", "/kept?Qualifier=live").status()).isEqualTo(400);

    assertThat(host.functions("DELETE", "/kept").status()).isEqualTo(204);
    create("kept");
    assertThat(host.functions("GET", "/kept/aliases").json().path("Aliases").size()).isZero();
    assertThat(host.functions("DELETE", "/kept?Qualifier=2").status()).isEqualTo(204);
  }
}
