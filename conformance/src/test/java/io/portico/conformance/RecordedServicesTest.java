package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Backend.Request;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.Signature;
import io.portico.conformance.wire.SignedCaller;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What services that nothing stands for here are sent: path, query, headers and body, and for whom
 * it is signed, which is found out as the service finds it out.
 */
final class RecordedServicesTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String STAGE = "prod";
  private static final String KEY = "AKIAGATEWAY";
  private static final String SECRET = "the gateway's secret";
  private static final String TOKEN = "the gateway's token";
  private static final String REGION = "eu-west-1";
  private static final String MACHINE = "arn:aws:states:eu-west-1:000000000000:stateMachine:sale";
  private static final String EXECUTION = "arn:aws:states:eu-west-1:000000000000:execution:sale:1";
  private static final String TOPIC = "arn%3Aaws%3Asns%3Aeu-west-1%3A000000000000%3Apets";
  private static final String JSON_0 = "application/x-amz-json-1.0";
  private static final String JSON_1 = "application/x-amz-json-1.1";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
          + "{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
  private static final String ALL =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
          + "\"execute-api:Invoke\",\"Resource\":\"*\"}]}";

  private static Backend services;
  private static PorticoProcess server;
  private static JavaSdk sdk;
  private static String rest = "";

  @BeforeAll
  static void start() throws IOException {
    services = Backend.answering(_ -> Answer.ok("{\"done\": true}"));
    server =
        PorticoProcess.start(
            Map.of(
                "AWS_ENDPOINT_URL",
                "http://" + services.address(),
                "AWS_ACCESS_KEY_ID",
                KEY,
                "AWS_SECRET_ACCESS_KEY",
                SECRET,
                "AWS_SESSION_TOKEN",
                TOKEN),
            "serve",
            "--ephemeral",
            "--port",
            "0");
    sdk = JavaSdk.of(server.endpoint());
    try (InputStream definition =
        Objects.requireNonNull(
            RecordedServicesTest.class.getResourceAsStream("/services/recorded.yaml"))) {
      String body = new String(definition.readAllBytes(), StandardCharsets.UTF_8);
      rest =
          sdk.call("ImportRestApi", Map.of("body", body, "failOnWarnings", true))
              .get("id")
              .asString();
    }
    sdk.call("CreateDeployment", Map.of("restApiId", rest, "stageName", STAGE));
  }

  @AfterAll
  static void end() {
    sdk.close();
    server.close();
    services.close();
  }

  /**
   * What a call of an API leads to.
   *
   * @param target of the service, a member of JSON's protocol, or null
   * @param body as it is, or where that is JSON as JSON
   */
  record Row(
      String verb,
      String path,
      String said,
      String service,
      String sentVerb,
      String sentTarget,
      @Nullable String target,
      @Nullable String type,
      String body) {
    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  static Stream<Row> callsOfRestApis() {
    String said = "{\"text\": \"sold & gone\"}";
    return Stream.of(
        new Row(
            "POST",
            "/sns/parameters",
            said,
            "sns",
            "POST",
            "/?Action=Publish&Version=2010-03-31&TopicArn=" + TOPIC + "&Message=sold%20%26%20gone",
            null,
            null,
            ""),
        new Row(
            "POST",
            "/sns/form",
            said,
            "sns",
            "POST",
            "/",
            null,
            FORM,
            "Action=Publish&TopicArn=" + TOPIC + "&Message=sold+%26+gone"),
        new Row(
            "PUT",
            "/kinesis/sales",
            said,
            "kinesis",
            "POST",
            "/",
            "Kinesis_20131202.PutRecord",
            JSON_1,
            "{\"StreamName\": \"sales\", \"Data\": \"c29sZCAmIGdvbmU=\", \"PartitionKey\": \"one\"}"),
        new Row(
            "POST",
            "/events",
            said,
            "events",
            "POST",
            "/",
            "AWSEvents.PutEvents",
            JSON_1,
            "{\"Entries\": [{\"Source\": \"pets\", \"DetailType\": \"sold\", \"Detail\":"
                + " \"{\\\"text\\\":\\\"sold & gone\\\"}\"}]}"),
        new Row(
            "POST",
            "/executions",
            said,
            "states",
            "POST",
            "/",
            "AWSStepFunctions.StartExecution",
            JSON_0,
            "{\"stateMachineArn\": \""
                + MACHINE
                + "\", \"input\": \"{\\\"text\\\":\\\"sold & gone\\\"}\"}"),
        new Row(
            "POST",
            "/executions/awaited",
            said,
            "states",
            "POST",
            "/",
            "AWSStepFunctions.StartSyncExecution",
            JSON_0,
            "{\"stateMachineArn\": \"" + MACHINE + "\", \"input\": \"{}\"}"),
        new Row(
            "GET",
            "/parameters/colour",
            "",
            "ssm",
            "POST",
            "/",
            "AmazonSSM.GetParameter",
            JSON_1,
            "{\"Name\": \"colour\", \"WithDecryption\": true}"),
        new Row(
            "POST",
            "/firehose",
            said,
            "firehose",
            "POST",
            "/",
            "Firehose_20150804.PutRecord",
            JSON_1,
            "{\"DeliveryStreamName\": \"sales\", \"Record\": {\"Data\": \"c29sZCAmIGdvbmU=\"}}"),
        new Row(
            "GET",
            "/objects/pets/a%20b%2Fc%26d=e+%C3%A9",
            "",
            "s3",
            "GET",
            "/pets/a%20b%2Fc%26d%3De%2B%C3%A9?versionId=a%20b",
            null,
            null,
            ""),
        new Row(
            "GET",
            "/things/a%20b%2Fc%26d",
            "",
            "iot",
            "GET",
            "/things/a%20b%2Fc%26d",
            null,
            null,
            ""));
  }

  @ParameterizedTest
  @MethodSource("callsOfRestApis")
  void aRestApiSends(Row row) {
    HttpResponse<String> answer = call(rest, row);
    Request sent = services.taken();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("done");
    assertSent(row, sent);
    assertThat(sent.header("Accept")).startsWith("application/json");
    assertThat(sent.header("User-agent")).isEqualTo("AmazonAPIGateway_" + rest);
  }

  static Stream<Row> callsOfHttpApis() {
    return Stream.of(
        new Row(
            "POST",
            "EventBridge-PutEvents",
            "{\"Detail\": \"$request.body.detail\", \"DetailType\": \"sold\", \"Source\": \"pets\"}",
            "events",
            "POST",
            "/",
            "AWSEvents.PutEvents",
            JSON_1,
            "{\"Entries\": [{\"Detail\": \"{\\\"id\\\":1}\", \"DetailType\": \"sold\", \"Source\":"
                + " \"pets\"}]}"),
        new Row(
            "POST",
            "Kinesis-PutRecord",
            "{\"StreamName\": \"sales\", \"Data\": \"$request.body.data\", \"PartitionKey\":"
                + " \"one\"}",
            "kinesis",
            "POST",
            "/",
            "Kinesis_20131202.PutRecord",
            JSON_1,
            "{\"StreamName\": \"sales\", \"Data\": \"c29sZA==\", \"PartitionKey\": \"one\"}"),
        new Row(
            "POST",
            "StepFunctions-StartExecution",
            "{\"StateMachineArn\": \"" + MACHINE + "\", \"Input\": \"$request.body\"}",
            "states",
            "POST",
            "/",
            "AWSStepFunctions.StartExecution",
            JSON_0,
            "{\"stateMachineArn\": \""
                + MACHINE
                + "\", \"input\": \"{\\\"detail\\\": {\\\"id\\\":1}, \\\"data\\\":"
                + " \\\"c29sZA==\\\"}\"}"),
        new Row(
            "POST",
            "StepFunctions-StartSyncExecution",
            "{\"StateMachineArn\": \"" + MACHINE + "\"}",
            "states",
            "POST",
            "/",
            "AWSStepFunctions.StartSyncExecution",
            JSON_0,
            "{\"stateMachineArn\": \"" + MACHINE + "\"}"),
        new Row(
            "POST",
            "StepFunctions-StopExecution",
            "{\"ExecutionArn\": \"" + EXECUTION + "\"}",
            "states",
            "POST",
            "/",
            "AWSStepFunctions.StopExecution",
            JSON_0,
            "{\"executionArn\": \"" + EXECUTION + "\"}"),
        new Row(
            "POST",
            "AppConfig-GetConfiguration",
            "{\"Application\": \"shop\", \"Environment\": \"a b\", \"Configuration\": \"c\","
                + " \"ClientId\": \"d\"}",
            "appconfig",
            "GET",
            "/applications/shop/environments/a%20b/configurations/c?client_id=d",
            null,
            null,
            ""));
  }

  @ParameterizedTest
  @MethodSource("callsOfHttpApis")
  void anHttpApiSends(Row row) throws IOException {
    ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
    String api =
        v2.call("CreateApi", Map.of("Name", "shop", "ProtocolType", "HTTP"))
            .get("ApiId")
            .asString();
    Map<String, Object> parameters = new HashMap<>();
    JSON.readTree(row.said)
        .properties()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().asString()));
    parameters.put("Region", REGION);
    String integration =
        v2.call(
                "CreateIntegration",
                Map.of(
                    "ApiId",
                    api,
                    "IntegrationType",
                    "AWS_PROXY",
                    "IntegrationSubtype",
                    row.path,
                    "PayloadFormatVersion",
                    "1.0",
                    "CredentialsArn",
                    "arn:aws:iam::000000000000:role/api",
                    "RequestParameters",
                    parameters))
            .get("IntegrationId")
            .asString();
    v2.call(
        "CreateRoute",
        Map.of("ApiId", api, "RouteKey", "POST /do", "Target", "integrations/" + integration));
    v2.call("CreateStage", Map.of("ApiId", api, "StageName", STAGE, "AutoDeploy", true));

    HttpResponse<String> answer =
        Caller.post(
            server.endpoint().pathForm(api, STAGE, "/do"),
            "application/json",
            "{\"detail\": {\"id\":1}, \"data\": \"c29sZA==\"}");
    Request sent = services.taken();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"done\": true}");
    assertSent(row, sent);
  }

  @Test
  void whoCallsSignsTheCallOfTheServiceToo() {
    ServiceClient iam = sdk.of(AwsService.IAM);
    iam.call("CreateUser", Map.of("UserName", "buyer"));
    iam.call(
        "PutUserPolicy", Map.of("UserName", "buyer", "PolicyName", "all", "PolicyDocument", ALL));
    JsonNode key = iam.call("CreateAccessKey", Map.of("UserName", "buyer")).get("AccessKey");
    String secret = key.get("SecretAccessKey").asString();

    HttpResponse<String> answer =
        SignedCaller.post(
            AwsBasicCredentials.create(key.get("AccessKeyId").asString(), secret),
            server.endpoint().pathForm(rest, STAGE, "/as-caller"),
            "{\"TableName\": \"pets\"}");
    Request sent = services.taken();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertSigned(sent, key.get("AccessKeyId").asString(), secret, "dynamodb");
    assertThat(sent.header("X-amz-security-token")).isNull();
    assertThat(sent.header("X-amz-target")).isEqualTo("DynamoDB_20120810.GetItem");
    assertThat(sent.body()).isEqualTo("{\"TableName\": \"pets\"}");
  }

  @Test
  void aSessionSignsWithItsToken() {
    ServiceClient iam = sdk.of(AwsService.IAM);
    iam.call("CreateRole", Map.of("RoleName", "shopper", "AssumeRolePolicyDocument", TRUST));
    iam.call(
        "PutRolePolicy", Map.of("RoleName", "shopper", "PolicyName", "all", "PolicyDocument", ALL));
    JsonNode session =
        sdk.of(AwsService.STS)
            .call(
                "AssumeRole",
                Map.of(
                    "RoleArn",
                    "arn:aws:iam::" + Endpoint.ACCOUNT + ":role/shopper",
                    "RoleSessionName",
                    "me"))
            .get("Credentials");
    String key = session.get("AccessKeyId").asString();
    String secret = session.get("SecretAccessKey").asString();
    String token = session.get("SessionToken").asString();

    HttpResponse<String> answer =
        SignedCaller.post(
            AwsSessionCredentials.create(key, secret, token),
            server.endpoint().pathForm(rest, STAGE, "/as-caller"),
            "{}");
    Request sent = services.taken();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertSigned(sent, key, secret, "dynamodb");
    assertThat(sent.header("X-amz-security-token")).isEqualTo(token);
    assertThat(Signature.of(sent).signed()).contains("x-amz-security-token");
  }

  private static void assertSent(Row row, Request sent) {
    assertThat(sent.method()).isEqualTo(row.sentVerb);
    assertThat(sent.uri()).hasToString(row.sentTarget);
    assertThat(sent.header("Host")).isEqualTo(services.address());
    assertThat(sent.header("X-amz-target")).isEqualTo(row.target);
    if (row.type != null) {
      assertThat(sent.header("Content-type")).isEqualTo(row.type);
    }
    if (row.body.startsWith("{")) {
      assertThat(JSON.readTree(sent.body())).isEqualTo(JSON.readTree(row.body));
    } else {
      assertThat(sent.body()).isEqualTo(row.body);
    }
    assertSigned(sent, KEY, SECRET, row.service);
    assertThat(sent.header("X-amz-security-token")).isEqualTo(TOKEN);
  }

  private static void assertSigned(Request sent, String key, String secret, String service) {
    Signature signature = Signature.of(sent);
    assertThat(signature.isBy(secret)).as("the signature of %s", sent).isTrue();
    assertThat(List.of(signature.accessKey(), signature.region(), signature.service()))
        .containsExactly(key, REGION, service);
  }

  private static HttpResponse<String> call(String api, Row row) {
    URI url = server.endpoint().pathForm(api, STAGE, row.path);
    return Caller.send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .method(
                row.verb,
                row.said.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(row.said)));
  }
}
