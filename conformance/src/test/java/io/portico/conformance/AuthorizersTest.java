package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Authorizers are kept, and close what wants one that cannot be asked. */
@Portico
final class AuthorizersTest {
  private static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:nobody/invocations";
  private static final String USER_POOL =
      "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbC123";

  @EveryClient
  void authorizersAreMadeReadChangedAndDeleted(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    JsonNode tokens = tokens(api);
    JsonNode pool =
        create(
            api,
            Map.of(
                "name",
                "pool",
                "type",
                "COGNITO_USER_POOLS",
                "providerARNs",
                List.of(USER_POOL),
                "identitySource",
                "method.request.header.Authorization"));
    Map<String, Object> named = named(api, tokens);

    JsonNode read = client.call("GetAuthorizer", named);
    JsonNode list = client.call("GetAuthorizers", Map.of("restApiId", api.id()));
    JsonNode changed =
        api.patch(
            "UpdateAuthorizer",
            Map.of("authorizerId", tokens.get("id").asString()),
            List.of(
                SmallApi.replace("/name", "renamed"),
                SmallApi.replace("/authorizerResultTtlInSeconds", "60")));
    client.call("DeleteAuthorizer", named);
    AwsFailure gone =
        catchThrowableOfType(AwsFailure.class, () -> client.call("GetAuthorizer", named));

    assertThat(tokens.path("authType").asString()).isEqualTo("custom");
    assertThat(tokens.has("authorizerResultTtlInSeconds")).isFalse();
    assertThat(tokens.has("providerARNs") && !tokens.get("providerARNs").isEmpty()).isFalse();
    assertThat(pool.at("/providerARNs/0").asString()).isEqualTo(USER_POOL);
    assertThat(pool.path("authType").asString()).isEqualTo("cognito_user_pools");
    assertThat(read).isEqualTo(tokens);
    assertThat(list.path("items").valueStream().map(each -> each.path("name").asString()))
        .containsExactlyInAnyOrder("tokens", "pool");
    assertThat(changed.path("name").asString()).isEqualTo("renamed");
    assertThat(changed.path("authorizerResultTtlInSeconds").asInt()).isEqualTo(60);
    assertThat(gone.type()).isEqualTo("NotFoundException");
  }

  @EveryClient
  void aMethodWhoseAuthorizerHasNoFunctionKeepsItAndIsClosed(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    JsonNode authorizer =
        create(
            api,
            Map.of(
                "name",
                "request",
                "type",
                "REQUEST",
                "authorizerUri",
                FUNCTION,
                "authorizerResultTtlInSeconds",
                0));
    api.patch(
        "UpdateMethod",
        Map.of("resourceId", api.pet(), "httpMethod", "GET"),
        List.of(
            SmallApi.replace("/authorizationType", "CUSTOM"),
            SmallApi.replace("/authorizerId", authorizer.get("id").asString())));
    api.deploy();

    int status =
        Caller.send(
                HttpRequest.newBuilder(endpoint.pathForm(api.id(), STAGE, "/pets/7"))
                    .header("Authorization", "allow"))
            .statusCode();
    AwsFailure inUse =
        catchThrowableOfType(
            AwsFailure.class, () -> client.call("DeleteAuthorizer", named(api, authorizer)));

    assertThat(status).isEqualTo(500);
    assertThat(inUse.type()).isEqualTo("ConflictException");
    assertThat(inUse.text())
        .isEqualTo(
            "Cannot delete authorizer 'request', is referenced in method: GET//pets/{petId}");
  }

  @EveryClient
  void anAuthorizerIsTestedAndWhatItSaidIsForgotten(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    JsonNode authorizer = tokens(api);
    Map<String, Object> test = new HashMap<>(named(api, authorizer));
    test.put("headers", Map.of("Authorization", "allow"));
    api.deploy();

    JsonNode tested = client.call("TestInvokeAuthorizer", test);
    client.call("FlushStageAuthorizersCache", Map.of("restApiId", api.id(), "stageName", STAGE));

    assertThat(tested.path("clientStatus").asInt()).isEqualTo(500);
    assertThat(tested.path("log").asString()).contains("Incoming identity: ***ow");
  }

  @EveryClient
  void whatCannotBeAnAuthorizerIsRefused(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    Map<String, Object> input =
        Map.of(
            "name", "a",
            "type", "TOKEN",
            "authorizerUri", FUNCTION,
            "identitySource", "method.request.header.Authorization");
    Map<String, Object> elsewhere = new HashMap<>(input);
    elsewhere.put("authorizerUri", "arn:aws:lambda:us-east-1:000000000000:function:f");
    Map<String, Object> ofNobody = new HashMap<>(input);
    ofNobody.put("restApiId", "nobody");

    AwsFailure uri = catchThrowableOfType(AwsFailure.class, () -> create(api, elsewhere));
    AwsFailure noApi =
        catchThrowableOfType(AwsFailure.class, () -> client.call("CreateAuthorizer", ofNobody));

    assertThat(uri.type()).isEqualTo("BadRequestException");
    assertThat(uri.text())
        .startsWith("Invalid Authorizer URI: arn:aws:lambda:us-east-1:000000000000:function:f.");
    assertThat(noApi.type()).isEqualTo("ConflictException");
    assertThat(noApi.text())
        .isEqualTo(
            "Unable to complete operation due to concurrent modification. Please try again later.");
  }

  private static JsonNode tokens(SmallApi api) {
    return create(
        api,
        Map.of(
            "name", "tokens",
            "type", "TOKEN",
            "authorizerUri", FUNCTION,
            "identitySource", "method.request.header.Authorization"));
  }

  private static JsonNode create(SmallApi api, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("restApiId", api.id());
    return api.client().call("CreateAuthorizer", input);
  }

  private static Map<String, Object> named(SmallApi api, JsonNode authorizer) {
    return Map.of("restApiId", api.id(), "authorizerId", authorizer.get("id").asString());
  }
}
