package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** CreateFunction to DeleteFunction, as AWS was recorded (facts LAM). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionsTest {
  private static final byte[] CODE = Zips.of("index.js", "exports.handler = async () => 1;");
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

  private final RunningHost host = RunningHost.start(2);

  @AfterAll
  void end() {
    host.close();
  }

  private static ObjectNode node(String name) {
    return creation(name, "nodejs20.x", "index.handler", CODE);
  }

  /** LAM-02, LAM-03. */
  @Test
  void aNewFunctionIsPendingThenActive() {
    Reply created = host.functions("POST", "", node("born"));

    assertThat(created.status()).isEqualTo(201);
    JsonNode reply = created.json();
    assertThat(reply.path("State").asString()).isEqualTo("Pending");
    assertThat(reply.path("StateReason").asString()).isEqualTo("The function is being created.");
    assertThat(reply.path("StateReasonCode").asString()).isEqualTo("Creating");
    assertThat(reply.path("FunctionArn").asString()).isEqualTo(ARN + "born");
    assertThat(reply.path("Version").asString()).isEqualTo("$LATEST");
    assertThat(reply.path("Timeout").intValue()).isEqualTo(3);
    assertThat(reply.path("MemorySize").intValue()).isEqualTo(128);
    assertThat(reply.path("CodeSize").intValue()).isEqualTo(CODE.length);
    assertThat(reply.path("PackageType").asString()).isEqualTo("Zip");
    assertThat(reply.path("Architectures").toString()).isEqualTo("[\"x86_64\"]");
    assertThat(reply.path("EphemeralStorage").toString()).isEqualTo("{\"Size\":512}");
    assertThat(reply.path("TracingConfig").toString()).isEqualTo("{\"Mode\":\"PassThrough\"}");
    assertThat(reply.path("SnapStart").toString())
        .isEqualTo("{\"ApplyOn\":\"None\",\"OptimizationStatus\":\"Off\"}");
    assertThat(reply.path("LoggingConfig").toString())
        .isEqualTo("{\"LogFormat\":\"Text\",\"LogGroup\":\"/aws/lambda/born\"}");
    assertThat(reply.propertyNames())
        .containsExactlyInAnyOrder(
            "Architectures",
            "CodeSha256",
            "CodeSize",
            "Description",
            "EphemeralStorage",
            "FunctionArn",
            "FunctionName",
            "Handler",
            "LastModified",
            "LoggingConfig",
            "MemorySize",
            "PackageType",
            "RevisionId",
            "Role",
            "Runtime",
            "RuntimeVersionConfig",
            "SnapStart",
            "State",
            "StateReason",
            "StateReasonCode",
            "Timeout",
            "TracingConfig",
            "Version");
    assertThat(reply.at("/RuntimeVersionConfig/RuntimeVersionArn").asString())
        .matches("arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}");
    assertThat(reply.path("Description").asString("none")).isEmpty();

    JsonNode active = host.awaitReady("born");

    assertThat(active.path("State").asString()).isEqualTo("Active");
    assertThat(active.has("StateReason")).isFalse();
    assertThat(active.path("RevisionId").asString())
        .isNotEqualTo(reply.path("RevisionId").asString());
  }

  /** LAM-04. */
  @Test
  void theArnHasAQualifierWhereOneWasAskedFor() {
    host.create(node("asked"));

    assertThat(host.functions("GET", "/asked").json().at("/Configuration/FunctionArn").asString())
        .isEqualTo(ARN + "asked");
    JsonNode qualified = host.functions("GET", "/asked?Qualifier=$LATEST").json();
    assertThat(qualified.at("/Configuration/FunctionArn").asString())
        .isEqualTo(ARN + "asked:$LATEST");
    assertThat(qualified.at("/Code/RepositoryType").asString()).isEqualTo("S3");
  }

  /** LAM-05. */
  @Test
  void anUpdateIsInProgressThenSuccessful() {
    host.create(node("updated"));

    JsonNode reply =
        host.functions("PUT", "/updated/configuration", Json.object().put("Timeout", 9)).json();

    assertThat(reply.path("State").asString()).isEqualTo("Active");
    assertThat(reply.path("LastUpdateStatus").asString()).isEqualTo("InProgress");
    assertThat(reply.path("LastUpdateStatusReason").asString())
        .isEqualTo("The function is being created.");
    assertThat(reply.path("LastUpdateStatusReasonCode").asString()).isEqualTo("Creating");
    assertThat(host.awaitReady("updated").path("Timeout").intValue()).isEqualTo(9);
  }

  /** LAM-07, LAM-11. */
  @Test
  void aDeletedFunctionIsGone() {
    host.create(node("gone"));

    assertThat(host.functions("DELETE", "/gone").status()).isEqualTo(204);

    Reply again = host.functions("DELETE", "/gone");
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.text())
        .isEqualTo("{\"Type\":\"User\",\"Message\":\"Function not found: " + ARN + "gone\"}");
    assertThat(host.functions("GET", "/gone").text())
        .contains("Function not found: " + ARN + "gone\"");
    assertThat(host.invoke("gone", "{}").text())
        .contains("Function not found: " + ARN + "gone:$LATEST\"");
  }

  /** LAM-08, LAM-09. */
  @Test
  void aVersionIsPublishedOnceForWhatItIs() {
    JsonNode created = host.functions("POST", "", node("numbered").put("Publish", true)).json();
    host.awaitReady("numbered");

    assertThat(created.path("Version").asString()).isEqualTo("1");
    assertThat(created.path("FunctionArn").asString()).isEqualTo(ARN + "numbered");

    Reply same = host.functions("POST", "/numbered/versions", Json.object());
    assertThat(same.status()).isEqualTo(201);
    assertThat(same.json().path("Version").asString()).isEqualTo("1");

    host.functions("PUT", "/numbered/configuration", Json.object().put("Timeout", 5));
    host.awaitReady("numbered");
    assertThat(
            host.functions("POST", "/numbered/versions", Json.object())
                .json()
                .path("Version")
                .asString())
        .isEqualTo("2");

    JsonNode versions = host.functions("GET", "/numbered/versions").json().path("Versions");
    assertThat(versions.valueStream().map(version -> version.path("FunctionArn").asString()))
        .containsExactly(ARN + "numbered:$LATEST", ARN + "numbered:1", ARN + "numbered:2");
    assertThat(versions.valueStream())
        .hasSize(3)
        .allSatisfy(
            version ->
                assertThat(version.propertyNames())
                    .doesNotContain("State", "LastUpdateStatus", "RuntimeVersionConfig"));
  }

  /** LAM-10. */
  @Test
  void aVersionOfAnotherRevisionOrCodeIsRefused() {
    host.create(node("precise"));

    Reply revision =
        host.functions("POST", "/precise/versions", Json.object().put("RevisionId", "other"));
    assertThat(revision.status()).isEqualTo(412);
    assertThat(revision.json().path("message").asString())
        .isEqualTo(
            "The Revision Id provided does not match the latest Revision Id. Call the"
                + " GetFunction/GetAlias API to retrieve the latest Revision Id");

    Reply digest =
        host.functions("POST", "/precise/versions", Json.object().put("CodeSha256", "abc"));
    assertThat(digest.status()).isEqualTo(400);
    assertThat(digest.json().path("message").asString())
        .startsWith("CodeSHA256 (abc) is different from current CodeSHA256 in $LATEST (")
        .endsWith("). Please try again with the CodeSHA256 in $LATEST.");
  }

  /** LAM-12, LAM-13. */
  @Test
  void qualifiersAndRegionsMustAgree() {
    host.create(node("placed"));

    assertThat(host.functions("GET", "/placed:1?Qualifier=2").json().path("message").asString())
        .isEqualTo(
            "The derived qualifier from the function name does not match the specified qualifier.");
    assertThat(
            host.functions("DELETE", "/placed?Qualifier=$LATEST").json().path("message").asString())
        .isEqualTo("$LATEST version cannot be deleted without deleting the function.");
    Reply elsewhere =
        host.functions("GET", "/arn%3Aaws%3Alambda%3Aeu-west-1%3A000000000000%3Afunction%3Aplaced");
    assertThat(elsewhere.status()).isEqualTo(404);
    assertThat(elsewhere.json().path("Message").asString())
        .isEqualTo("Functions from 'eu-west-1' are not reachable in this region ('us-east-1')");
  }

  /** LAM-14. */
  @Test
  void namesAreOfOneForm() {
    String pattern =
        "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";

    assertThat(
            host.functions("POST", "", node("invalid:function:name"))
                .json()
                .path("message")
                .asString())
        .isEqualTo(
            "1 validation error detected: Value 'invalid:function:name' at 'functionName' failed to"
                + " satisfy constraint: Member must satisfy regular expression pattern: "
                + pattern);
    String longName = "n".repeat(65);
    Reply tooLong = host.functions("POST", "", node(longName));
    assertThat(tooLong.json().path("Type").asString()).isEqualTo("User");
    assertThat(tooLong.json().path("message").asString())
        .isEqualTo(
            "1 validation error detected: Value '"
                + longName
                + "' at 'functionName' failed to satisfy constraint: Member must have length less"
                + " than or equal to 64");
  }

  /** LAM-15, LAM-17. */
  @Test
  void anUnknownRuntimeIsRefusedWithThoseThatAreKnown() {
    Reply reply = host.functions("POST", "", creation("odd", "non-existent-runtime", "a.b", CODE));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asString())
        .isEqualTo(
            "Value non-existent-runtime at 'runtime' failed to satisfy constraint: Member must"
                + " satisfy enum value set: [nodejs20.x, python3.14, provided.al2023, python3.12,"
                + " python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21,"
                + " ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10,"
                + " dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2] or be a valid"
                + " ARN");
  }

  /** LAM-17. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java8",
        "go1.x",
        "provided",
        "ruby2.7",
        "nodejs12.x",
        "nodejs14.x",
        "python3.7",
        "dotnetcore3.1"
      })
  void aRetiredRuntimeIsRefused(String runtime) {
    Reply reply = host.functions("POST", "", creation("old", runtime, "a.b", CODE));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asString())
        .isEqualTo(
            "The runtime parameter of "
                + runtime
                + " is no longer supported for creating or updating AWS Lambda functions. We"
                + " recommend you use a supported runtime while creating or updating functions.");
  }

  /** LAM-16. */
  @Test
  void whatIsNoZipIsRefused() {
    Reply reply =
        host.functions("POST", "", creation("torn", "nodejs20.x", "a.b", new byte[] {1, 2, 3}));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asString())
        .isEqualTo(
            "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }

  /** LAM-18. */
  @Test
  void tooMuchIsRefused() {
    ObjectNode zipped = node("large");
    zipped
        .putObject("Code")
        .put("ZipFile", Base64.getEncoder().encodeToString(new byte[52_428_801]));
    Reply reply = host.functions("POST", "", zipped);
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.text()).contains("Zipped size must be smaller than 52428800 bytes");

    Reply unzipped =
        host.functions(
            "POST",
            "",
            creation("large", "nodejs20.x", "a.b", Zips.ofLength("zeros", 262_144_000)));
    assertThat(unzipped.status()).isEqualTo(400);
    assertThat(unzipped.json().path("message").asString())
        .isEqualTo("Unzipped size must be smaller than 262144000 bytes");
    ObjectNode variables = node("wordy");
    variables
        .putObject("Environment")
        .putObject("Variables")
        .put("KEY", "v".repeat(2000))
        .put("LONG", "v".repeat(2000))
        .put("MORE", "v".repeat(2000));
    assertThat(host.functions("POST", "", variables).json().path("message").asString())
        .startsWith(
            "Lambda was unable to configure your environment variables because the environment"
                + " variables you have provided exceeded the 4KB limit. String measured:"
                + " {\"KEY\":\"vvv");
  }

  @Test
  void functionsAreListedPageByPage() {
    List.of("page-1", "page-2", "page-3").forEach(name -> host.create(node(name)));

    JsonNode first = host.functions("GET", "?MaxItems=1").json();
    assertThat(first.path("Functions").size()).isEqualTo(1);

    JsonNode second =
        host.functions("GET", "?MaxItems=50&Marker=" + first.path("NextMarker").asString()).json();
    assertThat(second.path("Functions").valueStream().map(f -> f.path("FunctionName").asString()))
        .contains("page-2", "page-3")
        .doesNotContain(first.at("/Functions/0/FunctionName").asString());
  }

  @Test
  void aFunctionThatIsThereIsNotMadeAgain() {
    host.create(node("twice"));

    Reply again = host.functions("POST", "", node("twice"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("message").asString()).isEqualTo("Function already exist: twice");
  }
}
