package io.portico.gateway.execute.hostile;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.util.List;

/** An HTTP API that uses what its clients and backends say in every place where it can. */
final class HostileHttpApi {
  static final List<String> PATHS =
      List.of(
          "/iam",
          "/token",
          "/simple",
          "/policy",
          "/mapped/id",
          "/path/a",
          "/proxy/a/b",
          "/function",
          "/function1",
          "/queue",
          "/nowhere");

  private static final String MAPPED =
      """
      responseParameters:
        '200':
          append:header.X-All: $response.header.X-Backend
          overwrite:header.Location: $response.header.Location
          append:header.X-Query: $request.header.X-Hostile
          append:header.X-A: $response.body.a
        '404': {'overwrite:statuscode': '403', 'append:header.X-B': $response.body.b}
      requestParameters:
        append:header.X-Said: $request.header.X-Hostile
        append:header.X-Principal: $context.authorizer.a
        append:header.X-Whole: $request.body
        append:header.X-Name: $request.body.name
        append:header.X-First: '$request.body.list[0]'
        append:header.X-Both: 'at $request.path of $request.querystring.q'
        overwrite:header.X-Over: $request.querystring.q
        append:querystring.field: $request.header.X-Hostile
        overwrite:querystring.q: $request.body.list
      """;

  private HostileHttpApi() {}

  static GatewaySnapshot served() {
    HttpCaseDefinition api = new HttpCaseDefinition();
    api.take(
        "http api",
        "corsConfiguration: {allowOrigins: ['https://*'], allowHeaders: ['*'],"
            + " allowMethods: ['*'], allowCredentials: false}");
    api.take(
        "stage " + CaseApi.STAGE,
        """
        stageVariables: {a: b}
        accessLogSettings:
          destinationArn: arn:aws:logs:us-east-1:000000000000:log-group:x
          format: '$context.path $context.routeKey $context.error.message
            $context.authorizer.error $context.authorizer.a $context.identity.userAgent'
        """);
    api.take(
        "authorizers",
        """
        token: {authorizerType: JWT, jwtConfiguration: {issuer: 'https://issuer.test', audience: [a]}}
        simple: {enableSimpleResponses: true, authorizerResultTtlInSeconds: 300,
          identitySource: ['$request.header.Authorization', '$request.querystring.q', '$context.path']}
        policy: {authorizerPayloadFormatVersion: '1.0', authorizerResultTtlInSeconds: 0}
        """);
    guarded(api, "iam", "authorizationType: AWS_IAM");
    guarded(
        api, "token", "{authorizationType: JWT, authorizerId: token, authorizationScopes: [s]}");
    guarded(api, "simple", "{authorizationType: CUSTOM, authorizerId: simple}");
    guarded(api, "policy", "{authorizationType: CUSTOM, authorizerId: policy}");
    route(api, "ANY /mapped/{id}", "integrationUri: http://backend.test/{id}\n" + MAPPED);
    route(api, "ANY /path/{id}", "requestParameters: {overwrite:path: $request.querystring.q}");
    route(
        api,
        "ANY /proxy/{proxy+}",
        """
        integrationUri: http://backend.test/{proxy}
        requestParameters: {'append:header.X-Proxy': $request.path.proxy}
        """);
    route(api, "ANY /function", function("2.0") + MAPPED);
    route(api, "ANY /function1", function("1.0"));
    route(
        api,
        "ANY /queue",
        """
        integrationType: AWS_PROXY
        integrationSubtype: SQS-SendMessage
        credentialsArn: arn:aws:iam::000000000000:role/gateway
        payloadFormatVersion: '1.0'
        requestParameters:
          QueueUrl: http://aws.test:4566/000000000000/queue
          MessageBody: $request.body.name
          MessageAttributes: $request.body.headers
        """);
    return api.served();
  }

  private static void guarded(HttpCaseDefinition api, String path, String authorization) {
    api.take("route ANY /" + path, authorization);
    api.take("integration", "integrationUri: http://backend.test/all\n" + MAPPED);
  }

  private static void route(HttpCaseDefinition api, String key, String integration) {
    api.take("route " + key, "{}");
    api.take("integration", integration);
  }

  private static String function(String version) {
    return """
        integrationType: AWS_PROXY
        payloadFormatVersion: '%s'
        integrationUri: arn:aws:lambda:us-east-1:000000000000:function:pets
        """
        .formatted(version);
  }
}
