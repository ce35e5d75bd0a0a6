package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.control.iam.IamEnvironment;
import io.portico.gateway.control.iam.IamOperations;
import io.portico.gateway.control.iam.KeyIds;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.OperationHandler;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The role that an account's settings name for logs has to trust API Gateway. */
class LoggingRoleTest {
  private static final String ROLES =
      "arn:aws:iam::%s:role/".formatted(TestControlPlane.CALLER.accountId());

  private final TestControlPlane plane = new TestControlPlane();
  private final Operations iam =
      IamOperations.of(
          new IamEnvironment(plane.records, TestControlPlane.CLOCK, new KeyIds(plane.records)));

  // AWS: source: reported by users, https://github.com/tmobile/jazz-installer/pull/597.
  @Test
  void aRoleThatDoesNotTrustApiGatewayIsRefused() {
    make("functions", trust("lambda.amazonaws.com", ""));
    set("nobody-made-it");

    assertThatThrownBy(() -> set("functions"))
        .hasMessage(
            "The role ARN does not have required permissions configured. Please grant trust"
                + " permission for API Gateway and add the required role policy.");
    assertThat(plane.call("GetAccount", Json.object()).path("cloudwatchRoleArn").asString())
        .isEqualTo(ROLES + "nobody-made-it");
  }

  @Test
  void aRoleThatTrustsApiGatewayIsTakenUnderWhateverCondition() {
    make("logs", trust("apigateway.amazonaws.com", ""));
    make(
        "bound",
        trust(
            "apigateway.amazonaws.com",
            ", 'Condition': {'StringEquals': {'aws:SourceAccount': '111122223333'}}"));

    assertThat(set("logs")).isEqualTo(ROLES + "logs");
    assertThat(set("bound")).isEqualTo(ROLES + "bound");
  }

  private static String trust(String service, String condition) {
    return """
        {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': '%s'},
         'Action': 'sts:AssumeRole'%s}]}
        """
        .formatted(service, condition)
        .replace('\'', '"');
  }

  private void make(String name, String trust) {
    ObjectNode input = Json.object().put("RoleName", name).put("AssumeRolePolicyDocument", trust);
    OperationHandler handler = Objects.requireNonNull(iam.find("CreateRole"));
    handler.handle(
        new OperationCall("CreateRole", TestControlPlane.CALLER, "request", new Input(input)));
  }

  private String set(String role) {
    ObjectNode input = Json.object();
    input
        .putArray("patchOperations")
        .addObject()
        .put("op", "replace")
        .put("path", "/cloudwatchRoleArn")
        .put("value", ROLES + role);
    return plane.call("UpdateAccount", input).path("cloudwatchRoleArn").asString();
  }
}
