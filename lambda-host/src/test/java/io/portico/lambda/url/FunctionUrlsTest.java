package io.portico.lambda.url;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls of function URLs, as AWS was recorded (facts URL-01 to URL-07). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionUrlsTest {
  private static final String FUNCTIONS = "/2021-10-31/functions/";

  /** Does what the query says, or returns what the body says. */
  private static final String CODE =
      """
      exports.handler = async (event, context) => {
        switch (event.queryStringParameters?.do) {
          case 'event': return event;
          case 'id': return {id: context.awsRequestId, arn: context.invokedFunctionArn};
          case 'throw': throw new Error('no');
          case 'large': return 'x'.repeat(7 << 20);
          default: return JSON.parse(event.body);
        }
      };
      """;

  private static final String STREAMING =
      """
      const fs = require('fs');
      const wait = path => new Promise(resolve => {
        const look = () => fs.existsSync(path) ? resolve() : setTimeout(look, 5);
        look();
      });

      exports.handler = awslambda.streamifyResponse(async (event, stream) => {
        const query = event.queryStringParameters ?? {};
        switch (query.do) {
          case 'metadata':
            stream = awslambda.HttpResponseStream.from(stream, {
              statusCode: 418, headers: {'X-Own': 'yes', 'Content-Type': 'text/tea'},
              cookies: ['a=1', 'b=2']});
            stream.write('tea');
            break;
          case 'status':
            stream = awslambda.HttpResponseStream.from(stream, {statusCode: 304});
            break;
          case 'malformed':
            stream = awslambda.HttpResponseStream.from(stream, {statusCode: 1});
            stream.write('tea');
            break;
          case 'throw': throw new Error('no');
          case 'break':
            stream.write('first');
            await wait(query.path);
            throw new Error('on the way');
          case 'wait':
            stream.setContentType('text/plain');
            stream.write('first');
            await wait(query.path);
            stream.write('second');
        }
        stream.end();
      });
      """;

  @TempDir private Path folder;
  private final RunningHost host = RunningHost.start(4);
  private String buffered;
  private String streamed;
  private String whole;

  @BeforeAll
  void create() {
    host.create(creation("f", "nodejs20.x", "index.handler", Zips.of("index.js", CODE)));
    host.create(
        creation("s", "nodejs20.x", "index.handler", Zips.of("index.js", STREAMING))
            .put("Timeout", 20));
    host.create(creation("w", "nodejs20.x", "index.handler", Zips.of("index.js", CODE)));
    buffered = open("f", Json.object().put("AuthType", "NONE"));
    streamed = open("s", streaming());
    whole = open("w", streaming());
  }

  private static ObjectNode streaming() {
    return Json.object().put("AuthType", "NONE").put("InvokeMode", "RESPONSE_STREAM");
  }

  @AfterAll
  void end() {
    host.close();
  }

  /** A URL that everybody may call; its host. */
  private String open(String name, ObjectNode config) {
    String url = close(name, config);
    permit(name, "url", urlPermission());
    permit(name, "function", functionPermission());
    return url;
  }

  private static ObjectNode urlPermission() {
    return Json.object()
        .put("Action", "lambda:InvokeFunctionUrl")
        .put("Principal", "*")
        .put("FunctionUrlAuthType", "NONE");
  }

  private static ObjectNode functionPermission() {
    return Json.object()
        .put("Action", "lambda:InvokeFunction")
        .put("Principal", "*")
        .put("InvokedViaFunctionUrl", true);
  }

  /** A URL without any permission; its host. */
  private String close(String name, ObjectNode config) {
    Reply created = host.call("POST", FUNCTIONS + name + "/url", Json.bytes(config));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return URI.create(created.json().path("FunctionUrl").asString()).getHost();
  }

  private void permit(String name, String sid, ObjectNode permission) {
    Reply permitted =
        host.functions("POST", "/" + name + "/policy", permission.put("StatementId", sid));
    assertThat(permitted.status()).as(permitted.text()).isEqualTo(201);
  }

  private Reply call(String method, String url, String target, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Host";
    all[headers.length + 1] = url;
    return host.call(method, target, body.getBytes(StandardCharsets.UTF_8), all);
  }

  private HttpResponse<InputStream> begin(String url, String target) {
    return host.begin("GET", target, new byte[0], "Host", url);
  }

  private Reply returning(String result) {
    return call("POST", buffered, "/", result, "Content-Type", "application/json");
  }

  /** URL-01, URL-02, URL-03. */
  @Test
  void theEventIsTheRequest() {
    Reply reply =
        call(
            "PUT",
            buffered,
            "//pa2%25th/1?do=event&multiQuery=foo&multiQuery=%2Fbar",
            "text",
            "Content-Type",
            "text/plain",
            "X-Custom",
            "Value",
            "User-Agent",
            "agent",
            "X-Forwarded-For",
            "203.0.113.9",
            "Cookie",
            "a=1; b=2");

    JsonNode event = reply.json();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(event.path("version").asString()).isEqualTo("2.0");
    assertThat(event.path("rawPath").asString()).isEqualTo("//pa2%25th/1");
    assertThat(event.path("queryStringParameters").path("multiQuery").asString())
        .isEqualTo("foo,/bar");
    assertThat(event.path("cookies")).extracting(JsonNode::asString).containsExactly("a=1", "b=2");
    assertThat(event.path("body").asString()).isEqualTo("text");
    assertThat(event.path("isBase64Encoded").booleanValue()).isFalse();
    JsonNode headers = event.path("headers");
    assertThat(headers.path("x-custom").asString()).isEqualTo("Value");
    assertThat(headers.path("host").asString()).isEqualTo(buffered);
    assertThat(headers.path("cookie").asString()).isEqualTo("a=1; b=2");
    assertThat(headers.path("x-forwarded-for").asString()).isEqualTo("203.0.113.9, 127.0.0.1");
    assertThat(headers.path("x-forwarded-port").asString()).isEqualTo("" + host.port());
    assertThat(headers.path("x-forwarded-proto").asString()).isEqualTo("http");
    assertThat(headers.path("x-amzn-trace-id").asString())
        .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
    assertThat(headers.has("connection")).isFalse();
    JsonNode context = event.path("requestContext");
    String urlId = buffered.substring(0, buffered.indexOf('.'));
    assertThat(context.path("accountId").asString()).isEqualTo("anonymous");
    assertThat(context.path("apiId").asString()).isEqualTo(urlId);
    assertThat(context.path("domainPrefix").asString()).isEqualTo(urlId);
    assertThat(context.path("domainName").asString()).isEqualTo(buffered);
    assertThat(context.path("http").path("method").asString()).isEqualTo("PUT");
    assertThat(context.path("http").path("path").asString()).isEqualTo("/pa2%25th/1");
    assertThat(context.path("http").path("sourceIp").asString()).isEqualTo("127.0.0.1");
    assertThat(context.path("http").path("userAgent").asString()).isEqualTo("agent");
    assertThat(context.path("requestId").asString()).isEqualTo(reply.header("x-amzn-RequestId"));
    assertThat(context.path("stage").asString()).isEqualTo("$default");
  }

  /** URL-04. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"hello\": \"world\"} | {\"hello\":\"world\"}",
        "[\"hello\", 3, true] | [\"hello\",3,true]",
        "\"hello\" | hello",
        "3.1 | 3.1",
        "true | true"
      })
  void theAnswerIsInferred(String result, String body) {
    Reply reply = returning(result);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(body);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Content-Length")).isEqualTo("" + body.length());
  }

  /** URL-05. */
  @Test
  void aBodyMayBeAnObject() {
    Reply reply = returning("{\"statusCode\": 202, \"body\": {\"a\": 1}}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void anAnswerIsSentAsTheFunctionSaysIt() {
    Reply reply =
        returning(
            "{\"statusCode\": 201, \"body\": \"aGk=\", \"isBase64Encoded\": true,"
                + " \"headers\": {\"X-Own\": \"yes\", \"Content-Type\": \"text/own\","
                + " \"Content-Length\": \"77\"}, \"cookies\": [\"a=1\", \"b=2\"]}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.text()).isEqualTo("hi");
    assertThat(reply.header("X-Own")).isEqualTo("yes");
    assertThat(reply.header("Content-Type")).isEqualTo("text/own");
    assertThat(reply.headers().get("set-cookie")).containsExactly("a=1", "b=2");
  }

  @Test
  void aFunctionThatFailsIsABadGateway() {
    for (Reply reply :
        new Reply[] {
          call("GET", buffered, "/?do=throw", ""),
          call("GET", buffered, "/?do=large", ""),
          returning("{\"statusCode\": \"oops\"}"),
          call("GET", streamed, "/?do=throw", ""),
          call("GET", streamed, "/?do=malformed", ""),
          call("GET", whole, "/?do=throw", "")
        }) {
      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.text()).isEqualTo("Internal Server Error");
    }
  }

  /** URL-06. */
  @Test
  void withoutBothPermissionsNobodyMayCall() {
    host.create(creation("closed", "nodejs20.x", "index.handler", Zips.of("index.js", CODE)));
    String url = close("closed", Json.object().put("AuthType", "NONE"));

    Reply none = call("GET", url, "/?do=id", "");
    permit("closed", "url", urlPermission());
    Reply half = call("GET", url, "/?do=id", "");
    permit("closed", "function", functionPermission());
    Reply both = call("GET", url, "/?do=id", "");

    for (Reply forbidden : new Reply[] {none, half}) {
      assertThat(forbidden.status()).isEqualTo(403);
      assertThat(forbidden.header("x-amzn-ErrorType")).isEqualTo("AccessDeniedException");
      assertThat(forbidden.text())
          .isEqualTo(
              "{\"Message\":\"Forbidden. For troubleshooting Function URL authorization issues, see:"
                  + " https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html\"}");
    }
    assertThat(both.status()).isEqualTo(200);
    host.functions("DELETE", "/closed/policy/url");
    assertThat(call("GET", url, "/?do=id", "").status()).isEqualTo(403);
  }

  /** What cannot be verified lets nobody in, though the policy lets everybody. */
  @Test
  void aUrlThatAsksForASignatureIsClosedWithoutOne() {
    host.create(creation("signed", "nodejs20.x", "index.handler", Zips.of("index.js", CODE)));
    String url = open("signed", Json.object().put("AuthType", "AWS_IAM"));

    Reply unsigned = call("GET", url, "/", "");
    Reply signed =
        call(
            "GET",
            url,
            "/",
            "",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/lambda/aws4_request,"
                + " SignedHeaders=host, Signature=00");

    assertThat(unsigned.status()).isEqualTo(403);
    assertThat(signed.status()).isEqualTo(403);
    host.call("PUT", FUNCTIONS + "signed/url", Json.bytes(Json.object().put("AuthType", "NONE")));
    assertThat(call("GET", url, "/?do=id", "").status()).isEqualTo(200);
  }

  /** URL-07. */
  @Test
  void theRequestIdIsTheInvocations() {
    Reply reply = call("GET", buffered, "/?do=id", "");

    assertThat(reply.json().path("id").asString()).isEqualTo(reply.header("x-amzn-RequestId"));
    assertThat(reply.json().path("arn").asString())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:f");
  }

  @Test
  void anAliasHasAUrlOfItsOwn() {
    host.create(
        creation("a", "nodejs20.x", "index.handler", Zips.of("index.js", CODE))
            .put("Publish", true));
    host.functions(
        "POST", "/a/aliases", Json.object().put("Name", "live").put("FunctionVersion", "1"));
    Reply created =
        host.call(
            "POST",
            FUNCTIONS + "a/url?Qualifier=live",
            Json.bytes(Json.object().put("AuthType", "NONE")));
    String url = URI.create(created.json().path("FunctionUrl").asString()).getHost();

    permit("a", "url", urlPermission());
    permit("a", "function", functionPermission());
    assertThat(call("GET", url, "/?do=id", "").status()).isEqualTo(403);
    host.functions("POST", "/a/policy?Qualifier=live", urlPermission().put("StatementId", "url"));
    host.functions(
        "POST", "/a/policy?Qualifier=live", functionPermission().put("StatementId", "function"));

    assertThat(call("GET", url, "/?do=id", "").json().path("arn").asString()).endsWith(":a:live");
  }

  @Test
  void aUrlIsReachedByEachOfItsNames() {
    String urlId = buffered.substring(0, buffered.indexOf('.'));

    for (Reply reply :
        new Reply[] {
          call("GET", urlId + ".lambda-url.us-east-1.on.aws", "/p/q?do=event", ""),
          call("GET", urlId.toUpperCase(Locale.ROOT) + ".Lambda-Url.x:80", "/p/q?do=event", ""),
          host.call("GET", "/_aws/lambda-url/" + urlId + "/p/q?do=event", new byte[0])
        }) {
      assertThat(reply.json().path("rawPath").asString()).isEqualTo("/p/q");
      assertThat(reply.json().path("requestContext").path("apiId").asString()).isEqualTo(urlId);
    }
    assertThat(
            host.call("GET", "/_aws/lambda-url/" + urlId + "?do=event", new byte[0])
                .json()
                .path("rawPath")
                .asString())
        .isEqualTo("/");
  }

  @Test
  void oneThatIsNotThereSaysNothing() {
    for (Reply reply :
        new Reply[] {
          call("GET", "0000.lambda-url.us-east-1.localhost", "/", ""),
          host.call("GET", "/_aws/lambda-url/0000/", new byte[0])
        }) {
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.text()).isEqualTo("{\"Message\":null}");
    }
  }

  @Test
  void aRequestHasALimit() {
    Reply text =
        call("POST", buffered, "/?do=event", "x".repeat(6_291_457), "Content-Type", "text/plain");
    // In base64 it is longer than it may be.
    Reply binary =
        call("POST", buffered, "/?do=event", "x".repeat(5_000_000), "Content-Type", "image/png");

    for (Reply reply : new Reply[] {text, binary}) {
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("RequestEntityTooLargeException");
    }
  }

  private Reply preflight(String url, String origin) {
    String[] fields = {"Origin", origin, "Access-Control-Request-Method", "GET"};
    return call("OPTIONS", url, "/?do=id", "", fields);
  }

  @Test
  void browsersHearWhatIsConfigured() {
    host.create(creation("c", "nodejs20.x", "index.handler", Zips.of("index.js", CODE)));
    ObjectNode config = Json.object().put("AuthType", "NONE");
    ObjectNode cors = config.putObject("Cors").put("MaxAge", 60);
    cors.putArray("AllowOrigins").add("https://here.example");
    cors.putArray("AllowMethods").add("GET");
    String url = open("c", config);

    Reply preflight = preflight(url, "https://here.example");
    Reply stranger = preflight(url, "https://elsewhere.example");
    Reply answer = call("GET", url, "/?do=id", "", "Origin", "https://here.example");
    Reply own = preflight(buffered, "https://here.example");

    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.text()).isEmpty();
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://here.example");
    assertThat(preflight.header("Access-Control-Max-Age")).isEqualTo("60");
    assertThat(stranger.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://here.example");
    assertThat(own.json().has("id")).as("without a configuration the function is asked").isTrue();
  }

  @Test
  void anAnswerGoesOnWhileTheFunctionStreams() throws IOException {
    Path file = folder.resolve("go");

    HttpResponse<InputStream> response = begin(streamed, "/?do=wait&path=" + file);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
    try (InputStream body = response.body()) {
      assertThat(new String(body.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
      Files.writeString(file, "go");
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
    }
  }

  @Test
  void aStreamBeginsWithItsMetadata() {
    Reply reply = call("GET", streamed, "/?do=metadata", "");
    Reply bare = call("GET", streamed, "/?do=status", "");

    assertThat(reply.status()).isEqualTo(418);
    assertThat(reply.text()).isEqualTo("tea");
    assertThat(reply.header("Content-Type")).isEqualTo("text/tea");
    assertThat(reply.header("X-Own")).isEqualTo("yes");
    assertThat(reply.headers().get("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(reply.header("x-amzn-RequestId")).isNotEmpty();
    assertThat(bare.status()).isEqualTo(304);
  }

  @Test
  void aStreamThatFailsOnTheWayBreaksOff() throws IOException {
    Path file = folder.resolve("break");

    HttpResponse<InputStream> response = begin(streamed, "/?do=break&path=" + file);

    try (InputStream body = response.body()) {
      assertThat(new String(body.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
      Files.writeString(file, "go");
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void nothingIsReadOutOfWhatDoesNotStream() {
    Reply reply = call("POST", whole, "/", "{\"statusCode\": 404}", "Content-Type", "text/plain");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{\"statusCode\":404}");
  }
}
