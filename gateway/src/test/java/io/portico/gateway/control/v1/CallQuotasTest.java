package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaModes;
import io.portico.gateway.control.quota.QuotaSetting;
import io.portico.gateway.control.quota.Quotas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Quotas of calls, by tests of a method, which go through the pipeline of calls. */
class CallQuotasTest {
  private final List<String> warnings = new ArrayList<>();

  private QuotaScene with(Quota quota, QuotaMode mode) {
    QuotaScene scene =
        new QuotaScene(
            new TestControlPlane(
                Quotas.of(
                    QuotaModes.STANDARD,
                    Map.of(quota, new QuotaSetting(40, mode)),
                    TestControlPlane.CLOCK,
                    warnings::add)));
    scene.inMethod("PutMethod", "'authorizationType': 'NONE'");
    scene.inMethod("PutMethodResponse", "'statusCode': '200'");
    return scene;
  }

  private static void answerWith(QuotaScene scene, String template) {
    scene.inMethod(
        "PutIntegration",
        "'type': 'MOCK', 'requestTemplates': {'application/json': '{\\\"statusCode\\\": 200}'}");
    scene.inMethod(
        "PutIntegrationResponse",
        "'statusCode': '200', 'responseTemplates': {'application/json': '%s'}".formatted(template));
  }

  @ParameterizedTest
  @CsvSource({"ENFORCE, 40, 200, 0", "ENFORCE, 41, 413, 0", "WARN, 41, 200, 1", "OFF, 41, 200, 0"})
  void aBodyIsNoLongerThanItsQuotaAllows(QuotaMode mode, int length, int status, int told) {
    QuotaScene scene = with(Quota.PAYLOAD_SIZE, mode);
    answerWith(scene, "ok");

    ObjectNode answer =
        scene.inMethod("TestInvokeMethod", "'body': '%s'".formatted("x".repeat(length)));

    assertThat(answer.get("status").intValue()).isEqualTo(status);
    assertThat(warnings).hasSize(told).allMatch(text -> text.contains("payload-size=enforce"));
  }

  @ParameterizedTest
  @CsvSource({"ENFORCE, 40, 0", "WARN, 50, 1", "OFF, 50, 0"})
  void aLoopGoesOnAsLongAsItsQuotaAllows(QuotaMode mode, int iterations, int told) {
    QuotaScene scene = with(Quota.FOREACH_ITERATIONS, mode);
    answerWith(scene, "#foreach($i in [1..50])x#end");

    ObjectNode answer = scene.inMethod("TestInvokeMethod", "");

    assertThat(answer.get("body").asString()).isEqualTo("x".repeat(iterations));
    assertThat(warnings).hasSize(told).allMatch(text -> text.contains("foreach-iterations=off"));
  }
}
