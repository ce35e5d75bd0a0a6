package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one account may do with another one's functions: invoke them, where their policy says so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherAccountsTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

  /** Signed by an access key that is an account's number. */
  private static final String[] ANOTHER_ACCOUNT = {
    "Authorization",
    "AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/lambda/aws4_request,"
        + " SignedHeaders=host, Signature=00"
  };

  private final RunningHost host = RunningHost.start(1);

  @BeforeAll
  void create() {
    host.create(node("theirs"));
    host.functions("POST", "/theirs/versions", Json.object());
    host.functions(
        "POST", "/theirs/aliases", Json.object().put("Name", "live").put("FunctionVersion", "1"));
  }

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

  private static String path(String path, String name) {
    return path.formatted((ARN + name).replace(":", "%3A"));
  }

  private Reply asAnother(String method, String path, String body) {
    return host.call(method, path, body.getBytes(UTF_8), ANOTHER_ACCOUNT);
  }

  private static void assertDenied(Reply reply, String action, String arn) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(403);
    assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("AccessDeniedException");
    assertThat(reply.json().path("Message").asString())
        .isEqualTo(
            ("User: arn:aws:iam::111122223333:root is not authorized to perform: lambda:%s on"
                    + " resource: %s because no resource-based policy allows the lambda:%s action")
                .formatted(action, arn, action));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GetFunction | GET | /2015-03-31/functions/%s |",
        "GetFunctionConfiguration | GET | /2015-03-31/functions/%s/configuration |",
        "UpdateFunctionCode | PUT | /2015-03-31/functions/%s/code | {\"ZipFile\": \"AAAA\"}",
        "UpdateFunctionConfiguration | PUT | /2015-03-31/functions/%s/configuration | {}",
        "PublishVersion | POST | /2015-03-31/functions/%s/versions | {}",
        "ListVersionsByFunction | GET | /2015-03-31/functions/%s/versions |",
        "CreateAlias | POST | /2015-03-31/functions/%s/aliases"
            + " | {\"Name\": \"a\", \"FunctionVersion\": \"1\"}",
        "GetAlias | GET | /2015-03-31/functions/%s/aliases/live |",
        "DeleteAlias | DELETE | /2015-03-31/functions/%s/aliases/live |",
        "AddPermission | POST | /2015-03-31/functions/%s/policy | {\"StatementId\": \"s\","
            + " \"Action\": \"lambda:InvokeFunction\", \"Principal\": \"111122223333\"}",
        "RemovePermission | DELETE | /2015-03-31/functions/%s/policy/s |",
        "GetPolicy | GET | /2015-03-31/functions/%s/policy |",
        "TagResource | POST | /2017-03-31/tags/%s | {\"Tags\": {\"a\": \"b\"}}",
        "ListTags | GET | /2017-03-31/tags/%s |",
        "PutFunctionConcurrency | PUT | /2017-10-31/functions/%s/concurrency"
            + " | {\"ReservedConcurrentExecutions\": 0}",
        "GetFunctionConcurrency | GET | /2019-09-30/functions/%s/concurrency |",
        "PutFunctionEventInvokeConfig | PUT | /2019-09-25/functions/%s/event-invoke-config"
            + " | {\"MaximumRetryAttempts\": 0}",
        "CreateFunctionUrlConfig | POST | /2021-10-31/functions/%s/url | {\"AuthType\": \"NONE\"}",
        "PutRuntimeManagementConfig | PUT | /2021-07-20/functions/%s/runtime-management-config"
            + " | {\"UpdateRuntimeOn\": \"Auto\"}",
        "PutFunctionRecursionConfig | PUT | /2024-08-31/functions/%s/recursion-config"
            + " | {\"RecursiveLoop\": \"Allow\"}",
        "DeleteFunction | DELETE | /2015-03-31/functions/%s |"
      })
  void anotherAccountsFunctionIsNeitherShownNorChanged(
      String operation, String method, String path, String body) {
    String before = host.functions("GET", "/theirs/configuration").text();

    Reply reply = asAnother(method, path(path, "theirs"), body == null ? "" : body);

    assertDenied(reply, operation, ARN + "theirs");
    assertThat(host.functions("GET", "/theirs/configuration").text()).isEqualTo(before);
  }

  @Test
  void noFunctionIsMadeForAnotherAccount() {
    Reply reply = asAnother("POST", "/2015-03-31/functions", Json.text(node(ARN + "planted")));

    assertDenied(reply, "CreateFunction", ARN + "planted");
    assertThat(host.functions("GET", "/planted").status()).isEqualTo(404);
  }

  @Test
  void aFunctionIsInvokedByTheAccountsThatItsPolicyNames() {
    host.create(node("shared"));
    String invocations = path("/2015-03-31/functions/%s/invocations", "shared");
    ObjectNode statement =
        Json.object()
            .put("StatementId", "another")
            .put("Action", "lambda:InvokeFunction")
            .put("Principal", "111122223333");

    assertDenied(asAnother("POST", invocations, "{}"), "InvokeFunction", ARN + "shared");
    assertDenied(
        asAnother("POST", path("/2014-11-13/functions/%s/invoke-async/", "shared"), "{}"),
        "InvokeFunction",
        ARN + "shared");
    assertThat(host.functions("POST", "/shared/policy", statement).status()).isEqualTo(201);
    assertThat(asAnother("POST", invocations, "{}").text()).isEqualTo("1");

    assertDenied(
        asAnother("POST", invocations + "?Qualifier=$LATEST", "{}"),
        "InvokeFunction",
        ARN + "shared:$LATEST");
    assertThat(host.functions("DELETE", "/shared/policy/another").status()).isEqualTo(204);
    assertThat(asAnother("POST", invocations, "{}").status()).isEqualTo(403);
  }

  @Test
  void whetherAnotherAccountHasAFunctionIsNotTold() {
    assertDenied(
        asAnother("POST", path("/2015-03-31/functions/%s/invocations", "no-such"), "{}"),
        "InvokeFunction",
        ARN + "no-such");
  }
}
