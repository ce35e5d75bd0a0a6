package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.process.Needed;
import io.portico.conformance.process.NodePackages;
import io.portico.conformance.server.CognitoLocal;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user signs in with the AWS SDK at cognito-local, and calls an API with his tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CognitoUserPoolsTest {
  private static final String USER = "ann@example.com";
  private static final String PASSWORD = "Correct-Horse-7";
  private static final String SCOPE = "aws.cognito.signin.user.admin";

  private @Nullable CognitoLocal cognito;
  private @Nullable PorticoProcess server;
  private String api = "";
  private String idToken = "";
  private String accessToken = "";
  private String clientId = "";

  @BeforeAll
  void signIn(@TempDir Path data) {
    CognitoLocal running = Needed.found(CognitoLocal.start(data), NodePackages.NEEDS);
    cognito = running;
    server =
        PorticoProcess.start(
            Map.of(
                "PORTICO_COGNITO_ISSUERS",
                "*=" + CognitoLocal.ISSUER + "/{pool}",
                "PORTICO_COGNITO_KEY_SETS",
                "*=" + running.url() + "/{pool}/.well-known/jwks.json"),
            "serve",
            "--ephemeral",
            "--port",
            "0");
    try (CognitoIdentityProviderClient client = client(running)) {
      build(user(client));
    }
  }

  @AfterAll
  void end() {
    if (server != null) {
      server.close();
    }
    if (cognito != null) {
      cognito.close();
    }
  }

  @Test
  void theIdentityTokenOfAUserLetsHimInAndTheApiKnowsHisClaims() {
    HttpResponse<String> answer = call("/users/me", idToken);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode seen = JsonMapper.shared().readTree(answer.body());
    assertThat(seen.path("email").asString()).isEqualTo(USER);
    assertThat(seen.path("groups").asString()).isEqualTo("admins,staff");
    assertThat(seen.path("audience").asString()).isEqualTo(clientId);
    assertThat(seen.path("verified").asString()).isEqualTo("false");
    assertThat(seen.path("until").asString())
        .matches("[A-Z][a-z]{2} [A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d UTC \\d{4}");
    assertThat(call("/users/me", "Bearer " + idToken).statusCode()).isEqualTo(200);
  }

  @Test
  void theAccessTokenIsForMethodsThatNameOneOfItsScopes() {
    assertThat(call("/scoped", accessToken).statusCode()).isEqualTo(200);

    assertRefused(call("/scoped", idToken));
    assertRefused(call("/users/me", accessToken));
    assertRefused(call("/other", accessToken));
  }

  @Test
  void whoBringsNoTokenOfThePoolIsNotLetIn() {
    assertRefused(call("/users/me", "Bearer nobody"));
    assertRefused(call("/users/me", idToken + "A"));
    assertRefused(Caller.get(endpoint().pathForm(api, STAGE, "/users/me")));
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("UnauthorizedException");
  }

  private HttpResponse<String> call(String path, String token) {
    return Caller.send(
        HttpRequest.newBuilder(endpoint().pathForm(api, STAGE, path))
            .header("Authorization", token));
  }

  private Endpoint endpoint() {
    return Objects.requireNonNull(server).endpoint();
  }

  private static CognitoIdentityProviderClient client(CognitoLocal cognito) {
    return CognitoIdentityProviderClient.builder()
        .endpointOverride(cognito.url())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY)))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  /** Makes a pool with one user in two groups, and signs him in; the pool's id. */
  private String user(CognitoIdentityProviderClient client) {
    String pool = client.createUserPool(request -> request.poolName("shop")).userPool().id();
    clientId =
        client
            .createUserPoolClient(request -> request.userPoolId(pool).clientName("web"))
            .userPoolClient()
            .clientId();
    client.adminCreateUser(
        request ->
            request
                .userPoolId(pool)
                .username(USER)
                .userAttributes(AttributeType.builder().name("email").value(USER).build())
                .messageAction(MessageActionType.SUPPRESS));
    client.adminSetUserPassword(
        request -> request.userPoolId(pool).username(USER).password(PASSWORD).permanent(true));
    for (String group : List.of("admins", "staff")) {
      client.createGroup(request -> request.userPoolId(pool).groupName(group));
      client.adminAddUserToGroup(
          request -> request.userPoolId(pool).username(USER).groupName(group));
    }
    AuthenticationResultType signedIn =
        client
            .initiateAuth(
                request ->
                    request
                        .clientId(clientId)
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(Map.of("USERNAME", USER, "PASSWORD", PASSWORD)))
            .authenticationResult();
    idToken = signedIn.idToken();
    accessToken = signedIn.accessToken();
    return pool;
  }

  private void build(String pool) {
    try (JavaSdk sdk = JavaSdk.of(endpoint())) {
      SmallApi small = SmallApi.build(sdk, "127.0.0.1:9");
      api = small.id();
      String authorizer =
          small
              .call(
                  "CreateAuthorizer",
                  Map.of(
                      "name",
                      "users",
                      "type",
                      "COGNITO_USER_POOLS",
                      "providerARNs",
                      List.of(
                          "arn:aws:cognito-idp:%s:%s:userpool/%s"
                              .formatted(Endpoint.REGION, Endpoint.ACCOUNT, pool)),
                      "identitySource",
                      "method.request.header.Authorization",
                      "identityValidationExpression",
                      "[0-9a-z]+"))
              .get("id")
              .asString();
      String users = small.resource(small.root(), "users");
      guarded(small, small.resource(users, "me"), authorizer, List.of());
      guarded(small, small.resource(small.root(), "scoped"), authorizer, List.of("no/one", SCOPE));
      guarded(small, small.resource(small.root(), "other"), authorizer, List.of("no/one"));
      small.deploy();
    }
  }

  private static void guarded(
      SmallApi small, String resource, String authorizer, List<String> scopes) {
    small.mock(
        resource,
        "GET",
        Map.of("application/json", "{\"statusCode\": 200}"),
        Map.of(
            "application/json",
            """
            {"email": "$context.authorizer.claims.email",
             "groups": "$context.authorizer.claims['cognito:groups']",
             "audience": "$context.authorizer.claims.aud",
             "verified": "$context.authorizer.claims.email_verified",
             "until": "$context.authorizer.claims.exp"}
            """));
    small.call(
        "UpdateMethod",
        Map.of(
            "resourceId",
            resource,
            "httpMethod",
            "GET",
            "patchOperations",
            List.of(
                SmallApi.replace("/authorizationType", "COGNITO_USER_POOLS"),
                SmallApi.replace("/authorizerId", authorizer))));
    for (String scope : scopes) {
      small.patch(
          "UpdateMethod",
          Map.of("resourceId", resource, "httpMethod", "GET"),
          List.of(Map.of("op", "add", "path", "/authorizationScopes", "value", scope)));
    }
  }
}
