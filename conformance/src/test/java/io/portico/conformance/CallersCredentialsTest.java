package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.process.Needed;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.SignedCaller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import tools.jackson.databind.JsonNode;

/**
 * A function that is invoked with the credentials of whoever calls ({@code arn:aws:iam::*:user/*}):
 * not API Gateway's rights count, but his.
 */
@Portico
final class CallersCredentialsTest {
  private static final String CALLER = "arn:aws:iam::*:user/*";
  private static final AwsBasicCredentials ROOT =
      AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY);

  private static JavaSdk sdk;
  private static Endpoint portico;
  private static String function = "";

  @BeforeAll
  static void makeTheFunction(Endpoint endpoint, @TempDir Path folder) throws IOException {
    Path _ = Needed.program("node");
    portico = endpoint;
    sdk = JavaSdk.of(endpoint);
    Files.writeString(
        folder.resolve("index.mjs"),
        "export const handler = async () => ({statusCode: 200, body: 'invoked'});");
    try (LambdaClient lambda =
        LambdaClient.builder()
            .endpointOverride(endpoint.uri())
            .region(Region.of(Endpoint.REGION))
            .credentialsProvider(StaticCredentialsProvider.create(ROOT))
            .httpClientBuilder(Apache5HttpClient.builder())
            .build()) {
      function =
          lambda
              .createFunction(
                  request ->
                      request
                          .functionName("of-callers")
                          .runtime(Runtime.NODEJS20_X)
                          .handler("index.handler")
                          .timeout(20)
                          .role("arn:aws:iam::000000000000:role/any")
                          .code(place -> place.s3Bucket("_portico").s3Key(folder.toString())))
              .functionArn();
      lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName("of-callers"));
    }
  }

  @AfterAll
  static void end() {
    if (sdk != null) {
      sdk.close();
    }
  }

  @Test
  void ofARestApiMayWhatHisPoliciesAllow() {
    SmallApi api = SmallApi.build(sdk, "127.0.0.1:9");
    sdk.call(
        "PutMethod",
        Map.of(
            "restApiId",
            api.id(),
            "resourceId",
            api.root(),
            "httpMethod",
            "POST",
            "authorizationType",
            "AWS_IAM"));
    sdk.call(
        "PutIntegration",
        Map.of(
            "restApiId",
            api.id(),
            "resourceId",
            api.root(),
            "httpMethod",
            "POST",
            "type",
            "AWS_PROXY",
            "integrationHttpMethod",
            "POST",
            "credentials",
            CALLER,
            "uri",
            "arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
                .formatted(Endpoint.REGION, function)));
    api.deploy();
    AwsBasicCredentials caller = user("rest-caller");

    HttpResponse<String> before = call(caller, api.id(), STAGE, "/");
    allow("rest-caller");
    HttpResponse<String> after = call(caller, api.id(), STAGE, "/");
    HttpResponse<String> ofRoot = call(ROOT, api.id(), STAGE, "/");

    assertThat(before.statusCode()).as(before.body()).isEqualTo(500);
    assertThat(before.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(after.body()).isEqualTo("invoked");
    assertThat(ofRoot.body()).isEqualTo("invoked");
  }

  @Test
  void ofAnHttpApiMayWhatHisPoliciesAllow() {
    ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
    String api =
        v2.call("CreateApi", Map.of("Name", "callers", "ProtocolType", "HTTP"))
            .get("ApiId")
            .asString();
    String integration =
        v2.call(
                "CreateIntegration",
                Map.of(
                    "ApiId",
                    api,
                    "IntegrationType",
                    "AWS_PROXY",
                    "IntegrationUri",
                    function,
                    "PayloadFormatVersion",
                    "2.0",
                    "CredentialsArn",
                    CALLER))
            .get("IntegrationId")
            .asString();
    v2.call(
        "CreateRoute",
        Map.of(
            "ApiId",
            api,
            "RouteKey",
            "POST /do",
            "AuthorizationType",
            "AWS_IAM",
            "Target",
            "integrations/" + integration));
    v2.call("CreateStage", Map.of("ApiId", api, "StageName", STAGE, "AutoDeploy", true));
    AwsBasicCredentials caller = user("http-caller");

    HttpResponse<String> before = call(caller, api, STAGE, "/do");
    allow("http-caller");
    HttpResponse<String> after = call(caller, api, STAGE, "/do");

    assertThat(before.statusCode()).as(before.body()).isEqualTo(500);
    assertThat(before.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    assertThat(after.body()).isEqualTo("invoked");
  }

  private static HttpResponse<String> call(
      AwsBasicCredentials caller, String api, String stage, String path) {
    return SignedCaller.post(caller, portico.pathForm(api, stage, path), "{}");
  }

  /** Somebody who may call any API, and nothing else. */
  private static AwsBasicCredentials user(String name) {
    ServiceClient iam = sdk.of(AwsService.IAM);
    iam.call("CreateUser", Map.of("UserName", name));
    policy(name, "execute-api:Invoke");
    JsonNode key = iam.call("CreateAccessKey", Map.of("UserName", name)).get("AccessKey");
    return AwsBasicCredentials.create(
        key.get("AccessKeyId").asString(), key.get("SecretAccessKey").asString());
  }

  private static void allow(String user) {
    policy(user, "lambda:InvokeFunction");
  }

  private static void policy(String user, String action) {
    sdk.of(AwsService.IAM)
        .call(
            "PutUserPolicy",
            Map.of(
                "UserName",
                user,
                "PolicyName",
                action.substring(action.indexOf(':') + 1),
                "PolicyDocument",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"*\"}]}"
                    .formatted(action)));
  }
}
