package io.portico.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.server.Endpoint;
import io.portico.conformance.wire.RawClient;
import io.portico.conformance.wire.RawClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server has: an API with a stage and some of everything, for hostile calls to miss. */
final class Contents {
  private static final Pattern LABEL = Pattern.compile("\\{([^}+]+)\\+?}");
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private static final List<String> LISTS =
      List.of(
          "/restapis?limit=500",
          "/apikeys?limit=500&includeValues=true",
          "/usageplans?limit=500",
          "/domainnames?limit=500",
          "/vpclinks?limit=500",
          "/clientcertificates?limit=500",
          "/domainnameaccessassociations?limit=500",
          "/account");

  private static final List<String> LISTS_OF_AN_API =
      List.of(
          "/resources?limit=500&embed=methods",
          "/stages",
          "/deployments?limit=500",
          "/models?limit=500",
          "/authorizers?limit=500",
          "/requestvalidators?limit=500",
          "/gatewayresponses?limit=500",
          "/documentation/parts?limit=500",
          "/documentation/versions?limit=500");

  private static final String DOCUMENT =
      """
      openapi: 3.0.1
      info: {title: t, version: 1}
      components: {schemas: {Pet: {type: object}}}
      x-amazon-apigateway-request-validators: {all: {validateRequestBody: true}}
      paths:
        /:
          get:
            responses: {200: {description: ok}}
            x-amazon-apigateway-integration:
              type: mock
              responses: {default: {statusCode: 200}}
      """;

  private final RawClient client;
  private final Map<String, String> labels = new HashMap<>();

  Contents(RawClient client) {
    this.client = client;
    String api = id(made("POST", "/restapis?mode=import", DOCUMENT));
    String resources = made("GET", "/restapis/" + api + "/resources", "");
    String deployment =
        made("POST", "/restapis/" + api + "/deployments", "{\"stageName\":\"prod\"}");
    labels.put("restapi_id", api);
    labels.put("resource_id", id(resources));
    labels.put("parent_id", id(resources));
    labels.put("deployment_id", id(deployment));
    labels.put("http_method", "GET");
    labels.put("status_code", "200");
    labels.put("stage_name", "prod");
    labels.put("model_name", "Pet");
    labels.put("response_type", "DEFAULT_4XX");
    labels.put("export_type", "oas30");
    labels.put("sdk_type", "javascript");
    labels.put("sdktype_id", "javascript");
    labels.put("api_Key", id(made("POST", "/apikeys", "{\"name\":\"k\"}")));
    labels.put("usageplanId", id(made("POST", "/usageplans", "{\"name\":\"p\"}")));
  }

  private String made(String method, String target, String body) {
    Answer answer = client.call(method, target, signed("apigateway"), HostileBytes.bytes(body));
    assertThat(answer.status()).as(answer.text()).isLessThan(300);
    return answer.text();
  }

  private static String id(String answer) {
    Matcher id = ID.matcher(answer);
    assertThat(id.find()).as(answer).isTrue();
    return id.group(1);
  }

  /** A line that says which service is meant; nobody checks the signature. */
  static String signed(String service) {
    return "Authorization: AWS4-HMAC-SHA256 Credential=test/20260102/%s/%s/aws4_request, SignedHeaders=host, Signature=a\r\n"
        .formatted(Endpoint.REGION, service);
  }

  /** A path with what is there in its labels. */
  String target(String path) {
    return target(path, "", "");
  }

  /** The same, but for one label. */
  String target(String path, String hostile, String value) {
    return LABEL
        .matcher(path)
        .replaceAll(
            label ->
                Matcher.quoteReplacement(
                    label.group(1).equals(hostile)
                        ? value
                        : labels.getOrDefault(label.group(1), "x")));
  }

  /** All that is listed. */
  String listed() {
    StringBuilder all = new StringBuilder();
    for (String list : LISTS) {
      all.append(made("GET", list, ""));
    }
    for (String list : LISTS_OF_AN_API) {
      all.append(made("GET", "/restapis/" + labels.get("restapi_id") + list, ""));
    }
    Answer functions = client.call("GET", "/2015-03-31/functions", signed("lambda"), new byte[0]);
    return all.append(functions.text()).toString();
  }
}
