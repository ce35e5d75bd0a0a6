package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.process.Needed;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A function URL that asks for a signature, with the role, the session and the signer of AWS. */
final class SignedFunctionUrlsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ROLE = "arn:aws:iam::" + Endpoint.ACCOUNT + ":role/caller";
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
          + "{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
  private static final String CALLING =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
          + "[\"lambda:InvokeFunctionUrl\",\"lambda:InvokeFunction\"],\"Resource\":\"*\"}]}";
  private static final AwsCredentialsProvider ANY_KEY =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY));

  @TempDir Path folder;

  @BeforeAll
  static void nodeIsThere() {
    Path _ = Needed.program("node");
  }

  private static LambdaClient lambda(Endpoint endpoint) {
    return LambdaClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(ANY_KEY)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  /** A function with a URL; the URL's id. */
  private String create(LambdaClient client) throws IOException {
    Path code = Files.createDirectories(folder.resolve("code"));
    Files.writeString(
        code.resolve("index.mjs"),
        "export const handler = async event => event.requestContext.authorizer.iam.userArn;");
    client.createFunction(
        request ->
            request
                .functionName("signed")
                .runtime(Runtime.NODEJS20_X)
                .handler("index.handler")
                .timeout(20)
                .role(ROLE)
                .code(place -> place.s3Bucket("_portico").s3Key(code.toString())));
    client.waiter().waitUntilFunctionActiveV2(request -> request.functionName("signed"));
    String host =
        URI.create(
                client
                    .createFunctionUrlConfig(
                        request ->
                            request.functionName("signed").authType(FunctionUrlAuthType.AWS_IAM))
                    .functionUrl())
            .getHost();
    return host.substring(0, host.indexOf('.'));
  }

  private static AwsSessionCredentials assume(Endpoint endpoint) {
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(endpoint.uri())
            .region(Region.of(Endpoint.REGION))
            .credentialsProvider(ANY_KEY)
            .httpClientBuilder(Apache5HttpClient.builder())
            .build()) {
      Credentials given =
          sts.assumeRole(request -> request.roleArn(ROLE).roleSessionName("me")).credentials();
      return AwsSessionCredentials.create(
          given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }
  }

  private static void makeRole(Endpoint endpoint) {
    try (IamClient iam = iam(endpoint)) {
      iam.createRole(request -> request.roleName("caller").assumeRolePolicyDocument(TRUST));
      iam.putRolePolicy(
          request -> request.roleName("caller").policyName("call").policyDocument(CALLING));
    }
  }

  private static IamClient iam(Endpoint endpoint) {
    return IamClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(ANY_KEY)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static HttpResponse<String> call(
      Endpoint endpoint, String urlId, AwsSessionCredentials credentials)
      throws IOException, InterruptedException {
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                signing ->
                    signing
                        .identity(credentials)
                        .request(
                            SdkHttpRequest.builder()
                                .method(SdkHttpMethod.GET)
                                .uri(endpoint.uri().resolve("/_aws/lambda-url/" + urlId + "/"))
                                .build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Endpoint.REGION))
            .request();
    HttpRequest.Builder request = HttpRequest.newBuilder(signed.getUri()).timeout(LIMIT);
    signed.forEachHeader((name, values) -> values.forEach(value -> request.header(name, value)));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aSessionCallsUntilItsRoleMayNotEvenAfterARestart() throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    String urlId;
    AwsSessionCredentials session;
    try (PorticoProcess server = PorticoProcess.durable(data);
        LambdaClient client = lambda(server.endpoint())) {
      urlId = create(client);
      makeRole(server.endpoint());
      session = assume(server.endpoint());

      HttpResponse<String> answer = call(server.endpoint(), urlId, session);

      assertThat(answer.body())
          .isEqualTo("arn:aws:sts::" + Endpoint.ACCOUNT + ":assumed-role/caller/me");
      server.kill();
      server.awaitExit();
    }

    try (PorticoProcess server = PorticoProcess.durable(data);
        LambdaClient client = lambda(server.endpoint());
        IamClient iam = iam(server.endpoint())) {
      client.waiter().waitUntilFunctionActiveV2(request -> request.functionName("signed"));
      assertThat(call(server.endpoint(), urlId, session).statusCode()).isEqualTo(200);

      iam.deleteRolePolicy(request -> request.roleName("caller").policyName("call"));

      assertThat(call(server.endpoint(), urlId, session).statusCode()).isEqualTo(403);
    }
  }
}
