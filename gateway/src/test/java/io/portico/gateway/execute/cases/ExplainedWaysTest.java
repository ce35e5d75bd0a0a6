package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.execute.usage.UsageLedger;
import io.portico.gateway.execute.websocket.ConnectionBounds;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an explanation shows of the stages of a request that was answered. */
final class ExplainedWaysTest {
  private static final String SECRET = "a-password-of-somebody";
  private static final String HOST = CaseApi.ID + ".execute-api.us-east-1.localhost";

  private final CaseExplanations explanations = new CaseExplanations();

  private HttpHandler gateway() {
    CaseApi api = new CaseApi();
    api.stage(
        """
        {cacheClusterEnabled: true, cacheClusterSize: '0.5',
         methodSettings: {'*/*': {cachingEnabled: true, cacheTtlInSeconds: 300,
           throttlingRateLimit: 0.001, throttlingBurstLimit: 5,
           unauthorizedCacheControlHeaderStrategy: SUCCEED_WITH_RESPONSE_HEADER}}}
        """);
    api.usagePlans("{gold: {throttle: {rateLimit: 0.001, burstLimit: 7}}}");
    api.apiKeys("{one: {plans: [gold]}}");
    api.method(
        "GET",
        "/pets/{id}",
        "{apiKeyRequired: true, requestParameters: {method.request.path.id: true}}");
    api.integration(
        """
        {type: HTTP, httpMethod: POST, uri: 'http://backend.test/all',
         cacheKeyParameters: [method.request.path.id],
         requestParameters: {integration.request.header.X-Pet: method.request.path.id},
         requestTemplates: {application/json: '{"id": "$input.params(''id'')", "password": "%s"}'},
         integrationResponses: {'200': {responseTemplates: {application/json: 'made of $input.body'}}}}
        """
            .formatted(SECRET));
    return gateway(api);
  }

  private HttpHandler gateway(CaseApi api) {
    return gateway(api.served());
  }

  private HttpHandler gateway(GatewaySnapshot served) {
    return CaseGateway.of(
        served,
        request ->
            new UpstreamResponse(
                200, Headers.of("Set-Cookie", "session=abcdefghijklmnop"), Body.of("an answer")),
        line -> {},
        null,
        explanations,
        ConnectionBounds.STANDARD,
        UsageLedger.NONE);
  }

  private JsonNode explained(HttpHandler gateway) throws IOException {
    HttpResponse answer =
        gateway.handle(
            CaseGateway.fromTheClient(
                "GET",
                "/prod/pets/7?q=1&token=0123456789abcdef",
                "HTTP/1.1",
                Headers.of("Host", HOST, "x-api-key", "value-of-the-key-one"),
                Body.EMPTY));
    assertThat(answer.status()).isEqualTo(200);
    return explanations.of(
        answer.headers().contains("x-amzn-RequestId") ? answer.headers() : Headers.empty());
  }

  private JsonNode explained(HttpHandler gateway, int status, String path, String... headers)
      throws IOException {
    return explained(gateway, status, "GET", path, Headers.of(headers), Body.EMPTY);
  }

  private JsonNode explained(
      HttpHandler gateway, int status, String method, String path, Headers headers, Body body)
      throws IOException {
    HttpResponse answer =
        gateway.handle(
            CaseGateway.fromTheClient(
                method,
                "/prod" + path,
                "HTTP/1.1",
                headers.toBuilder().add("Host", HOST).build(),
                body));
    assertThat(answer.status()).isEqualTo(status);
    return explanations.of(answer.headers());
  }

  private static Headers signed(String by, String path) {
    return new SigV4Signer(CaseIdentities.of(by), "us-east-1", "execute-api")
            .sign("GET", "/prod" + path, Headers.of("Host", HOST), new byte[0], Instant.now())
            .toBuilder()
            .remove("Host")
            .build();
  }

  /** Of which policy, what it says, and by which statement. */
  private static List<String> policies(JsonNode explanation) {
    return explanation
        .path("timeline")
        .valueStream()
        .filter(step -> step.path("step").asString().equals("policyEvaluated"))
        .map(
            step ->
                "%s: %s, %s %s %s"
                    .formatted(
                        step.path("of").asString(),
                        step.path("result").asString(),
                        step.path("policy").asString("-"),
                        step.path("statement").asString("-"),
                        step.path("sid").asString("-")))
        .toList();
  }

  private static List<String> steps(JsonNode explanation) {
    return explanation
        .path("timeline")
        .valueStream()
        .map(step -> step.path("step").asString())
        .toList();
  }

  private static List<String> buckets(JsonNode explanation) {
    return explanation
        .path("timeline")
        .valueStream()
        .filter(step -> step.path("step").asString().equals("throttled"))
        .map(step -> step.path("bucket").asString() + " " + step.path("tokensLeft").asInt())
        .toList();
  }

  private static JsonNode step(JsonNode explanation, String name) {
    return explanation
        .path("timeline")
        .valueStream()
        .filter(step -> step.path("step").asString().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + name + " in " + explanation));
  }

  @Test
  void showsEachStage() throws IOException {
    JsonNode told = explained(gateway());

    assertThat(told.path("timeline").valueStream().map(step -> step.path("step").asString()))
        .containsExactly(
            "received",
            "routed",
            "authorized",
            "identifiedByKey",
            "throttled",
            "throttled",
            "lookedUp",
            "templateRendered",
            "integrationCalled",
            "integrationAnswered",
            "integrationResponseSelected",
            "templateRendered",
            "answered");
    assertThat(step(told, "routed").at("/pathParameters/id").asString()).isEqualTo("7");
    assertThat(step(told, "identifiedByKey").path("usagePlanId").asString()).isEqualTo("gold");
    assertThat(buckets(told)).containsExactly("the API key in its usage plan 6", "the method 4");
    assertThat(step(told, "lookedUp").path("cache").asString()).isEqualTo("miss");
    assertThat(Json.text(step(told, "lookedUp").path("key")))
        .isEqualTo("{\"method.request.path.id\":\"7\"}");
    assertThat(step(told, "templateRendered").path("output").asString())
        .isEqualTo("{\"id\": \"7\", \"password\": \"*****\"}");
    JsonNode called = step(told, "integrationCalled");
    assertThat(called.path("uri").asString()).isEqualTo("http://backend.test/all");
    assertThat(called.at("/headers/X-Pet").asString()).isEqualTo("7");
    JsonNode answered = step(told, "integrationAnswered");
    assertThat(answered.path("body").asString()).isEqualTo("an answer");
    assertThat(step(told, "integrationResponseSelected").path("statusCode").asInt()).isEqualTo(200);
    assertThat(step(told, "answered").path("body").asString()).isEqualTo("made of an answer");
    assertThat(told.path("called").path("apiKeyId").asString()).isEqualTo("one");
  }

  @Test
  void hidesWhatIsSecret() throws IOException {
    String told = Json.text(explained(gateway()));

    assertThat(told)
        .doesNotContain(
            "value-of-the-key-one", SECRET, "0123456789abcdef", "session=abcdefghijklmnop")
        .contains("token=*****abcdef", "*****ey-one");
  }

  @Test
  void tellsAnAnswerThatWasKept() throws IOException {
    HttpHandler gateway = gateway();
    explained(gateway);

    JsonNode told = explained(gateway);

    assertThat(step(told, "lookedUp").path("cache").asString()).isEqualTo("hit");
    assertThat(told.path("timeline").valueStream().map(step -> step.path("step").asString()))
        .doesNotContain("integrationCalled");
  }

  @Test
  void showsNoBucketThatNobodyAsked() throws IOException {
    JsonNode told = explained(gateway(), 403, "/pets/7");

    assertThat(told.at("/reason/cause").asString()).isEqualTo("API_KEY_MISSING");
    assertThat(steps(told)).contains("authorized").doesNotContain("throttled");
  }

  @Test
  void showsTheBucketThatRefusedAndNoneBehindIt() throws IOException {
    CaseApi api = new CaseApi();
    api.stage("{methodSettings: {'*/*': {throttlingRateLimit: 0.001, throttlingBurstLimit: 5}}}");
    api.usagePlans(
        """
        {gold: {throttle: {rateLimit: 0.001, burstLimit: 7}, apiStages: [{apiId: %s, stage: prod,
          throttle: {'/orders/GET': {rateLimit: 0.001, burstLimit: 1}}}]}}
        """
            .formatted(CaseApi.ID));
    api.apiKeys("{one: {plans: [gold]}}");
    api.method("GET", "/orders", "{apiKeyRequired: true}");
    HttpHandler gateway = gateway(api);

    JsonNode first = explained(gateway, 200, "/orders", "x-api-key", "value-of-the-key-one");
    JsonNode second = explained(gateway, 429, "/orders", "x-api-key", "value-of-the-key-one");

    assertThat(buckets(first))
        .containsExactly(
            "the API key in its usage plan, for the method 0",
            "the API key in its usage plan 6",
            "the method 4");
    assertThat(buckets(second)).containsExactly("the API key in its usage plan, for the method 0");
  }

  @Test
  void saysWhetherTheValidatorHasPassedARequest() throws IOException {
    CaseApi api = new CaseApi();
    api.method(
        "GET",
        "/pets",
        "{validator: params, requestParameters: {method.request.querystring.q: true}}");
    api.method("GET", "/all", "{}");
    HttpHandler gateway = gateway(api);

    JsonNode passed = explained(gateway, 200, "/pets?q=1");
    JsonNode refused = explained(gateway, 400, "/pets");

    assertThat(step(passed, "validated").path("result").asString()).isEqualTo("passed");
    assertThat(step(refused, "validated").path("result").isMissingNode()).isTrue();
    assertThat(steps(explained(gateway, 200, "/all"))).doesNotContain("validated");
  }

  @Test
  void saysWhichStatementOfAPolicyDecides() throws IOException {
    CaseApi api = new CaseApi();
    api.api(
        """
        policy: '{"Version":"2012-10-17","Statement":[
          {"Effect":"Deny","Principal":"*","Action":"execute-api:Invoke","Resource":"*/GET/closed",
           "Sid":"Closed"},
          {"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"*"}]}'
        """);
    api.method("GET", "/pets", "{}");
    api.method("GET", "/closed", "{}");
    api.method("GET", "/signed", "{authorizationType: AWS_IAM}");
    HttpHandler gateway = gateway(api);

    JsonNode open = explained(gateway, 200, "/pets");
    JsonNode closed = explained(gateway, 403, "/closed");
    JsonNode root =
        explained(gateway, 200, "GET", "/signed", signed("root", "/signed"), Body.EMPTY);
    JsonNode powerless =
        explained(gateway, 403, "GET", "/signed", signed("powerless", "/signed"), Body.EMPTY);

    assertThat(policies(open)).containsExactly("resource policy: allows it, - 2 -");
    assertThat(policies(closed)).containsExactly("resource policy: denies it, - 1 Closed");
    assertThat(policies(root))
        .containsExactly(
            "resource policy: allows it, - 2 -",
            "identity policies: allow all to the account itself, - - -");
    assertThat(policies(powerless))
        .containsExactly(
            "resource policy: allows it, - 2 -",
            "identity policies: says nothing of it, - - -",
            "session policies: says nothing of it, - - -");
  }

  @Test
  void saysWhichStatementOfAnAuthorizersAnswerDecides() throws IOException {
    CaseApi api = new CaseApi();
    api.authorizers("{token: {}}");
    api.method("GET", "/pets", "{authorizationType: CUSTOM, authorizerId: token}");
    HttpHandler gateway =
        CaseGateway.of(
            api.served(),
            request ->
                new UpstreamResponse(
                    200,
                    Headers.empty(),
                    Body.of(
                        """
                        {"principalId": "me", "policyDocument": {"Version": "2012-10-17",
                         "Statement": [{"Sid": "All", "Effect": "Allow",
                           "Action": "execute-api:Invoke", "Resource": "*"}]}}
                        """)),
            line -> {},
            null,
            explanations,
            ConnectionBounds.STANDARD,
            UsageLedger.NONE);

    JsonNode told = explained(gateway, 200, "/pets", "Authorization", "somebody");

    assertThat(policies(told))
        .containsExactly("policy of the authorizer's answer: allows it, - 1 All");
  }

  @Test
  void saysWhatIsLeftOfAQuota() throws IOException {
    CaseApi api = new CaseApi();
    api.usagePlans("{gold: {quota: {limit: 2, offset: 0, period: MONTH}}}");
    api.apiKeys("{one: {plans: [gold]}}");
    api.method("GET", "/pets", "{apiKeyRequired: true}");
    HttpHandler gateway = gateway(api);
    String[] key = {"x-api-key", "value-of-the-key-one"};

    JsonNode first = step(explained(gateway, 200, "/pets", key), "metered");
    JsonNode second = step(explained(gateway, 200, "/pets", key), "metered");
    JsonNode third = explained(gateway, 429, "/pets", key);
    JsonNode without = explained(gateway, 403, "/pets");

    assertThat(Json.text(first))
        .isEqualTo(
            "{\"step\":\"metered\",\"limit\":2,\"period\":\"MONTH\",\"usedToday\":1,\"left\":1}");
    assertThat(second.path("left").asInt()).isZero();
    assertThat(third.at("/reason/cause").asString()).isEqualTo("QUOTA_EXHAUSTED");
    assertThat(step(third, "metered").path("usedToday").asInt()).isEqualTo(2);
    assertThat(steps(without)).doesNotContain("metered");
  }

  @Test
  void hidesParametersOfAPath() throws IOException {
    CaseApi api = new CaseApi();
    api.method("GET", "/reset/{token}", "{requestParameters: {method.request.path.token: true}}");
    api.integration(
        """
        {type: HTTP, httpMethod: POST, uri: 'http://backend.test/of/{token}',
         requestParameters: {integration.request.path.token: method.request.path.token},
         integrationResponses: {'200': {}}}
        """);

    JsonNode told = explained(gateway(api), 200, "/reset/" + SECRET);

    assertThat(step(told, "routed").at("/pathParameters/token").asString())
        .isEqualTo("*****mebody");
    assertThat(step(told, "received").path("target").asString())
        .isEqualTo("/prod/reset/*****mebody");
    assertThat(Json.text(told)).doesNotContain(SECRET);
  }

  @Test
  void hidesParametersOfAPathOfAnHttpApi() throws IOException {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("stage prod", "{}")).isTrue();
    assertThat(api.take("route GET /reset/{token}/{id}", "")).isTrue();
    assertThat(api.take("integration", "{integrationUri: 'http://backend.test/of/{token}/{id}'}"))
        .isTrue();

    JsonNode told = explained(gateway(api.served()), 200, "/reset/" + SECRET + "/7");

    assertThat(Json.text(step(told, "routed").path("pathParameters")))
        .isEqualTo("{\"token\":\"*****mebody\",\"id\":\"7\"}");
    assertThat(step(told, "integrationCalled").path("uri").asString())
        .isEqualTo("http://backend.test/of/*****mebody/7");
    assertThat(Json.text(told)).doesNotContain(SECRET);
  }

  @Test
  void aQueryChangesNoneOfTheGatewaysWords() throws IOException {
    CaseApi api = new CaseApi();
    api.method("GET", "/pets", "{}");

    JsonNode told = explained(gateway(api), 403, "/pet?token=nearest%20is&code=has%20no");

    assertThat(told.at("/reason/text").asString()).contains("has no `GET /pet`; nearest is");
    assertThat(told.path("summary").asString()).contains("has no `GET /pet`; nearest is");
  }

  @Test
  void hidesSecretsInContentsAndTemplates() throws IOException {
    CaseApi api = new CaseApi();
    api.method("POST", "/pets", "{}");
    api.integration(
        """
        {type: HTTP, httpMethod: POST, uri: 'http://backend.test/all',
         requestTemplates: {application/json: '<pet><login user="Rex" password="%1$s"/><tokens><one>%1$s</one></tokens>$input.json(''$.of'')</pet>'},
         integrationResponses: {'200': {responseTemplates: {application/json: 'x=1&secret=%1$s'}}}}
        """
            .formatted("an-own-" + SECRET));
    HttpHandler gateway = gateway(api);

    JsonNode told =
        explained(
            gateway,
            200,
            "POST",
            "/pets",
            Headers.of("Content-Type", "application/json"),
            Body.of("{\"credentials\": {\"of\": [\"%1$s\"]}, \"of\": \"Rex\"}".formatted(SECRET)));

    assertThat(Json.text(told)).doesNotContain("a-password").contains("Rex");
    assertThat(step(told, "received").path("body").asString())
        .isEqualTo("{\"credentials\": \"*****\", \"of\": \"Rex\"}");
    assertThat(step(told, "templateRendered").path("output").asString())
        .startsWith("<pet><login user=\"Rex\" password=\"*****")
        .endsWith("<tokens>*****</tokens>\"Rex\"</pet>");
    assertThat(step(told, "answered").path("body").asString()).startsWith("x=1&secret=*****");
  }
}
