package io.portico.gateway.control.v1;

import java.util.List;
import java.util.Map;

/** Texts that mean something in members of v1's operations, and some that mean nothing. */
final class PlausibleTexts {
  static final String DOCUMENT =
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
  static final List<String> KEYS =
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

  static final List<String> ANY =
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

  static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:f/invocations";
  private static final String USER_POOL =
      "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a";
  static final String LOAD_BALANCER =
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
  static final Map<String, List<String>> BY_MEMBER =
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
          Map.entry("startDate", List.of("2026-01-01", "2025-12-31", "2026-01-03")),
          Map.entry("endDate", List.of("2026-01-02", "2026-01-31")),
          Map.entry("UpdateUsage.value", List.of("3", "0")),
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
          Map.entry("UpdateBasePathMapping.basePath", List.of("(none)")),
          Map.entry("UpdateBasePathMapping.value", List.of("v1", "v2", "v3", "", "prod")),
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

  private PlausibleTexts() {}
}
