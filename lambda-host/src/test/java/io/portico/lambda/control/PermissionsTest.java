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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** AddPermission, RemovePermission, GetPolicy, as AWS was recorded (facts LAM-19 to LAM-21). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PermissionsTest {
  private static final byte[] CODE = Zips.of("index.js", "exports.handler = async () => 1;");
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

  private final RunningHost host = RunningHost.start(2);

  @AfterAll
  void end() {
    host.close();
  }

  private void create(String name) {
    host.create(creation(name, "nodejs20.x", "index.handler", CODE).put("Publish", true));
  }

  private static ObjectNode permission(String sid, String principal) {
    return Json.object()
        .put("StatementId", sid)
        .put("Action", "lambda:InvokeFunction")
        .put("Principal", principal);
  }

  private Reply add(String function, ObjectNode permission) {
    return host.functions("POST", "/" + function + "/policy", permission);
  }

  private static String message(Reply reply) {
    JsonNode body = reply.json();
    return body.has("Message") ? body.path("Message").asString() : body.path("message").asString();
  }

  /** LAM-19. */
  @Test
  void aStatementIsWrittenAsAwsWritesIt() {
    create("granted");

    Reply reply =
        add(
            "granted",
            permission("s3", "s3.amazonaws.com")
                .put("SourceArn", "arn:aws:s3:::bucket")
                .put("SourceAccount", "111122223333"));

    String statement =
        "{\"Sid\":\"s3\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},"
            + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
            + ARN
            + "granted\",\"Condition\":{\"StringEquals\":{\"AWS:SourceAccount\":\"111122223333\"},"
            + "\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:s3:::bucket\"}}}";
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("Statement").asString()).isEqualTo(statement);
    JsonNode policy = host.functions("GET", "/granted/policy").json();
    assertThat(policy.path("Policy").asString())
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[" + statement + "]}");
    assertThat(policy.has("RevisionId")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "* | \"*\"",
        "111122223333 | {\"AWS\":\"arn:aws:iam::111122223333:root\"}",
        "arn:aws:iam::111122223333:role/r | {\"AWS\":\"arn:aws:iam::111122223333:role/r\"}",
        "alexa-appkit.amazon.com | {\"Service\":\"alexa-appkit.amazon.com\"}"
      })
  void aPrincipalIsOfOneKind(String principal, String written) {
    String name = "kind" + Math.floorMod(principal.hashCode(), 10_000);
    create(name);

    JsonNode statement =
        Json.parse(add(name, permission("p", principal)).json().path("Statement").asString());

    assertThat(statement.path("Principal").toString()).isEqualTo(written);
    assertThat(statement.has("Condition")).isFalse();
  }

  /** LAM-20. */
  @Test
  void whatCannotBeGrantedIsRefused() {
    create("careful");
    add("careful", permission("s3", "s3.amazonaws.com"));

    Reply again = add("careful", permission("s3", "sns.amazonaws.com"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(message(again))
        .isEqualTo(
            "The statement id (s3) provided already exists. Please provide a new statement id, or"
                + " remove the existing statement.");
    assertThat(message(add("careful:$LATEST", permission("x", "s3.amazonaws.com"))))
        .isEqualTo("We currently do not support adding policies for $LATEST.");
    assertThat(message(add("careful", permission("x", "invalid.nonaws.com"))))
        .isEqualTo("The provided principal was invalid. Please check the principal and try again.");
    assertThat(message(add("careful", permission("x y", "s3.amazonaws.com"))))
        .contains("([a-zA-Z0-9-_]+)");
    Reply alias = add("careful:none", permission("x", "s3.amazonaws.com"));
    assertThat(alias.status()).isEqualTo(404);
    assertThat(message(alias)).isEqualTo("Cannot find alias arn: " + ARN + "careful:none");
  }

  /** LAM-21. */
  @Test
  void whatIsNotGrantedCannotBeShownOrRemoved() {
    create("bare");

    for (String method : new String[] {"GET", "DELETE"}) {
      String path = method.equals("GET") ? "/policy" : "/policy/sid";
      assertThat(message(host.functions(method, "/bare" + path)))
          .isEqualTo("No policy is associated with the given resource.");
      Reply unknown = host.functions(method, "/absent" + path);
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(message(unknown)).isEqualTo("No policy found for: " + ARN + "absent");
    }
    add("bare", permission("one", "*"));
    assertThat(message(host.functions("DELETE", "/bare/policy/other")))
        .isEqualTo("Statement other is not found in resource policy.");
    assertThat(host.functions("DELETE", "/bare/policy/one").status()).isEqualTo(204);
    assertThat(host.functions("GET", "/bare/policy").status()).isEqualTo(404);
  }

  @Test
  void aQualifierHasAPolicyOfItsOwn() {
    create("parted");
    add("parted", permission("one", "*"));

    Reply added =
        host.functions(
            "POST", "/parted/policy?Qualifier=1", permission("one", "sns.amazonaws.com"));

    assertThat(added.json().path("Statement").asString()).contains(ARN + "parted:1\"");
    assertThat(host.functions("GET", "/parted/policy").json().path("Policy").asString())
        .contains("\"Principal\":\"*\"")
        .doesNotContain("sns");
    assertThat(host.functions("GET", "/parted:1/policy").json().path("Policy").asString())
        .contains("sns");
  }

  @Test
  void aPolicyHasTheRevisionOfItsFunction() {
    create("revised");
    add("revised", permission("one", "*"));
    String revision = host.functions("GET", "/revised/policy").json().path("RevisionId").asString();
    assertThat(host.functions("GET", "/revised/configuration").json().path("RevisionId").asString())
        .isEqualTo(revision);

    Reply wrong = add("revised", permission("two", "*").put("RevisionId", "other"));
    assertThat(wrong.status()).isEqualTo(412);
    assertThat(add("revised", permission("two", "*").put("RevisionId", revision)).status())
        .isEqualTo(201);
    assertThat(host.functions("GET", "/revised/policy").json().path("RevisionId").asString())
        .isNotEqualTo(revision);
  }

  @Test
  void aFunctionBecomesReadyThoughAPermissionIsAddedMeanwhile() {
    host.functions("POST", "", creation("early", "nodejs20.x", "index.handler", CODE));

    add("early", permission("one", "*"));

    assertThat(host.awaitReady("early").path("State").asString()).isEqualTo("Active");
  }
}
