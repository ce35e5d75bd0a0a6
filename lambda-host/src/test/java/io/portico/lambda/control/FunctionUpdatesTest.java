package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** UpdateFunctionCode and UpdateFunctionConfiguration, and what both share with CreateFunction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionUpdatesTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

  private final RunningHost host = RunningHost.start(2);

  @AfterAll
  void end() {
    host.close();
  }

  private static byte[] answering(String text) {
    return Zips.of("index.js", "exports.handler = async () => '" + text + "';");
  }

  private static ObjectNode node(String name) {
    return creation(name, "nodejs20.x", "index.handler", answering("first"));
  }

  private static ObjectNode code(String text) {
    return Json.object().put("ZipFile", Base64.getEncoder().encodeToString(answering(text)));
  }

  private static String message(Reply reply) {
    return reply.json().path("message").asString();
  }

  @Test
  void aDryRunOfOtherCodeChangesNothing() {
    host.create(node("dry"));
    String before = host.functions("GET", "/dry/configuration").text();

    Reply reply = host.functions("PUT", "/dry/code", code("second").put("DryRun", true));
    Reply refused =
        host.functions(
            "PUT", "/dry/code", code("second").put("DryRun", true).put("RevisionId", "other"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(before);
    assertThat(refused.status()).isEqualTo(412);
    assertThat(host.functions("GET", "/dry/configuration").text()).isEqualTo(before);
    assertThat(host.invoke("dry", "{}").text()).isEqualTo("\"first\"");
  }

  @Test
  void codeIsPublishedWithItsUpdate() {
    host.create(node("published"));

    Reply reply = host.functions("PUT", "/published/code", code("second").put("Publish", true));
    host.awaitReady("published");
    host.awaitReady("published:1");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("Version").asString()).isEqualTo("1");
    assertThat(reply.json().path("FunctionArn").asString()).isEqualTo(ARN + "published");
    assertThat(host.invoke("published:1", "{}").text()).isEqualTo("\"second\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "configuration"})
  void anUpdateOfAnotherRevisionIsRefused(String what) {
    String name = "revised-" + what;
    host.create(node(name));
    ObjectNode update = what.equals("code") ? code("second") : Json.object().put("Timeout", 9);
    String path = "/" + name + "/" + what;
    String revision =
        host.functions("GET", "/" + name + "/configuration").json().path("RevisionId").asString();

    Reply refused = host.functions("PUT", path, update.put("RevisionId", "other"));
    Reply taken = host.functions("PUT", path, update.put("RevisionId", revision));

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.header("x-amzn-ErrorType")).isEqualTo("PreconditionFailedException");
    assertThat(taken.status()).isEqualTo(200);
    // LAM-05.
    String updating = taken.json().path("RevisionId").asString();
    String updated = host.awaitReady(name).path("RevisionId").asString();
    assertThat(updating).isNotEqualTo(revision);
    assertThat(updated).isNotEqualTo(updating);
  }

  /** LAM-17. */
  @Test
  void noFunctionIsUpdatedToARetiredRuntime() {
    host.create(node("aged"));

    Reply reply =
        host.functions("PUT", "/aged/configuration", Json.object().put("Runtime", "nodejs14.x"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(message(reply))
        .isEqualTo(
            "The runtime parameter of nodejs14.x is no longer supported for creating or updating"
                + " AWS Lambda functions. We recommend you use a supported runtime while creating"
                + " or updating functions.");
  }

  @ParameterizedTest
  @CsvSource({"Timeout, timeout, 900", "MemorySize, memorySize, 10240"})
  void whatIsBeyondTheQuotasIsRefused(String member, String path, int most) {
    String name = "grown-" + member;
    host.create(node(name).put(member, most));

    Reply created = host.functions("POST", "", node("large").put(member, most + 1));
    Reply updated =
        host.functions("PUT", "/" + name + "/configuration", Json.object().put(member, most + 1));

    for (Reply reply : new Reply[] {created, updated}) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("ValidationException");
      assertThat(message(reply))
          .isEqualTo(
              "1 validation error detected: Value '%d' at '%s' failed to satisfy constraint: Member"
                  + " must have value less than or equal to %d",
              most + 1, path, most);
    }
  }

  @Test
  void aFunctionIsNotChangedWhileItIsCreated() {
    Map<String, String> files =
        new HashMap<>(Map.of("index.js", "exports.handler = async () => 1;"));
    for (int i = 0; i < 15_000; i++) {
      files.put("part-" + i + ".js", "");
    }
    Reply created =
        host.functions(
            "POST", "", creation("young", "nodejs20.x", "index.handler", Zips.of(files)));

    Reply changed = host.functions("PUT", "/young/configuration", Json.object().put("Timeout", 9));
    Reply published = host.functions("POST", "/young/versions", Json.object());

    assertThat(created.status()).isEqualTo(201);
    for (Reply reply : new Reply[] {changed, published}) {
      assertThat(reply.status()).as(reply.text()).isEqualTo(409);
      assertThat(message(reply))
          .isEqualTo(
              "The operation cannot be performed at this time. The resource "
                  + ARN
                  + "young is currently in the following state: 'Pending'. StateReasonCode:"
                  + " 'Creating'");
    }
    assertThat(host.awaitReady("young").path("Timeout").intValue()).isEqualTo(3);
  }

  @Test
  void theKeyOfTheCodeIsShownAndGoesWithIt() {
    String key = "arn:aws:kms:us-east-1:000000000000:key/one";
    ObjectNode creation = node("encrypted");
    ((ObjectNode) creation.path("Code")).put("SourceKMSKeyArn", key);
    host.create(creation);

    assertThat(keyOf("encrypted").asString()).isEqualTo(key);
    host.functions("PUT", "/encrypted/code", code("second").put("SourceKMSKeyArn", key + "-b"));
    host.awaitReady("encrypted");
    assertThat(keyOf("encrypted").asString()).isEqualTo(key + "-b");
    host.functions("PUT", "/encrypted/code", code("second"));
    host.awaitReady("encrypted");
    assertThat(keyOf("encrypted").isMissingNode()).isTrue();
  }

  @Test
  void whatIsSetToNothingIsNotShown() {
    ObjectNode creation = node("emptied");
    creation.put("KMSKeyArn", "arn:aws:kms:us-east-1:000000000000:key/one");
    creation.putObject("DeadLetterConfig").put("TargetArn", "arn:aws:sqs:us-east-1:000000000000:q");
    host.create(creation);
    JsonNode before = host.functions("GET", "/emptied/configuration").json();
    ObjectNode emptied = Json.object().put("KMSKeyArn", "");
    emptied.putObject("DeadLetterConfig").put("TargetArn", "");

    Reply reply = host.functions("PUT", "/emptied/configuration", emptied);
    JsonNode after = host.awaitReady("emptied");

    assertThat(before.propertyNames()).contains("KMSKeyArn", "DeadLetterConfig");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().propertyNames()).doesNotContain("KMSKeyArn", "DeadLetterConfig");
    assertThat(after.propertyNames()).doesNotContain("KMSKeyArn", "DeadLetterConfig");
  }

  @Test
  void aNewFunctionHasNoEmptyDeadLetterQueue() {
    ObjectNode creation = node("lettered");
    creation.putObject("DeadLetterConfig").put("TargetArn", "");

    Reply refused = host.functions("POST", "", creation);
    creation.putObject("DeadLetterConfig");
    Reply made = host.functions("POST", "", creation);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("message").asString())
        .isEqualTo("Invalid dead letter queue ARN: ARNs must start with 'arn:':");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().propertyNames()).doesNotContain("DeadLetterConfig");
  }

  private JsonNode keyOf(String name) {
    return host.functions("GET", "/" + name).json().at("/Code/SourceKMSKeyArn");
  }

  @Test
  void aPlaceToPublishToIsNotBuilt() {
    host.create(node("placed"));
    String latest = "LATEST_PUBLISHED";

    assertThat(host.functions("POST", "", node("new").put("PublishTo", latest)).status())
        .isEqualTo(501);
    assertThat(
            host.functions("PUT", "/placed/code", code("second").put("PublishTo", latest)).status())
        .isEqualTo(501);
    assertThat(
            host.functions("POST", "/placed/versions", Json.object().put("PublishTo", latest))
                .status())
        .isEqualTo(501);
    assertThat(host.invoke("placed", "{}").text()).isEqualTo("\"first\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"qualified:live", "qualified:1", "qualified:$LATEST"})
  void aFunctionIsMadeWithoutAQualifier(String name) {
    Reply reply = host.functions("POST", "", node(name));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("InvalidParameterValueException");
    assertThat(host.functions("GET", "/qualified").status()).isEqualTo(404);
  }
}
