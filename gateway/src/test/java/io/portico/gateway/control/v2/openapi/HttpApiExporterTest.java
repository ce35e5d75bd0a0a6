package io.portico.gateway.control.v2.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.openapi.ImportOptions.BasePathMode;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an HTTP API is exported as, and that it is imported as what it was. */
class HttpApiExporterTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String DOCUMENT =
      """
      openapi: 3.0.1
      info: {title: Pets, description: A shop}
      servers:
      - {url: /, x-amazon-apigateway-endpoint-configuration: {disableExecuteApiEndpoint: true}}
      tags: [{name: owner, x-amazon-apigateway-tag-value: Admin}]
      paths:
        /pets/{petId}:
          get:
            operationId: GetPet
            security: [{people: [read]}]
            x-amazon-apigateway-integration:
              type: http_proxy
              httpMethod: GET
              uri: https://backend.test/{petId}
              timeoutInMillis: 12000
              requestParameters: {append:header.a: $request.path.petId}
              responseParameters: {"200": {overwrite:header.b: c}}
          post:
            x-amazon-apigateway-auth: {type: AWS_IAM}
            x-amazon-apigateway-integration:
              type: aws_proxy
              httpMethod: POST
              uri: arn:aws:lambda:eu-west-1:000000000000:function:pets
              payloadFormatVersion: "2.0"
        /{proxy+}:
          x-amazon-apigateway-any-method:
            security: [{machines: []}]
        /$default:
          x-amazon-apigateway-any-method:
            x-amazon-apigateway-integration:
              type: aws_proxy
              integrationSubtype: SQS-SendMessage
              credentials: arn:aws:iam::000000000000:role/queue
              requestParameters: {QueueUrl: https://queue.test/q, MessageBody: $request.body}
      components:
        securitySchemes:
          people:
            type: oauth2
            x-amazon-apigateway-authorizer:
              type: jwt
              identitySource: $request.header.Authorization
              jwtConfiguration: {audience: [app], issuer: "https://issuer.test"}
          machines:
            type: apiKey
            name: key
            in: query
            x-amazon-apigateway-authorizer:
              type: request
              authorizerUri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:judge/invocations
              authorizerPayloadFormatVersion: "2.0"
              authorizerResultTtlInSeconds: 300
              enableSimpleResponses: true
      x-amazon-apigateway-cors:
        {allowMethods: [GET], allowHeaders: ["*"], exposeHeaders: [date], maxAge: 300, allowCredentials: true, allowOrigins: ["https://a.test"]}
      """;

  private static ApiDefinition imported(String document) {
    ApiRecord bare =
        new ApiRecord(
            "a1b2c3",
            "000000000000",
            "eu-west-1",
            "",
            ApiRecord.HTTP,
            null,
            null,
            "$request.method $request.path",
            "$request.header.x-api-key",
            null,
            false,
            null,
            "ipv4",
            null,
            null,
            null,
            NOW);
    return new HttpApiImporter(Quotas.standard(Clock.fixed(NOW, ZoneOffset.UTC)))
        .run(
            HttpApiImporter.read(document, "000000000000", "eu-west-1"),
            new ApiDefinition(bare, List.of(), List.of(), List.of(), List.of()),
            BasePathMode.IGNORE,
            true,
            new CountedIds());
  }

  private static final class CountedIds implements NewIds {
    private int last;

    private String next() {
      last++;
      return "id" + last;
    }

    @Override
    public String route() {
      return next();
    }

    @Override
    public String integration() {
      return next();
    }

    @Override
    public String authorizer() {
      return next();
    }
  }

  // Source: exports in public repositories, where Portico's answer has no other.
  @Test
  void allIsWritten() {
    assertThat(HttpApiExporter.export(imported(DOCUMENT), "prod", true, true))
        .isEqualTo(
            """
            openapi: "3.0.1"
            info:
              title: "Pets"
              description: "A shop"
              version: "2026-01-02 03:04:05UTC"
            servers:
            - url: "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/{basePath}"
              variables:
                basePath:
                  default: "prod"
              x-amazon-apigateway-endpoint-configuration:
                disableExecuteApiEndpoint: true
            tags:
            - name: "owner"
              x-amazon-apigateway-tag-value: "Admin"
            paths:
              /$default:
                x-amazon-apigateway-any-method:
                  responses:
                    default:
                      description: "Default response for $default"
                  x-amazon-apigateway-integration:
                    requestParameters:
                      QueueUrl: "https://queue.test/q"
                      MessageBody: "$request.body"
                    integrationSubtype: "SQS-SendMessage"
                    payloadFormatVersion: "1.0"
                    credentials: "arn:aws:iam::000000000000:role/queue"
                    type: "aws_proxy"
                    connectionType: "INTERNET"
                  isDefaultRoute: true
              /pets/{petId}:
                get:
                  operationId: "GetPet"
                  responses:
                    default:
                      description: "Default response for GET /pets/{petId}"
                  security:
                  - people:
                    - "read"
                  x-amazon-apigateway-integration:
                    responseParameters:
                      "200":
                        overwrite:header.b: "c"
                    requestParameters:
                      append:header.a: "$request.path.petId"
                    payloadFormatVersion: "1.0"
                    type: "http_proxy"
                    httpMethod: "GET"
                    uri: "https://backend.test/{petId}"
                    connectionType: "INTERNET"
                    timeoutInMillis: 12000
                post:
                  responses:
                    default:
                      description: "Default response for POST /pets/{petId}"
                  x-amazon-apigateway-auth:
                    type: "AWS_IAM"
                  x-amazon-apigateway-integration:
                    payloadFormatVersion: "2.0"
                    type: "aws_proxy"
                    httpMethod: "POST"
                    uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:pets/invocations"
                    connectionType: "INTERNET"
                parameters:
                - name: "petId"
                  in: "path"
                  description: "Generated path parameter for petId"
                  required: true
                  schema:
                    type: "string"
              /{proxy+}:
                x-amazon-apigateway-any-method:
                  responses:
                    default:
                      description: "Default response for ANY /{proxy+}"
                  security:
                  - machines: []
                parameters:
                - name: "proxy+"
                  in: "path"
                  description: "Generated path parameter for proxy+"
                  required: true
                  schema:
                    type: "string"
            components:
              securitySchemes:
                machines:
                  type: "apiKey"
                  name: "key"
                  in: "query"
                  x-amazon-apigateway-authorizer:
                    identitySource: "$request.querystring.key"
                    authorizerUri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:judge/invocations"
                    authorizerPayloadFormatVersion: "2.0"
                    authorizerResultTtlInSeconds: 300
                    enableSimpleResponses: true
                    type: "request"
                people:
                  type: "oauth2"
                  flows: {}
                  x-amazon-apigateway-authorizer:
                    identitySource: "$request.header.Authorization"
                    jwtConfiguration:
                      audience:
                      - "app"
                      issuer: "https://issuer.test"
                    type: "jwt"
            x-amazon-apigateway-cors:
              allowMethods:
              - "GET"
              allowHeaders:
              - "*"
              exposeHeaders:
              - "date"
              maxAge: 300
              allowCredentials: true
              allowOrigins:
              - "https://a.test"
            x-amazon-apigateway-importexport-version: "1.0"
            """);
  }

  @Test
  void whatIsExportedIsImportedAsTheSame() {
    String exported = HttpApiExporter.export(imported(DOCUMENT), null, true, false);

    assertThat(exported).startsWith("{").contains("\"default\" : \"\"");
    assertThat(
            HttpApiExporter.export(
                imported(exported.replace("\"2026-01-02 03:04:05UTC\"", "\"\"")),
                null,
                true,
                false))
        .isEqualTo(exported);
  }

  @Test
  void extensionsAreLeftOut() {
    String exported = HttpApiExporter.export(imported(DOCUMENT), null, false, true);

    assertThat(exported)
        .doesNotContain(
            "-integration",
            "-authorizer",
            "-auth:",
            "-cors",
            "-tag-value",
            "-importexport",
            "isDefaultRoute",
            "backend.test",
            "Admin")
        .contains("Default response for GET /pets/{petId}", "people:", "- \"read\"");
  }
}
