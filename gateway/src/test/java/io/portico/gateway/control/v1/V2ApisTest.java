package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What families of API Gateway v2 do with HTTP APIs that are there. */
class V2ApisTest {
  private final TestControlPlane control = new TestControlPlane();
  private final StoredV2Api api = new StoredV2Api(control);

  private ObjectNode call(String operation, String input) {
    return control.callV2(operation, (ObjectNode) Json.parse("{" + input.replace('\'', '"') + "}"));
  }

  private String refusal(String operation, String input) {
    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> call(operation, input));
    return refusal == null ? "" : refusal.code() + ": " + refusal.text();
  }

  private static String named(String path) {
    return "'ResourceArn': 'arn:aws:apigateway:eu-west-1::%s'".formatted(path);
  }

  private void expectTags(String path) {
    call("TagResource", named(path) + ", 'tags': {'team': 'pets', 'stage': 'test'}");
    call("UntagResource", named(path) + ", 'TagKeys': ['stage']");

    assertThat(call("GetTags", named(path)).get("tags").toString())
        .isEqualTo("{\"team\":\"pets\"}");
  }

  @Test
  void anApiAndItsStagesHaveTags() {
    api.stage("$default");

    expectTags("/apis/" + StoredV2Api.ID);
    expectTags("/apis/" + StoredV2Api.ID + "/stages/$default");
    assertThat(refusal("GetTags", named("/apis/nowhere")))
        .isEqualTo("NotFoundException: Invalid API identifier specified 111122223333:nowhere");
    assertThat(refusal("GetTags", named("/apis/" + StoredV2Api.ID + "/stages/nowhere")))
        .isEqualTo("NotFoundException: Invalid stage identifier specified");
    assertThat(refusal("GetTags", named("/apis/" + StoredV2Api.ID + "/routes/nowhere")))
        .isEqualTo("BadRequestException: Invalid resource ARN specified in the request");
  }

  @Test
  void aLinkStaysWhileRoutesLeadToIt() {
    String link =
        call("CreateVpcLink", "'name': 'a', 'subnetIds': ['subnet-a']").get("vpcLinkId").asString();
    String other =
        call("CreateVpcLink", "'name': 'b', 'subnetIds': ['subnet-a']").get("vpcLinkId").asString();
    api.integration("int1", link);
    api.integration("int2", other);
    api.route("qtfgl2b", "ANY /pets", "int1");
    api.route("xtfgl2b", "$default", "int1");

    assertThat(refusal("DeleteVpcLink", "'VpcLinkId': '%s'".formatted(link)))
        .isEqualTo(
            "BadRequestException: Cannot delete vpc link. Vpc link '%s', is referenced in"
                    .formatted(link)
                + " [ANY:qtfgl2b, $default:xtfgl2b] in format of [Method:Resource].");
    assertThat(refusal("DeleteVpcLink", "'VpcLinkId': '%s'".formatted(other))).isEmpty();
  }
}
