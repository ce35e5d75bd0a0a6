package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Tags are put, read and taken off by ARN, and seen where AWS shows them. */
@Portico
final class TagsTest {

  @EveryClient
  void tagsFollowTheirApi(AwsClient client, Endpoint endpoint) {
    String api =
        client
            .call("CreateRestApi", Map.of("name", "tagged", "tags", Map.of("team", "blue")))
            .get("id")
            .asString();
    String arn = "arn:aws:apigateway:" + Endpoint.REGION + "::/restapis/" + api;

    client.call(
        "TagResource", Map.of("resourceArn", arn, "tags", Map.of("a b/c", "d=e", "x", "y")));
    client.call("UntagResource", Map.of("resourceArn", arn, "tagKeys", List.of("x")));
    JsonNode tags = client.call("GetTags", Map.of("resourceArn", arn)).path("tags");
    JsonNode read = client.call("GetRestApi", Map.of("restApiId", api)).path("tags");

    assertThat(tags.propertyStream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("team", "a b/c");
    assertThat(tags.path("a b/c").asString()).isEqualTo("d=e");
    assertThat(read).isEqualTo(tags);
  }
}
