package io.portico.lambda.url;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Machine;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Setup;
import io.portico.lambda.Zips;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A host whose functions need roles that somebody has made. */
final class RequiredRolesTest {
  private static final String REFUSED =
      "The role defined for the function cannot be assumed by Lambda.";

  private static ObjectNode function(String role) {
    return creation(
            "f", "nodejs20.x", "index.handler", Zips.of("index.js", "exports.handler = () => 1;"))
        .put("Role", role);
  }

  @Test
  void aFunctionNeedsARoleThatIsMadeAndTrustsLambda() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(1).withRoles())) {
      Reply unmade = host.functions("POST", "", function("arn:aws:iam::000000000000:role/nobody"));
      assertThat(unmade.status()).isEqualTo(400);
      assertThat(unmade.text()).contains(REFUSED);

      String role = new Roles(host).role("worker", "Allow", "\"s3:*\"");
      assertThat(host.functions("POST", "", function(role)).status()).isEqualTo(201);

      new Roles(host)
          .form(
              "2010-05-08",
              Map.of(
                  "Action",
                  "UpdateAssumeRolePolicy",
                  "RoleName",
                  "worker",
                  "PolicyDocument",
                  "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":"
                      + "{\"Service\":\"apigateway.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}"));
      host.awaitReady("f");
      Reply changed = host.functions("PUT", "/f/configuration", Json.object().put("Role", role));
      assertThat(changed.text()).contains(REFUSED);
    }
  }

  @Test
  void aRoleThatCouldBeNoSessionsIsRefusedByAnyHost() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(1))) {
      Reply refused =
          host.functions("POST", "", function("arn:aws:iam::000000000000:role/worker/"));

      assertThat(refused.text()).contains(REFUSED);
    }
  }
}
