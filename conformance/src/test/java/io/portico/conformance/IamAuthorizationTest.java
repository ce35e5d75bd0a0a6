package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A method with AWS_IAM: users, keys and sessions made by AWS's clients, calls that they sign. */
@Portico
final class IamAuthorizationTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String STAGE = "prod";
  private static final AwsBasicCredentials ROOT =
      AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY);
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
          + "{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
  private static final String WHO =
      "{\"account\": \"$context.identity.accountId\", \"arn\": \"$context.identity.userArn\","
          + " \"user\": \"$context.identity.user\", \"key\": \"$context.identity.accessKey\"}";

  private static AwsCredentialsProvider provider(AwsCredentialsIdentity identity) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(identity.accessKeyId(), identity.secretAccessKey()));
  }

  private static IamClient iam(Endpoint endpoint) {
    return IamClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(provider(ROOT))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static ApiGatewayClient apis(Endpoint endpoint) {
    return ApiGatewayClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(provider(ROOT))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  /** An API whose methods say who calls; its id. */
  private static String deploy(Endpoint endpoint) {
    try (ApiGatewayClient apis = apis(endpoint)) {
      String api = apis.createRestApi(request -> request.name("signed")).id();
      String root = apis.getResources(request -> request.restApiId(api)).items().getFirst().id();
      String pets =
          apis.createResource(request -> request.restApiId(api).parentId(root).pathPart("{proxy+}"))
              .id();
      for (String resource : Set.of(root, pets)) {
        for (String verb : Set.of("GET", "POST")) {
          apis.putMethod(
              request ->
                  request
                      .restApiId(api)
                      .resourceId(resource)
                      .httpMethod(verb)
                      .authorizationType("AWS_IAM"));
          apis.putIntegration(
              request ->
                  request
                      .restApiId(api)
                      .resourceId(resource)
                      .httpMethod(verb)
                      .type(IntegrationType.MOCK)
                      .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}")));
          apis.putMethodResponse(
              request ->
                  request.restApiId(api).resourceId(resource).httpMethod(verb).statusCode("200"));
          apis.putIntegrationResponse(
              request ->
                  request
                      .restApiId(api)
                      .resourceId(resource)
                      .httpMethod(verb)
                      .statusCode("200")
                      .responseTemplates(Map.of("application/json", WHO)));
        }
      }
      apis.createDeployment(request -> request.restApiId(api).stageName(STAGE));
      return api;
    }
  }

  private static AwsBasicCredentials user(IamClient iam, String name) {
    iam.createUser(request -> request.userName(name));
    AccessKey key = iam.createAccessKey(request -> request.userName(name)).accessKey();
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  private static void allow(IamClient iam, String user, String effect, String resource) {
    iam.putUserPolicy(
        request ->
            request
                .userName(user)
                .policyName(effect)
                .policyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"%s\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"%s\"}]}"
                        .formatted(effect, resource)));
  }

  private static String arn(String api, String path) {
    return "arn:aws:execute-api:%s:%s:%s/%s"
        .formatted(Endpoint.REGION, Endpoint.ACCOUNT, api, STAGE + path);
  }

  /** How a call is signed, where it is not as it should be. */
  private record Signing(String region, String service, @Nullable Instant time, boolean presigned) {
    static final Signing RIGHT = new Signing(Endpoint.REGION, "execute-api", null, false);
    static final Signing PRESIGNED = new Signing(Endpoint.REGION, "execute-api", null, true);
  }

  private static SdkHttpRequest sign(
      AwsCredentialsIdentity credentials,
      SdkHttpMethod method,
      URI uri,
      String body,
      Signing signing) {
    return AwsV4HttpSigner.create()
        .sign(
            request -> {
              request
                  .identity(credentials)
                  .request(SdkHttpRequest.builder().method(method).uri(uri).build())
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, signing.service)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, signing.region);
              if (!body.isEmpty()) {
                request.payload(
                    () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
              }
              if (signing.time != null) {
                request.putProperty(
                    HttpSigner.SIGNING_CLOCK, Clock.fixed(signing.time, ZoneOffset.UTC));
              }
              if (signing.presigned) {
                request
                    .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(10));
              }
            })
        .request();
  }

  private static HttpResponse<String> send(SdkHttpRequest signed, String body)
      throws IOException, InterruptedException {
    return send(signed, signed.getUri(), body, Map.of());
  }

  private static HttpResponse<String> send(
      SdkHttpRequest signed, URI uri, String body, Map<String, String> changed)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(LIMIT)
            .method(
                signed.method().name(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    signed.forEachHeader(
        (name, values) -> {
          if (!name.equalsIgnoreCase("Host")) {
            values.forEach(
                value ->
                    request.setHeader(
                        name, changed.getOrDefault(name.toLowerCase(Locale.ROOT), value)));
          }
        });
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> get(AwsCredentialsIdentity credentials, URI uri)
      throws IOException, InterruptedException {
    return send(sign(credentials, SdkHttpMethod.GET, uri, "", Signing.RIGHT), "");
  }

  private static String errorType(HttpResponse<String> response) {
    return response.headers().firstValue("x-amzn-ErrorType").orElse("");
  }

  @Test
  void aUserCallsWhatHisPoliciesAllowUntilTheyDoNot(Endpoint endpoint)
      throws IOException, InterruptedException {
    String api = deploy(endpoint);
    URI pets = endpoint.pathForm(api, STAGE, "/pets?b=%20x&a=1");
    try (IamClient iam = iam(endpoint)) {
      AwsBasicCredentials ann = user(iam, "invoker");

      assertThat(get(ann, pets).body())
          .isEqualTo(
              "{\"Message\":\"User: arn:aws:iam::000000000000:user/invoker is not authorized to"
                  + " perform: execute-api:Invoke on resource:"
                  + " arn:aws:execute-api:us-east-1:********0000:"
                  + api
                  + "/prod/GET/pets because no identity-based policy allows the execute-api:Invoke"
                  + " action\"}");

      allow(iam, "invoker", "Allow", arn(api, "/GET/*"));
      HttpResponse<String> answer = get(ann, pets);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"arn\": \"arn:aws:iam::000000000000:user/invoker\"")
          .contains("\"key\": \"" + ann.accessKeyId() + "\"");
      assertThat(send(sign(ann, SdkHttpMethod.POST, pets, "{}", Signing.RIGHT), "{}").statusCode())
          .isEqualTo(403);

      allow(iam, "invoker", "Deny", arn(api, "/*/pets"));
      HttpResponse<String> denied = get(ann, pets);
      assertThat(errorType(denied)).isEqualTo("AccessDeniedException");
      assertThat(denied.body()).endsWith(" with an explicit deny in an identity-based policy\"}");
      assertThat(get(ann, endpoint.pathForm(api, STAGE, "/others")).statusCode()).isEqualTo(200);

      iam.deleteAccessKey(request -> request.userName("invoker").accessKeyId(ann.accessKeyId()));
      HttpResponse<String> unknown = get(ann, endpoint.pathForm(api, STAGE, "/others"));
      assertThat(errorType(unknown)).isEqualTo("UnrecognizedClientException");
      assertThat(unknown.body())
          .isEqualTo("{\"message\":\"The security token included in the request is invalid.\"}");
    }
  }

  @Test
  void theDevelopmentKeyIsTheRoots(Endpoint endpoint) throws IOException, InterruptedException {
    String api = deploy(endpoint);
    URI uri = endpoint.pathForm(api, STAGE, "/pets");

    HttpResponse<String> answer = get(ROOT, uri);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"account\": \"000000000000\"")
        .contains("\"arn\": \"arn:aws:iam::000000000000:root\"");
    assertThat(errorType(get(AwsBasicCredentials.create(Endpoint.ACCESS_KEY, "another"), uri)))
        .isEqualTo("InvalidSignatureException");
  }

  @Test
  void aSessionCallsAsItsRole(Endpoint endpoint) throws IOException, InterruptedException {
    String api = deploy(endpoint);
    URI uri = endpoint.pathForm(api, STAGE, "/pets");
    String role = "arn:aws:iam::" + Endpoint.ACCOUNT + ":role/api-caller";
    try (IamClient iam = iam(endpoint);
        StsClient sts =
            StsClient.builder()
                .endpointOverride(endpoint.uri())
                .region(Region.of(Endpoint.REGION))
                .credentialsProvider(provider(ROOT))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build()) {
      iam.createRole(request -> request.roleName("api-caller").assumeRolePolicyDocument(TRUST));
      Credentials given =
          sts.assumeRole(request -> request.roleArn(role).roleSessionName("me")).credentials();
      AwsSessionCredentials session =
          AwsSessionCredentials.create(
              given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
      assertThat(get(session, uri).body())
          .contains("User: arn:aws:sts::000000000000:assumed-role/api-caller/me is not authorized");

      iam.putRolePolicy(
          request ->
              request
                  .roleName("api-caller")
                  .policyName("call")
                  .policyDocument(
                      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                          + "\"execute-api:*\",\"Resource\":\"*\"}]}"));

      assertThat(get(session, uri).body())
          .contains("\"arn\": \"arn:aws:sts::000000000000:assumed-role/api-caller/me\"");
      assertThat(
              send(sign(session, SdkHttpMethod.GET, uri, "", Signing.PRESIGNED), "").statusCode())
          .isEqualTo(200);
      AwsBasicCredentials untold =
          AwsBasicCredentials.create(session.accessKeyId(), session.secretAccessKey());
      assertThat(errorType(get(untold, uri))).isEqualTo("UnrecognizedClientException");
    }
  }

  @Test
  void aPresignedUrlIsGoodForItsRequestAndItsTime(Endpoint endpoint)
      throws IOException, InterruptedException {
    String api = deploy(endpoint);
    URI uri = endpoint.pathForm(api, STAGE, "/pets?a=1");
    SdkHttpRequest presigned = sign(ROOT, SdkHttpMethod.GET, uri, "", Signing.PRESIGNED);

    assertThat(send(presigned, "").statusCode()).isEqualTo(200);
    assertThat(
            send(
                    presigned,
                    URI.create(presigned.getUri().toString().replace("/pets", "/dogs")),
                    "",
                    Map.of())
                .body())
        .startsWith("{\"message\":\"The request signature we calculated does not match");
    assertThat(
            send(
                    presigned,
                    URI.create(presigned.getUri().toString().replace("a=1", "a=2")),
                    "",
                    Map.of())
                .statusCode())
        .isEqualTo(403);
    SdkHttpRequest old =
        sign(
            ROOT,
            SdkHttpMethod.GET,
            uri,
            "",
            new Signing(Endpoint.REGION, "execute-api", Instant.now().minusSeconds(660), true));
    assertThat(send(old, "").body()).startsWith("{\"message\":\"Signature expired: ");
  }

  @Test
  void whatIsNotAsItWasSignedIsRefused(Endpoint endpoint) throws IOException, InterruptedException {
    String api = deploy(endpoint);
    URI uri = endpoint.pathForm(api, STAGE, "/pets");
    SdkHttpRequest posted = sign(ROOT, SdkHttpMethod.POST, uri, "{\"a\":1}", Signing.RIGHT);
    Instant now = Instant.now();

    assertThat(send(posted, "{\"a\":1}").statusCode()).isEqualTo(200);
    assertThat(errorType(send(posted, "{\"a\":2}"))).isEqualTo("InvalidSignatureException");
    assertThat(errorType(send(posted, ""))).isEqualTo("InvalidSignatureException");
    assertThat(
            errorType(send(posted, endpoint.pathForm(api, STAGE, "/dogs"), "{\"a\":1}", Map.of())))
        .isEqualTo("InvalidSignatureException");
    assertThat(
            errorType(
                send(posted, uri, "{\"a\":1}", Map.of("x-amz-content-sha256", "UNSIGNED-PAYLOAD"))))
        .isEqualTo("InvalidSignatureException");
    for (Signing wrong :
        new Signing[] {
          new Signing("eu-central-1", "execute-api", now, false),
          new Signing(Endpoint.REGION, "lambda", now, false),
          new Signing(Endpoint.REGION, "execute-api", now.minusSeconds(330), false),
          new Signing(Endpoint.REGION, "execute-api", now.plusSeconds(330), false)
        }) {
      HttpResponse<String> answer = send(sign(ROOT, SdkHttpMethod.GET, uri, "", wrong), "");
      assertThat(answer.statusCode()).as("%s: %s", wrong, answer.body()).isEqualTo(403);
      assertThat(errorType(answer)).isEqualTo("InvalidSignatureException");
    }
  }

  @Test
  void whoDoesNotSignIsRefused(Endpoint endpoint) throws IOException, InterruptedException {
    URI uri = endpoint.pathForm(deploy(endpoint), STAGE, "/pets");
    SdkHttpRequest plain = SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(uri).build();

    assertThat(send(plain, "").body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    assertThat(send(plain.toBuilder().putHeader("Authorization", "Bearer abc").build(), "").body())
        .isEqualTo(
            "{\"message\":\"'abc' not a valid key=value pair (missing equal-sign) in Authorization"
                + " header: 'Bearer abc'.\"}");
  }
}
