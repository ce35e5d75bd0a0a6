package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Portico;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A definition of an HTTP API comes in, is replaced and goes out again. */
@Portico
final class HttpApiDefinitionsTest {

  private static String definition(String title, String path, String version) {
    return """
        openapi: 3.0.1
        info: {title: %s, version: "7"}
        paths:
          %s:
            get:
              responses: {default: {description: ok}}
              x-amazon-apigateway-integration:
                type: http_proxy
                httpMethod: GET
                uri: http://backend.test/
                payloadFormatVersion: "%s"
        """
        .formatted(title, path, version);
  }

  @EveryClient
  void aDefinitionIsImportedReplacedAndExported(AwsClient client) {
    ServiceClient v2 = client.of(AwsService.API_GATEWAY_V2);

    JsonNode imported = v2.call("ImportApi", Map.of("Body", definition("First", "/a", "1.0")));
    String api = imported.path("ApiId").asString();
    JsonNode replaced =
        v2.call("ReimportApi", Map.of("ApiId", api, "Body", definition("Second", "/b", "1.0")));
    AwsFailure warned =
        v2.refused(
            "ReimportApi",
            Map.of("ApiId", api, "Body", definition("Third", "/c", "3.0"), "FailOnWarnings", true));
    JsonNode routes = v2.call("GetRoutes", Map.of("ApiId", api));
    JsonNode exported =
        JsonMapper.shared()
            .readTree(
                v2.call(
                        "ExportApi",
                        Map.of("ApiId", api, "Specification", "OAS30", "OutputType", "JSON"))
                    .path("body")
                    .asString());
    v2.call("DeleteApi", Map.of("ApiId", api));

    assertThat(imported.path("Name").asString()).isEqualTo("First");
    assertThat(imported.at("/ImportInfo/0").asString())
        .isEqualTo("paths./a.get: key [responses] will be ignored by API Gateway");
    assertThat(replaced.path("Name").asString()).isEqualTo("Second");
    assertThat(warned.type()).isEqualTo("BadRequestException");
    assertThat(warned.text()).startsWith("Warnings found during import:");
    assertThat(routes.path("Items").size()).isEqualTo(1);
    assertThat(routes.at("/Items/0/RouteKey").asString()).isEqualTo("GET /b");
    assertThat(exported.at("/info/title").asString()).isEqualTo("Second");
    assertThat(exported.at("/paths/~1b/get/x-amazon-apigateway-integration/uri").asString())
        .isEqualTo("http://backend.test/");
  }
}
