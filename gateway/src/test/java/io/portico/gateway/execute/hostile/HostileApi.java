package io.portico.gateway.execute.hostile;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.util.List;

/**
 * An API that uses what its clients and backends say in every place where it can. Each of its
 * gateway responses has the header {@link #RENDERED}.
 */
final class HostileApi {
  static final String RENDERED = "X-Rendered";

  static final List<String> PATHS =
      List.of(
          "/iam",
          "/pool",
          "/token",
          "/request",
          "/valid",
          "/mapped/id",
          "/mock",
          "/proxy/a/b",
          "/function",
          "/cached",
          "/nowhere");

  private static final String PROXY =
      """
      type: HTTP_PROXY
      uri: http://backend.test/all
      requestParameters:
        integration.request.header.X-Principal: context.authorizer.principalId
        integration.request.header.X-Said: context.authorizer.a
        integration.request.querystring.claim: context.authorizer.claims.sub
      """;

  private HostileApi() {}

  static GatewaySnapshot served() {
    CaseApi api = new CaseApi();
    api.api(Json.text(Json.object().put("policy", policy())));
    api.stage(
        """
        cacheClusterEnabled: true
        cacheClusterSize: '0.5'
        variables: {a: b}
        methodSettings: {cached/GET: {cachingEnabled: true, throttlingBurstLimit: -1,
          throttlingRateLimit: -1, cacheTtlInSeconds: 300, requireAuthorizationForCacheControl: false,
          unauthorizedCacheControlHeaderStrategy: SUCCEED_WITH_RESPONSE_HEADER}}
        """);
    gatewayResponses(api);
    callers(api);
    validated(api);
    mapped(api);
    mock(api);
    others(api);
    return api.served();
  }

  private static String policy() {
    return """
        {"Statement": [
          {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
          {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "execute-api:/*/*/no/*",
           "Condition": {"StringLike": {"aws:UserAgent": "*x*", "aws:Referer": "*\\\\*"}}}]}""";
  }

  private static void gatewayResponses(CaseApi api) {
    String customised =
        """
        responseParameters:
            gatewayresponse.header.X-Rendered: "'yes'"
            gatewayresponse.header.X-Told: method.request.header.X-Hostile
            gatewayresponse.header.X-Query: method.request.multivaluequerystring.q
            gatewayresponse.header.X-Path: context.path
          responseTemplates:
            application/json: '{"message":$context.error.messageString,"why":"$context.error.validationErrorString","q":"$method.request.querystring.q"}'
        """;
    api.gatewayResponses("DEFAULT_4XX:\n  %sDEFAULT_5XX:\n  %s".formatted(customised, customised));
  }

  private static void callers(CaseApi api) {
    api.authorizers(
        """
        token: {identityValidationExpression: '[^!]*', authorizerResultTtlInSeconds: 0}
        request: {type: REQUEST, authorizerResultTtlInSeconds: 300, identitySource:
          'method.request.header.Authorization,method.request.querystring.q,context.path'}
        pool: {type: COGNITO_USER_POOLS, providerARNs:
          ['arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbC123']}
        """);
    api.method("ANY", "/iam", "{authorizationType: AWS_IAM}");
    api.integration(PROXY);
    api.method("ANY", "/pool", "{authorizationType: COGNITO_USER_POOLS, authorizerId: pool}");
    api.integration(PROXY);
    api.method("ANY", "/token", "{authorizationType: CUSTOM, authorizerId: token}");
    api.integration(PROXY);
    api.method("ANY", "/request", "{authorizationType: CUSTOM, authorizerId: request}");
    api.integration(PROXY);
  }

  private static void validated(CaseApi api) {
    api.models(
        """
        Hostile:
          type: object
          required: [a]
          additionalProperties: false
          properties:
            a: {type: number, minimum: 0, maximum: 10, multipleOf: 0.01}
            b: {enum: [1, 2.5, x]}
            i: {type: integer, minimum: 3, exclusiveMinimum: true}
            e: {oneOf: [{type: string, format: date-time}, {type: integer}]}
            name: {type: string, minLength: 1, maxLength: 5, pattern: '^[a-z]+$'}
            list: {type: array, uniqueItems: true, maxItems: 3, items: {type: number}}
            headers: {type: object, patternProperties: {'^a': {type: string}}}
        """);
    api.method(
        "ANY",
        "/valid",
        """
        validator: all
        requestModels: {application/json: Hostile, $default: Hostile}
        requestParameters: {method.request.querystring.q: true}
        """);
    api.integration("{type: HTTP_PROXY, uri: 'http://backend.test/valid'}");
  }

  private static void mapped(CaseApi api) {
    api.method("ANY", "/mapped/{id}", "{responses: ['200', '404']}");
    api.integration(
        """
        type: HTTP
        httpMethod: POST
        uri: http://backend.test/mapped/{id}?fixed=1
        requestParameters:
          integration.request.path.id: method.request.path.id
          integration.request.header.X-Whole: method.request.body
          integration.request.header.X-A: method.request.body.a
          integration.request.header.X-Some: method.request.body.list[?(@.b > 1)]
          integration.request.header.X-First: method.request.body.list.first()
          integration.request.header.X-Sum: method.request.body.list.sum()
          integration.request.header.X-Queries: method.request.multivaluequerystring.q
          integration.request.header.X-Fields: method.request.multivalueheader.X-Hostile
          integration.request.header.X-Agent: context.identity.userAgent
          integration.request.querystring.b: method.request.body.b
          integration.request.querystring.field: method.request.header.X-Hostile
        requestTemplates:
          $default: |-
            #set($root = $input.path('$'))
            #set($context.requestOverride.header.X-Over = $root.a)
            #set($context.requestOverride.header.X-List = $root.list)
            #set($context.requestOverride.querystring.over = $input.params('q'))
            #set($context.requestOverride.path.id = $root.name)
            #set($sum = $root.a + 1)#set($more = $root.a * $root.b)$sum $more $root.a.intValue()
            #if($root.a > $root.b)more#end #if($root.a == $root.b)same#end
            #foreach($i in [0..$root.i])$i#end
            $input.json('$') $input.json('$.list[?(@.b > 1)]') $input.json('$.list.first()')
            $input.path('$..a') $input.path('$.list.index($.i)') $input.path($root.name)
            #foreach($k in $root.keySet())$k $util.escapeJavaScript($k) $root.get($k)#end
            $util.urlEncode($input.body) $util.base64Encode($input.body) $util.urlDecode($root.e)
            #foreach($k in $input.params().header.keySet())$k $input.params($k)#end
        integrationResponses:
          '200':
            statusCode: '200'
            responseParameters:
              method.response.header.X-A: integration.response.body.a
              method.response.header.X-First: integration.response.body.list.first()
              method.response.header.X-All: integration.response.multivalueheader.X-Backend
              method.response.header.Location: integration.response.header.Location
              method.response.header.X-Query: method.request.querystring.q
            responseTemplates:
              application/json: |-
                #set($context.responseOverride.header.X-Over = $input.path('$.name'))
                #set($context.responseOverride.status = $input.path('$.i'))
                $input.json('$.a') $context.requestOverride.querystring.over
          '404': {statusCode: '404', selectionPattern: '4(\\d|.)+'}
        """);
  }

  private static void mock(CaseApi api) {
    api.method("ANY", "/mock", "{responses: ['200', '400']}");
    api.integration(
        """
        type: MOCK
        requestTemplates:
          application/json: |-
            #set($context.requestOverride.path.of = $input.params('q'))
            {"statusCode": #if($input.path('$.i') == 1)400#{else}200#end, "x": $input.json('$.a')}
          text/plain: '$input.body'
        integrationResponses:
          '200':
            statusCode: '200'
            responseParameters: {method.response.header.X-Query: method.request.querystring.q}
            responseTemplates: {application/json: '{"of": "$context.requestOverride.path.of"}'}
          '400': {statusCode: '400', selectionPattern: '400'}
        """);
  }

  private static void others(CaseApi api) {
    api.method("ANY", "/proxy/{proxy+}", "{}");
    api.integration(
        """
        type: HTTP_PROXY
        uri: http://backend.test/{proxy}
        requestParameters:
          integration.request.path.proxy: method.request.path.proxy
          integration.request.header.X-B: method.request.body.b
          integration.request.querystring.name: method.request.body.name
        """);
    api.method("ANY", "/function", "{}");
    api.integration(
        """
        type: AWS_PROXY
        httpMethod: POST
        uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
        arn:aws:lambda:us-east-1:000000000000:function:pets/invocations
        """);
    api.method("ANY", "/cached", "{responses: ['200']}");
    api.integration(
        """
        type: HTTP
        httpMethod: GET
        uri: http://backend.test/cached
        cacheKeyParameters: [method.request.querystring.q, integration.request.header.X-Key]
        requestParameters: {integration.request.header.X-Key: method.request.header.X-Hostile}
        requestTemplates: {application/json: '#set($context.requestOverride.mine = $input.body)'}
        integrationResponses:
          '200':
            statusCode: '200'
            responseParameters: {method.response.header.X-A: integration.response.body.a}
            responseTemplates: {application/json: '$input.body $context.requestOverride.mine'}
        """);
  }
}
