package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Portico;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** VPC links of API Gateway v2, from the first call to the last. */
@Portico
final class V2VpcLinksTest {

  @EveryClient
  void aLinkIsMadeReadRenamedAndDeleted(AwsClient client) {
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);

    JsonNode made =
        v2.call(
            "CreateVpcLink",
            Map.of(
                "Name",
                "pets",
                "SubnetIds",
                List.of("subnet-a", "subnet-b"),
                "SecurityGroupIds",
                List.of("sg-a"),
                "Tags",
                Map.of("team", "blue")));
    Map<String, String> named = Map.of("VpcLinkId", made.path("VpcLinkId").asString());
    JsonNode read = v2.call("GetVpcLink", named);
    JsonNode renamed =
        v2.call("UpdateVpcLink", Map.of("VpcLinkId", named.get("VpcLinkId"), "Name", "birds"));
    JsonNode listed = v2.call("GetVpcLinks", Map.of("MaxResults", "500"));
    v2.call("DeleteVpcLink", named);
    AwsFailure gone = v2.refused("GetVpcLink", named);

    assertThat(made.path("VpcLinkStatus").asString()).isEqualTo("PENDING");
    assertThat(made.path("VpcLinkVersion").asString()).isEqualTo("V2");
    assertThat(made.at("/SubnetIds/1").asString()).isEqualTo("subnet-b");
    assertThat(read.path("VpcLinkStatus").asString()).isEqualTo("AVAILABLE");
    assertThat(read.at("/Tags/team").asString()).isEqualTo("blue");
    assertThat(renamed.path("Name").asString()).isEqualTo("birds");
    assertThat(listed.path("Items").valueStream().map(each -> each.path("VpcLinkId").asString()))
        .contains(named.get("VpcLinkId"));
    assertThat(gone.type()).isEqualTo("NotFoundException");
    assertThat(gone.text()).isEqualTo("Invalid Vpc Link identifier specified");
  }
}
