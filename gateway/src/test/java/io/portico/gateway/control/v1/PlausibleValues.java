package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values for members of v1's operations, mostly such as mean something: ids of what is there, paths
 * of patches, methods, mapping expressions. And now and then a wrong one.
 */
final class PlausibleValues {
  private static final int IDS_KEPT = 8;
  private static final String CLIENT_CERTIFICATE = "ClientCertificate";
  private static final Pattern ID = Pattern.compile("\"(?:id|clientCertificateId)\":\"([^\"]+)\"");
  private static final Pattern PATCH_PATH = Pattern.compile("^\\| `(/[^`]*)` \\| ([a-z, ]+) \\|.*");
  private static final Pattern NAME = Pattern.compile("(\\w*)/\\{[^}]*}");
  private static final String DOCUMENT =
      """
      openapi: 3.0.1
      info: {title: t, version: 1}
      x-amazon-apigateway-request-validator: all
      x-amazon-apigateway-request-validators: {all: {validateRequestBody: true}}
      x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {statusCode: 404}}
      components: {schemas: {Pet: {type: object}}}
      paths:
        /a:
          get:
            parameters: [{name: a, in: header, schema: {type: string}}]
            responses: &ok {200: {description: ok, headers: {a: {schema: {type: string}}}}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: 200, responseTemplates: {application/json: '{}'}}}
          post:
            responses: *ok
            x-amazon-apigateway-integration:
              type: http_proxy
              httpMethod: POST
              uri: https://example.com/
              responses: {default: {statusCode: 200}}
        /b/{id}:
          x-amazon-apigateway-any-method:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            responses: *ok
            x-amazon-apigateway-integration:
              type: http
              httpMethod: GET
              uri: https://example.com/{id}
              requestParameters: {integration.request.path.id: method.request.path.id}
              responses: {default: {statusCode: 200}}
      """;
  private static final List<String> KEYS =
      List.of(
          "application/json",
          "method.request.path.id",
          "method.request.header.a",
          "method.response.header.a",
          "integration.request.header.a",
          "host",
          "prod",
          "true",
          "x",
          "gatewayresponse.header.a",
          "123");

  private static final List<String> ANY =
      List.of(
          "",
          "x",
          "true",
          "false",
          "-1",
          "0",
          "0.5",
          "1e9",
          "29000",
          "99999999999999999999",
          "GET",
          "ANY",
          "NONE",
          "prod",
          "EDGE",
          "PRIVATE",
          "{}",
          "[",
          "#if(",
          "$context.requestId",
          "{\"statusCode\": 200}",
          "'literal'",
          "method.request.header.a",
          "https://example.com/{id}",
          "https://${stageVariables.host}/",
          "http://[::1",
          "arn:aws:s3:::b",
          "\u0000",
          "~",
          "~2",
          "\ud83d\ude00",
          "a".repeat(2000));

  private static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:f/invocations";
  private static final String USER_POOL =
      "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a";
  private static final String LOAD_BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/a/1";

  private static final List<String> TARGETS =
      List.of("integration.request.header.a", "integration.request.querystring.b", "host");

  private static final List<String> SCHEMAS =
      List.of(
          "{\"type\": \"object\"}",
          "{\"properties\": {\"a\": {\"$ref\": \"#\"}, \"b\": {\"items\": {}}}}",
          "{\"$ref\": \"https://apigateway.amazonaws.com/restapis/API/models/Pet\"}",
          "{\"items\": {\"$ref\": \"https://apigateway.amazonaws.com/restapis/API/models/Cat\"}}",
          "{\"$ref\": \"#/definitions/a\", \"definitions\": {\"a\": {\"$ref\": \"#/definitions/a\"}}}",
          "{\"pattern\": \"(\"}",
          "{\"example\": 1}",
          "{");

  /** By the member's name, after the operation's where that makes a difference. */
  private static final Map<String, List<String>> BY_MEMBER =
      Map.ofEntries(
          Map.entry("httpMethod", List.of("GET", "GET", "POST", "ANY", "PUT", "BREW")),
          Map.entry("integrationHttpMethod", List.of("GET", "POST", "ANY", "")),
          Map.entry("statusCode", List.of("200", "200", "200", "404", "500")),
          Map.entry("stageName", List.of("prod", "dev")),
          Map.entry("authorizationType", List.of("NONE", "none", "AWS_IAM")),
          Map.entry("pathPart", List.of("pets", "{id}", "{proxy+}", "a", "b", "{", "a b")),
          Map.entry("exportType", List.of("oas30", "swagger", "oas31")),
          Map.entry("sdkType", List.of("javascript", "java", "ruby", "swift", "objectivec", "x")),
          Map.entry("GetSdkType.id", List.of("javascript", "android", "x")),
          Map.entry(
              "GetSdk.parameters.key",
              List.of("service.name", "java.package-name", "classPrefix", "ruby.gem-name")),
          Map.entry("GetSdk.parameters", List.of("Pets", "pets", "a.b", "a-b", "class", "../x")),
          Map.entry("accepts", List.of("application/json", "application/yaml", "text/plain")),
          Map.entry(
              "parameters.key", List.of("extensions", "basepath", "endpointConfigurationTypes")),
          Map.entry("parameters", List.of("apigateway", "prepend", "split", "ignore", "REGIONAL")),
          Map.entry("embed", List.of("methods", "apisummary", "x")),
          Map.entry("position", List.of("")),
          Map.entry("selectionPattern", List.of("2\\d{2}", "", "(", ".*")),
          Map.entry("binaryMediaTypes", List.of("image/png", "*/*", "")),
          Map.entry("types", List.of("REGIONAL")),
          Map.entry("variables.key", List.of("host", "kind", "a-b")),
          Map.entry("variables", List.of("example.com", "x", " ")),
          Map.entry("stageVariableOverrides.key", List.of("host", "kind")),
          Map.entry("stageVariableOverrides", List.of("example.com", "x")),
          Map.entry("policy", List.of("{\"Statement\": []}", "", "[")),
          Map.entry("type", List.of("MOCK", "MOCK", "HTTP", "HTTP_PROXY", "AWS_PROXY")),
          Map.entry("CreateAuthorizer.type", List.of("TOKEN", "REQUEST", "COGNITO_USER_POOLS")),
          Map.entry("authorizerUri", List.of(FUNCTION, FUNCTION, "arn:aws:s3:::b")),
          Map.entry(
              "identitySource",
              List.of("method.request.header.a", "method.request.header.a", "context.accountId")),
          Map.entry("authorizerResultTtlInSeconds.integer", List.of("0", "60", "3601")),
          Map.entry("identityValidationExpression", List.of("Bearer .*", "(")),
          Map.entry("providerARNs", List.of(USER_POOL, USER_POOL, "x")),
          Map.entry(
              "UpdateAuthorizer.value",
              List.of("TOKEN", "60", "method.request.header.b", FUNCTION, USER_POOL)),
          Map.entry("targetArns", List.of(LOAD_BALANCER, LOAD_BALANCER, "x")),
          Map.entry("UpdateResource.value", List.of("c", "d", "e", "{f}", "/")),
          Map.entry("UpdateMethod.value", List.of("NONE", "true", "Pet")),
          Map.entry("UpdateMethodResponse.value", List.of("true", "Pet")),
          Map.entry("UpdateIntegration.value", List.of("'literal'", "https://example.com/", "500")),
          Map.entry(
              "UpdateIntegrationResponse.value",
              List.of("'literal'", "2..", "{}", "CONVERT_TO_TEXT")),
          Map.entry("UpdateStage.value", List.of("true", "0.5", "5", "OFF", "1.0", "x")),
          Map.entry("properties", List.of("{}", "{\"description\": \"a\"}", "[]", "{")),
          Map.entry("UpdateDocumentationPart.value", List.of("{\"summary\": \"b\"}", "x")),
          Map.entry("UpdateDocumentationVersion.value", List.of("a", "")),
          Map.entry(
              "CreateDocumentationPart.type",
              List.of("API", "MODEL", "METHOD", "RESPONSE", "REQUEST_HEADER", "AUTHORIZER")),
          Map.entry("CreateDocumentationPart.path", List.of("", "", "/a", "/b/{id}")),
          Map.entry("CreateDocumentationPart.method", List.of("", "", "GET", "*")),
          Map.entry("CreateDocumentationPart.statusCode", List.of("", "", "200", "*", "600")),
          Map.entry("CreateDocumentationPart.name", List.of("", "Pet", "a")),
          Map.entry("GetDocumentationParts.type", List.of("API", "METHOD")),
          Map.entry("GetDocumentationParts.path", List.of("/a", "/")),
          Map.entry("documentationVersion", List.of("1.0", "1.0", "2.0")),
          Map.entry(
              "UpdateAccount.value",
              List.of("arn:aws:iam::000000000000:role/r", "UsagePlans", "", "x")),
          Map.entry("CreateModel.name", List.of("Pet", "Cat", "Dog", "a b")),
          Map.entry("contentType", List.of("application/json", "application/json", "text/xml")),
          Map.entry("schema", SCHEMAS),
          Map.entry("modelName", List.of("Pet", "Pet", "Cat", "Dog")),
          Map.entry("UpdateModel.value", SCHEMAS),
          Map.entry("CreateRequestValidator.name", List.of("all", "a", "b", "")),
          Map.entry("UpdateRequestValidator.value", List.of("true", "false", "all", "c")),
          Map.entry("responseType", List.of("DEFAULT_4XX", "DEFAULT_4XX", "THROTTLED", "TEAPOT")),
          Map.entry(
              "PutGatewayResponse.responseParameters.key",
              List.of("gatewayresponse.header.a", "gatewayresponse.header.a", "x")),
          Map.entry(
              "UpdateGatewayResponse.responseParameters.key",
              List.of("gatewayresponse.header.a", "gatewayresponse.header.a", "x")),
          Map.entry("UpdateGatewayResponse.value", List.of("'literal'", "404", "{}", "x")),
          Map.entry("pathWithQueryString", List.of("/a", "/b/1?c=d", "a b", "/b/../c")),
          Map.entry("stageVariables.key", List.of("host", "kind")),
          Map.entry("stageVariables", List.of("example.com", "x")),
          Map.entry("headers.key", List.of("a", "Content-Type", "x y")),
          Map.entry("multiValueHeaders.key", List.of("a", "Accept")),
          Map.entry("TestInvokeMethod.body", List.of("{}", "[", "")),
          Map.entry("keyType", List.of("API_KEY", "API_KEY", "API_KEY", "JWT")),
          Map.entry("period", List.of("DAY", "WEEK", "MONTH", "YEAR")),
          Map.entry("stage", List.of("prod", "prod", "dev")),
          Map.entry("nameQuery", List.of("", "k", "x")),
          Map.entry("keyId", List.of("x")),
          Map.entry("CreateApiKey.value", List.of("", "", "the-value-of-a-known-key", "short")),
          Map.entry("UpdateApiKey.value", List.of("true", "x", "API/prod")),
          Map.entry(
              "UpdateUsagePlan.value",
              List.of(
                  "1",
                  "0.5",
                  "DAY",
                  "API:prod",
                  "API:prod",
                  "API:dev",
                  "{\"/pets/GET\": {\"rateLimit\": 1, \"burstLimit\": 1}}",
                  "{\"/pets/GET\": 1}")),
          Map.entry("apiStages.key", List.of("API:prod", "API:prod", "API:dev", "API")),
          Map.entry("throttle.key", List.of("/pets", "/", "pets", "/pets/{id}")),
          Map.entry("CreateDomainName.types", List.of("EDGE", "EDGE", "PRIVATE")),
          Map.entry("CreateDomainName.policy", List.of("")),
          Map.entry("CreateDomainName.securityPolicy", List.of("SecurityPolicy_TLS12_2018_EDGE")),
          Map.entry("CreateDomainName.truststoreUri", List.of("", "", "s3://bucket/key")),
          Map.entry("CreateDomainName.truststoreVersion", List.of("")),
          Map.entry("certificateName", List.of("mine")),
          Map.entry("certificateArn", List.of("")),
          Map.entry("certificateBody", List.of("")),
          Map.entry("certificatePrivateKey", List.of("")),
          Map.entry("certificateChain", List.of("")),
          Map.entry("regionalCertificateName", List.of("")),
          Map.entry("regionalCertificateArn", List.of("")),
          Map.entry("ownershipVerificationCertificateArn", List.of("")),
          Map.entry("UpdateDomainName.value", List.of("mine", "TLS_1_2", "ipv4", "")),
          Map.entry("basePath", List.of("(none)", "(none)", "v1", "v2", "v 1")),
          Map.entry("UpdateBasePathMapping.value", List.of("v1", "v2", "prod", "API/prod", "")),
          Map.entry("accessAssociationSource", List.of("vpce-1", "vpce-2", "vpce-3", "vpc-1")),
          Map.entry("passthroughBehavior", List.of("WHEN_NO_MATCH", "NEVER", "ALWAYS")),
          Map.entry("PutIntegration.requestParameters.key", TARGETS),
          Map.entry("UpdateIntegration.requestParameters.key", TARGETS),
          Map.entry(
              "PutIntegration.requestParameters",
              List.of("'literal'", "context.requestId", "method.request.header.a")),
          Map.entry("requestTemplates.key", List.of("application/json", "text/xml", "123")),
          Map.entry("responseTemplates.key", List.of("application/json", "text/xml", "123")),
          Map.entry("requestModels", List.of("Pet", "Pet", "Error")),
          Map.entry("requestModels.key", List.of("application/json", "text/xml")),
          Map.entry("responseModels", List.of("Pet", "Pet", "Error")),
          Map.entry("responseModels.key", List.of("application/json", "text/xml")),
          Map.entry(
              "responseParameters.key",
              List.of("method.response.header.a", "method.response.header.a", "x")),
          Map.entry("responseParameters", List.of("'literal'", "integration.response.body.x", "x")),
          Map.entry(
              "cacheKeyParameters",
              List.of("integration.request.header.a", "method.request.header.a")),
          Map.entry(
              "uri",
              List.of(
                  "https://example.com/{id}",
                  "https://${stageVariables.host}/",
                  "http://[::1",
                  FUNCTION)),

          Map.entry("format", List.of("csv")),
          Map.entry(
              "ImportApiKeys.body",
              List.of(
                  "Name,Key\nk,an-imported-key-of-some-length\n",
                  "key,NAME,UsagePlanIds\nan-imported-key-of-some-length,'a,b',\"x,y\"\n",
                  "Name\nk\n",
                  "Name,Key\nk,short\n\"")),
          Map.entry(
              "ImportDocumentationParts.body",
              List.of(
                  "{\"swagger\":\"2.0\",\"info\":{\"title\":\"t\",\"description\":\"d\"}}",
                  "openapi: 3.0.1\ninfo: {title: t}\nx-amazon-apigateway-documentation: {documentationParts: [{location: {type: API}, properties: {a: 1}}, 1]}",
                  "{")),
          Map.entry(
              "body",
              List.of(
                  "{\"swagger\":\"2.0\",\"info\":{\"title\":\"t\"},\"paths\":{\"/a/{id}\":{\"get\":{}}}}",
                  "openapi: 3.0.1\ninfo: {title: t, version: 1}\npaths: {/b: {get: {}}}",
                  "openapi: [",
                  "{\"swagger\":\"2.0\"}")));

  private final Random random;
  private final Map<String, List<Change>> changes = new HashMap<>();
  private @Nullable Change change;
  private final Map<String, List<String>> ids = new HashMap<>();
  private final List<Target> methods = new ArrayList<>();
  private @Nullable Target target;
  private final PlausibleDomains domains;
  private PlausibleDomains.@Nullable Known domain;

  /** A path that an Update operation takes, with what it takes there. */
  private record Change(String path, List<String> ops) {}

  /** A method that was there when the API was made. */
  private record Target(String resourceId, String httpMethod) {}

  PlausibleValues(Random random) throws IOException {
    this.random = random;
    this.domains = new PlausibleDomains(random);
    String operation = "";
    for (String line : Files.readAllLines(Path.of("../docs/patch-operations.md"))) {
      if (line.startsWith("## ")) {
        operation = line.substring(3).strip();
      }
      Matcher path = PATCH_PATH.matcher(line);
      if (path.matches()) {
        changes
            .computeIfAbsent(operation, name -> new ArrayList<>())
            .add(new Change(path.group(1), List.of(path.group(2).split(", ", -1))));
      }
    }
    if (changes.isEmpty()) {
      throw new IOException("no paths of patches found");
    }
  }

  /** Chooses what the next call is about: a method that was there, more often than not. */
  void aim() {
    target = random.nextInt(4) == 0 ? null : one(methods);
    domain = domains.next();
  }

  /** A text for a member, or null where any will do. */
  @Nullable String next(String operation, String member) {
    if (member.endsWith(".integer")) {
      List<String> numbers = BY_MEMBER.get(member);
      return numbers == null ? null : one(numbers);
    }
    if (random.nextInt(25) == 0) {
      return random.nextInt(4) == 0 ? null : one(ANY);
    }
    List<Change> known = changes.get(operation);
    if (known != null && member.equals("op")) {
      change = one(known);
      return one(change.ops());
    }
    if (known != null && member.equals("path")) {
      Change wanted = change == null ? one(known) : change;
      change = null;
      return filled(operation, wanted.path());
    }
    if (target != null && member.equals("resourceId")) {
      return target.resourceId();
    }
    if (target != null && member.equals("httpMethod") && !operation.equals("PutMethod")) {
      return target.httpMethod();
    }
    if (target != null && member.equals("statusCode") && !operation.equals("PutMethodResponse")) {
      return "200";
    }
    String ofDomain = domains.text(operation, member, domain);
    if (ofDomain != null) {
      return ofDomain;
    }
    String kind =
        switch (member) {
          case "restApiId", "cloneFrom", "apiId" -> "RestApi";
          case "apiKey", "keyId" -> "ApiKey";
          case "usagePlanId" -> "UsagePlan";
          case "resourceId", "parentId" -> "Resource";
          case "deploymentId" -> "Deployment";
          case "authorizerId" -> "Authorizer";
          case "vpcLinkId", "connectionId" -> "VpcLink";
          case "clientCertificateId" -> CLIENT_CERTIFICATE;
          case "documentationPartId" -> "DocumentationPart";
          default -> member;
        };
    if (member.equals("resourceArn") && ids.containsKey("RestApi")) {
      String arn = "arn:aws:apigateway:eu-west-1::/";
      return switch (random.nextInt(8)) {
        case 0 -> arn + "apikeys/" + one(ids.getOrDefault("ApiKey", List.of("x")));
        case 1 -> arn + "usageplans/" + one(ids.getOrDefault("UsagePlan", List.of("x")));
        case 2 -> arn + "vpclinks/" + one(ids.getOrDefault("VpcLink", List.of("x")));
        case 3 ->
            arn + "clientcertificates/" + one(ids.getOrDefault(CLIENT_CERTIFICATE, List.of("x")));
        default -> arn + "restapis/" + one(ids.get("RestApi"));
      };
    }
    if (ids.containsKey(kind)) {
      return one(ids.get(kind));
    }
    if (member.equals("value") && random.nextInt(6) == 0) {
      return one(ANY);
    }
    return ofAnApi(one(choices(operation, member)));
  }

  /** {@code API} stands for an API's id. */
  private String ofAnApi(String text) {
    return ids.containsKey("RestApi")
        ? text.replace("API:", one(ids.get("RestApi")) + ":")
            .replace("API/", one(ids.get("RestApi")) + "/")
        : text;
  }

  private static List<String> choices(String operation, String member) {
    List<String> choices = BY_MEMBER.get(operation + "." + member);
    return choices == null
        ? BY_MEMBER.getOrDefault(member, member.endsWith(".key") ? KEYS : ANY)
        : choices;
  }

  private String filled(String operation, String template) {
    return NAME.matcher(template)
        .replaceAll(
            name -> {
              String key = ofAnApi(one(choices(operation, name.group(1) + ".key")));
              return Matcher.quoteReplacement(
                  name.group(1) + "/" + key.replace("~", "~0").replace("/", "~1"));
            });
  }

  /** Makes an API with methods, integrations and a stage, on which later calls work. */
  void startAnew(TestControlPlane plane) {
    // A certificate takes its time: those of the account go on being there.
    ids.keySet().retainAll(List.of(CLIENT_CERTIFICATE));
    if (!ids.containsKey(CLIENT_CERTIFICATE)) {
      ObjectNode certificate = plane.call("GenerateClientCertificate", Json.object());
      learn("GenerateClientCertificate", Json.text(certificate));
    }
    ObjectNode document = Json.object();
    document.put("body", DOCUMENT.getBytes(StandardCharsets.UTF_8));
    String api = plane.call("ImportRestApi", document).get("id").asString();
    ids.put("RestApi", new ArrayList<>(List.of(api)));
    ObjectNode stage = Json.object().put("restApiId", api).put("stageName", "prod");
    learn("CreateDeployment", Json.text(plane.call("CreateDeployment", stage)));
    learn("CreateApiKey", Json.text(plane.call("CreateApiKey", Json.object().put("name", "k"))));
    learn("CreateUsagePlan", Json.text(plane.call("CreateUsagePlan", usagePlan(api))));
    learn("CreateAuthorizer", Json.text(plane.call("CreateAuthorizer", authorizer(api))));
    learn("CreateVpcLink", Json.text(plane.call("CreateVpcLink", vpcLink())));
    ObjectNode empty = Json.object().put("name", "empty");
    learn("CreateUsagePlan", Json.text(plane.call("CreateUsagePlan", empty)));
    plane.call(
        "CreateUsagePlanKey",
        Json.object()
            .put("usagePlanId", one(ids.getOrDefault("UsagePlan", List.of())))
            .put("keyId", one(ids.getOrDefault("ApiKey", List.of())))
            .put("keyType", "API_KEY"));
    ObjectNode part = Json.object().put("restApiId", api).put("properties", "{}");
    part.putObject("location").put("type", "RESOURCE");
    learn("CreateDocumentationPart", Json.text(plane.call("CreateDocumentationPart", part)));
    ObjectNode version = Json.object().put("restApiId", api).put("documentationVersion", "1.0");
    plane.call("CreateDocumentationVersion", version);
    domains.startAnew(plane);
    ObjectNode withMethods = Json.object().put("restApiId", api);
    withMethods.putArray("embed").add("methods");
    ObjectNode resources = plane.call("GetResources", withMethods);
    learn("GetResources", Json.text(resources));
    methods.clear();
    for (JsonNode resource : resources.get("item")) {
      for (JsonNode method : resource.path("resourceMethods")) {
        methods.add(new Target(resource.get("id").asString(), method.get("httpMethod").asString()));
        String validator = method.get("requestValidatorId").asString();
        ids.put("requestValidatorId", new ArrayList<>(List.of(validator)));
      }
    }
    // One that no method uses.
    ObjectNode unused = Json.object().put("restApiId", api).put("name", "unused");
    learn("CreateRequestValidator", Json.text(plane.call("CreateRequestValidator", unused)));
  }

  private static ObjectNode authorizer(String api) {
    return Json.object()
        .put("restApiId", api)
        .put("name", "first")
        .put("type", "TOKEN")
        .put("authorizerUri", FUNCTION)
        .put("identitySource", "method.request.header.a");
  }

  private static ObjectNode vpcLink() {
    ObjectNode link = Json.object().put("name", "link");
    link.putArray("targetArns").add(LOAD_BALANCER);
    return link;
  }

  private static ObjectNode usagePlan(String api) {
    ObjectNode plan = Json.object().put("name", "plan");
    plan.putArray("apiStages").addObject().put("apiId", api).put("stage", "prod");
    return plan;
  }

  /** Ids that an answer names are those of later calls. */
  void learn(String operation, String answer) {
    domains.learn(operation, answer);
    String kind =
        switch (operation) {
          case "CreateDeployment", "GetDeployments" -> "Deployment";
          case "CreateResource", "GetResources" -> "Resource";
          case "CreateDocumentationPart", "GetDocumentationParts" -> "DocumentationPart";
          case "CreateApiKey", "GetApiKeys" -> "ApiKey";
          case "CreateUsagePlan", "GetUsagePlans" -> "UsagePlan";
          case "CreateRequestValidator", "GetRequestValidators" -> "requestValidatorId";
          case "CreateAuthorizer" -> "Authorizer";
          case "CreateVpcLink" -> "VpcLink";
          case "GenerateClientCertificate" -> CLIENT_CERTIFICATE;
          default -> "";
        };
    Matcher id = ID.matcher(answer);
    while (!kind.isEmpty() && id.find()) {
      List<String> known = ids.computeIfAbsent(kind, name -> new ArrayList<>());
      known.remove(id.group(1));
      known.add(id.group(1));
      // The first ones have methods.
      if (known.size() > IDS_KEPT) {
        known.remove(IDS_KEPT / 2);
      }
    }
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
