package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Resource;
import tools.jackson.databind.JsonNode;

/** A list is read page by page, each item once. */
@Portico
final class PagingTest {
  private static final int PARTS = 6;

  @EveryClient
  void everyItemComesOnce(AwsClient client, Endpoint endpoint) {
    String api = client.call("CreateRestApi", Map.of("name", "paged")).get("id").asString();
    String root =
        client.call("GetResources", Map.of("restApiId", api)).at("/items/0/id").asString();
    for (int part = 0; part < PARTS; part++) {
      client.call(
          "CreateResource", Map.of("restApiId", api, "parentId", root, "pathPart", "part" + part));
    }

    Set<String> paths = new HashSet<>();
    int pages = 0;
    Map<String, Object> input = new HashMap<>(Map.of("restApiId", api, "limit", 3));
    JsonNode page;
    do {
      page = client.call("GetResources", input);
      pages++;
      assertThat(page.path("items").size()).isBetween(1, 3);
      for (JsonNode item : page.path("items")) {
        assertThat(paths.add(item.path("path").asString())).isTrue();
      }
      input.put("position", page.path("position").asString());
    } while (page.hasNonNull("position"));

    assertThat(paths).hasSize(PARTS + 1);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void theSdksOwnPaginatorReadsAllPages(ApiGatewayClient client) {
    String api = client.createRestApi(r -> r.name("paginator")).id();
    String root = client.getResources(r -> r.restApiId(api)).items().getFirst().id();
    Stream.of("a", "b", "c")
        .forEach(
            part -> client.createResource(r -> r.restApiId(api).parentId(root).pathPart(part)));

    List<String> paths =
        client.getResourcesPaginator(r -> r.restApiId(api).limit(1)).items().stream()
            .map(Resource::path)
            .toList();

    assertThat(paths).containsExactlyInAnyOrder("/", "/a", "/b", "/c");
  }
}
