package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaModes;
import io.portico.gateway.control.quota.QuotaSetting;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.v1.QuotaCases.Act;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Quotas that REST APIs have, too, hold for HTTP and WebSocket APIs. */
class V2QuotasTest {
  private static String refused(Quota quota, long limit, Act within, Act beyond) {
    TestControlPlane control =
        new TestControlPlane(
            Quotas.of(
                QuotaModes.STANDARD,
                Map.of(quota, new QuotaSetting(limit, QuotaMode.ENFORCE)),
                TestControlPlane.CLOCK));
    QuotaScene scene = new QuotaScene(control);
    within.in(scene);
    Object before = control.store.state();

    ServiceException refusal = catchThrowableOfType(ServiceException.class, () -> beyond.in(scene));

    assertThat(control.store.state()).isSameAs(before);
    return refusal.text();
  }

  @Test
  void apisOfAllKindsAreCountedTogether() {
    String text =
        refused(
            Quota.REGIONAL_APIS,
            2,
            scene -> {
              scene.inHttpApi("GetApi", "");
              scene.call(
                  "CreateRestApi", "'name': 'a', 'endpointConfiguration': {'types': ['REGIONAL']}");
              scene.call("CreateRestApi", "'name': 'b'");
            },
            scene ->
                scene.callV2(
                    "CreateApi",
                    "'name': 'c', 'protocolType': 'WEBSOCKET', 'routeSelectionExpression':"
                        + " '$request.body.a'"));

    assertThat(text).startsWith("Maximum number of APIs has been reached.");
  }

  @Test
  void stagesAreCounted() {
    String text =
        refused(
            Quota.STAGES,
            1,
            scene -> scene.inHttpApi("CreateStage", "'stageName': 'a'"),
            scene -> scene.inHttpApi("CreateStage", "'stageName': 'b'"));

    assertThat(text).startsWith("Maximum number of Stages for this API has been reached.");
  }

  @Test
  void authorizersAreCounted() {
    String jwt =
        """
        'name': '%s', 'authorizerType': 'JWT', 'identitySource': ['$request.header.a'],
        'jwtConfiguration': {'issuer': 'https://a.test', 'audience': ['a']}""";

    String text =
        refused(
            Quota.AUTHORIZERS,
            1,
            scene -> scene.inHttpApi("CreateAuthorizer", jwt.formatted("a")),
            scene -> scene.inHttpApi("CreateAuthorizer", jwt.formatted("b")));

    assertThat(text).startsWith("Maximum number of Authorizers for this API has been reached.");
  }

  @Test
  void variablesOfStagesAreCountedAndBounded() {
    Act stage = scene -> scene.inHttpApi("CreateStage", "'stageName': 'a'");

    String counted =
        refused(
            Quota.STAGE_VARIABLES,
            1,
            stage,
            scene ->
                scene.inHttpApi(
                    "UpdateStage", "'StageName': 'a', 'stageVariables': {'a': 'b', 'c': 'd'}"));
    String bounded =
        refused(
            Quota.STAGE_VARIABLE_VALUE_LENGTH,
            3,
            stage,
            scene ->
                scene.inHttpApi(
                    "UpdateStage", "'StageName': 'a', 'stageVariables': {'a': 'bbbb'}"));

    assertThat(counted).startsWith("Maximum number of Stage Variables for this stage");
    assertThat(bounded).isEqualTo("Stage variable value of a exceeds the limit of 3 characters");
  }

  @Test
  void formatsOfAccessLogsAreBounded() {
    String text =
        refused(
            Quota.ACCESS_LOG_FORMAT_SIZE,
            20,
            scene -> scene.inHttpApi("CreateStage", "'stageName': 'a'"),
            scene ->
                scene.inHttpApi(
                    "UpdateStage",
                    "'StageName': 'a', 'accessLogSettings': {'format': '$context.requestId    ',"
                        + " 'destinationArn': 'arn:aws:logs:eu-west-1:1:log-group:a'}"));

    assertThat(text).endsWith("exceeds the limit of 20 bytes");
  }

  @Test
  void tagsAreCounted() {
    String text =
        refused(
            Quota.TAGS,
            1,
            scene -> {},
            scene ->
                scene.callV2(
                    "CreateApi",
                    "'name': 'c', 'protocolType': 'HTTP', 'tags': {'a': 'b', 'c': 'd'}"));

    assertThat(text).startsWith("Maximum number of Tags for this resource has been reached.");
  }
}
