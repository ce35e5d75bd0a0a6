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

/** What a server has: some of everything that a call names, for hostile calls to miss. */
final class Contents {
  private static final Pattern LABEL = Pattern.compile("\\{([^}+]+)\\+?}");
  private static final Pattern WITHOUT_REQUEST = Pattern.compile("<RequestId>[^<]*</RequestId>");
  private static final Pattern ID =
      Pattern.compile("\"(?:id|clientCertificateId|CertificateArn)\":\"([^\"]+)\"");

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

  private static final String AUTHORIZER =
      """
      {"name":"a","type":"TOKEN","identitySource":"method.request.header.a","authorizerUri":\
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:\
      000000000000:function:f/invocations"}""";

  private static final String VPC_LINK =
      """
      {"name":"l","targetArns":\
      ["arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/l/1"]}""";

  /** Of services whose operations have no paths. */
  private static final List<String> LISTS_BY_TARGET =
      List.of(
          "logs Logs_20140328.DescribeLogGroups",
          "acm CertificateManager.ListCertificates",
          // Metrics are no contents: calls of a stage make some.
          "monitoring GraniteServiceVersion20100801.DescribeAlarms");

  private static final List<String> LISTS_BY_FORM =
      List.of("ListUsers", "ListRoles", "ListPolicies&Scope=Local", "ListInstanceProfiles");

  private final RawClient client;
  private final Map<String, String> labels = new HashMap<>();
  private final V2Contents v2;

  Contents(RawClient client) {
    this.client = client;
    String api = id(made("POST", "/restapis?mode=import", DOCUMENT));
    labels.put("restapi_id", api);
    labels.put("resource_arn", "arn:aws:apigateway:us-east-1::%2Frestapis%2F" + api);
    labels.put("http_method", "GET");
    labels.put("status_code", "200");
    labels.put("model_name", "Pet");
    labels.put("response_type", "DEFAULT_4XX");
    labels.put("export_type", "oas30");
    labels.put("sdk_type", "javascript");
    labels.put("sdktype_id", "javascript");
    putWithinApi("/restapis/" + api);
    putBeside();
    putDomainName("a.example.com", api);
    this.v2 = new V2Contents(this);
  }

  /** From now on, a label says this. */
  void label(String name, String value) {
    labels.put(name, value);
  }

  private void putWithinApi(String api) {
    String resources = made("GET", api + "/resources", "");
    labels.put("resource_id", id(resources));
    labels.put("parent_id", id(resources));
    labels.put("deployment_id", id(made("POST", api + "/deployments", "{\"stageName\":\"prod\"}")));
    labels.put("stage_name", "prod");
    labels.put("requestvalidator_id", id(made("GET", api + "/requestvalidators", "")));
    labels.put("authorizer_id", id(made("POST", api + "/authorizers", AUTHORIZER)));
    labels.put(
        "part_id",
        id(
            made(
                "POST",
                api + "/documentation/parts",
                "{\"location\":{\"type\":\"API\"},\"properties\":\"{}\"}")));
    made("POST", api + "/documentation/versions", "{\"documentationVersion\":\"1.0\"}");
    labels.put("doc_version", "1.0");
  }

  private void putBeside() {
    String key = id(made("POST", "/apikeys", "{\"name\":\"k\"}"));
    String plan = id(made("POST", "/usageplans", "{\"name\":\"p\"}"));
    made(
        "POST",
        "/usageplans/" + plan + "/keys",
        "{\"keyId\":\"%s\",\"keyType\":\"API_KEY\"}".formatted(key));
    labels.put("api_Key", key);
    labels.put("keyId", key);
    labels.put("usageplanId", plan);
    labels.put("vpclink_id", id(made("POST", "/vpclinks", VPC_LINK)));
    labels.put("clientcertificate_id", id(made("POST", "/clientcertificates", "{}")));
  }

  private void putDomainName(String name, String api) {
    String certificate =
        id(
            made(
                "POST",
                "/",
                signed("acm")
                    + "X-Amz-Target: CertificateManager.RequestCertificate\r\n"
                    + "Content-Type: application/x-amz-json-1.1\r\n",
                "{\"DomainName\":\"%s\",\"KeyAlgorithm\":\"EC_prime256v1\"}".formatted(name)));
    made(
        "POST",
        "/domainnames",
        "{\"domainName\":\"%s\",\"certificateArn\":\"%s\"}".formatted(name, certificate));
    made(
        "POST",
        "/domainnames/" + name + "/basepathmappings",
        "{\"restApiId\":\"%s\",\"basePath\":\"v1\"}".formatted(api));
    labels.put("domain_name", name);
    labels.put("base_path", "v1");
  }

  String made(String method, String target, String body) {
    return made(method, target, signed("apigateway"), body);
  }

  private String made(String method, String target, String headers, String body) {
    Answer answer = client.call(method, target, headers, HostileBytes.bytes(body));
    assertThat(answer.status()).as("%s %s: %s", method, target, answer.text()).isLessThan(300);
    return answer.text();
  }

  String found(String target) {
    Answer answer = client.call("GET", target, signed("apigateway"), new byte[0]);
    assertThat(answer.status()).as("GET %s: %s", target, answer.text()).isIn(200, 404);
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
    all.append(made("GET", target("/usageplans/{usageplanId}/keys"), ""));
    // A hostile parameter does not keep DeleteDomainName from deleting it.
    all.append(found(target("/domainnames/{domain_name}/basepathmappings")));
    for (String list : LISTS_OF_AN_API) {
      all.append(made("GET", "/restapis/" + labels.get("restapi_id") + list, ""));
    }
    for (String list : LISTS_BY_TARGET) {
      String[] named = list.split(" ", 2);
      String headers =
          "X-Amz-Target: %s\r\nContent-Type: application/x-amz-json-1.%s\r\n"
              .formatted(named[1], named[0].equals("monitoring") ? "0" : "1");
      all.append(made("POST", "/", signed(named[0]) + headers, "{}"));
    }
    for (String list : LISTS_BY_FORM) {
      all.append(
          WITHOUT_REQUEST
              .matcher(
                  made(
                      "POST",
                      "/",
                      signed("iam") + "Content-Type: application/x-www-form-urlencoded\r\n",
                      "Version=2010-05-08&Action=" + list))
              .replaceAll(""));
    }
    all.append(v2.listed());
    return all.append(made("GET", "/2015-03-31/functions", signed("lambda"), "")).toString();
  }
}
