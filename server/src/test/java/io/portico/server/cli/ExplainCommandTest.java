package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import io.portico.server.Checkout;
import io.portico.server.Gateway;
import io.portico.server.GatewayAssembly;
import io.portico.server.config.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** {@code portico explain} and its endpoint, beside a gateway that listens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExplainCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEY = "a-key-that-nobody-must-ever-see";

  private static final String DEFINITION =
      """
      {"openapi": "3.0.1", "info": {"title": "Pets", "version": "1"},
       "paths": {
         "/pets": {"get": {"responses": {"200": {"description": "ok"}},
           "x-amazon-apigateway-integration": {"type": "mock",
             "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
             "responses": {"default": {"statusCode": "200",
               "responseTemplates": {"application/json": "{\\"pets\\": []}"}}}}}},
         "/keyed": {"get": {"security": [{"api_key": []}],
           "responses": {"200": {"description": "ok"}},
           "x-amazon-apigateway-integration": {"type": "mock",
             "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
             "responses": {"default": {"statusCode": "200"}}}}}},
       "components": {"securitySchemes": {
         "api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"}}}}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private Gateway gateway;
  private String api;

  private static Gateway start(String... settings) {
    Map<String, String> all = new HashMap<>(Map.of("ephemeral", "true", "port", "0"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return GatewayAssembly.start(new ConfigLoader().load(null, Map.of(), all).config());
  }

  @BeforeAll
  void serve() throws Exception {
    gateway = start();
    api = deploy(gateway);
  }

  @AfterAll
  void stop() {
    gateway.close();
    client.close();
  }

  private String deploy(Gateway to) throws Exception {
    String id =
        post(to, "/restapis?mode=import&endpointConfigurationTypes=REGIONAL", DEFINITION)
            .path("id")
            .asString();
    JsonNode _ = post(to, "/restapis/" + id + "/deployments", "{\"stageName\": \"prod\"}");
    return id;
  }

  private JsonNode post(Gateway to, String path, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(to.url() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Json.parse(answer.body());
  }

  private HttpResponse<String> get(String url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> call(String path, String... headers) throws Exception {
    return get(gateway.url() + "/_aws/execute-api/" + api + "/prod" + path, headers);
  }

  private static String id(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
  }

  private String explain(String... words) throws Exception {
    StringWriter out = new StringWriter();
    assertThat(explain(new PrintWriter(out), words)).isZero();
    return out.toString();
  }

  private int explain(PrintWriter out, String... words) throws Exception {
    Verb verb = PorticoCommand.verb("explain");
    return verb.run(
        Arguments.read(
            verb, Stream.concat(Stream.of("--endpoint", gateway.url()), Stream.of(words)).toList()),
        out);
  }

  /** Whoever reads what a command prints, until he goes. */
  private static final class Reader extends Writer {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder line = new StringBuilder();
    private volatile boolean gone;

    @Override
    public void write(char[] text, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (text[i] == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(text[i]);
        }
      }
    }

    @Override
    public void flush() throws IOException {
      if (gone) {
        throw new IOException("nobody reads");
      }
    }

    @Override
    public void close() {
      gone = true;
    }

    @Nullable String within(Duration patience) throws InterruptedException {
      return lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void saysWhyARequestWasRefused() throws Exception {
    String id = id(call("/pet", "Authorization", "Bearer 0123456789abcdef"));

    String text = explain(id);

    assertThat(text)
        .startsWith(
            "403 Missing Authentication Token: stage `prod` of `%s` has no `GET /pet`; nearest is"
                    .formatted(api)
                + " `GET /pets`")
        .contains("  check:   routing\n", "  nearest: GET /pets\n", "Bearer *****abcdef")
        .doesNotContain("0123456789abcdef");
  }

  @Test
  void showsTheWayOfARequestThatWasAnswered() throws Exception {
    String id = id(call("/pets"));

    String text = explain(id);

    assertThat(text)
        .startsWith("200: answered by `GET /pets` of stage `prod` of `%s`\n".formatted(api))
        .contains(
            " received ",
            " routed route GET /pets",
            " authorized authorizationType NONE",
            " templateRendered of integration request",
            " integrationResponseSelected statusCode 200",
            " answered status 200",
            "{\"pets\": []}");
  }

  @Test
  void saysThatTheDeploymentIsOlderThanTheApi() throws Exception {
    String other = deploy(gateway);
    String url = gateway.url() + "/_aws/execute-api/" + other + "/prod/fresh";
    String before = explain(id(get(url)));
    String root =
        Json.parse(get(gateway.url() + "/restapis/" + other + "/resources").body())
            .findValue("item")
            .valueStream()
            .filter(each -> each.path("path").asString().equals("/"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString();
    String fresh =
        post(gateway, "/restapis/" + other + "/resources/" + root, "{\"pathPart\": \"fresh\"}")
            .path("id")
            .asString();
    HttpResponse<String> put =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(
                        gateway.url()
                            + "/restapis/"
                            + other
                            + "/resources/"
                            + fresh
                            + "/methods/GET"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"authorizationType\": \"NONE\"}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(put.statusCode()).isEqualTo(201);

    String after = explain(id(get(url)));

    assertThat(before).doesNotContain("older");
    assertThat(after)
        .contains("is older than the API's last change")
        .contains(
            "The API has `GET /fresh`, but not in this deployment; deploy it: `aws apigateway"
                + " create-deployment --rest-api-id "
                + other
                + " --stage-name prod`.");
  }

  @Test
  void knowsAKeyThatIsDisabledAndShowsNoValue() throws Exception {
    String key =
        post(
                gateway,
                "/apikeys",
                "{\"name\": \"k\", \"enabled\": false, \"value\": \"%s\"}".formatted(KEY))
            .path("id")
            .asString();
    String disabled = explain(id(call("/keyed", "x-api-key", KEY)));
    String unknown = explain(id(call("/keyed", "x-api-key", "another-key-that-is-not-here")));
    String json = explain("--json", id(call("/keyed", "x-api-key", KEY)));

    assertThat(disabled)
        .startsWith(
            "403 Forbidden: API key `%s`, which the request brings, is disabled".formatted(key));
    assertThat(unknown).contains("`*****t-here`, which the request brings, is the value of none");
    assertThat(json).contains("\"cause\" : \"API_KEY_UNKNOWN\"").doesNotContain(KEY);
  }

  @Test
  void findsTheLastOnes() throws Exception {
    String refused = id(call("/nowhere"));
    String answered = id(call("/pets"));

    assertThat(explain("--last-refusal")).contains("request " + refused + " at ");
    assertThat(explain("--last")).contains("request " + answered + " at ");
    assertThat(explain("--list").lines().toList())
        .anySatisfy(line -> assertThat(line).contains(refused, "403 Missing Authentication Token:"))
        .last()
        .asString()
        .contains(answered);
    assertThat(explain("--list", "--json").lines().map(Json::parse).toList())
        .extracting(each -> each.path("requestId").asString())
        .contains(refused, answered);
    assertThat(explain(call("/nowhere").headers().firstValue("x-amz-apigw-id").orElseThrow()))
        .startsWith("403 ");
  }

  private static String requestId(@Nullable String line) {
    assertThat(line).as("what is told next").isNotNull();
    return Json.parse(Objects.requireNonNull(line)).path("requestId").asString();
  }

  @Test
  void followsRequestsFromNowOnUntilNobodyReads() throws Exception {
    String before = id(call("/nowhere"));
    Reader reader = new Reader();
    FutureTask<Integer> following =
        new FutureTask<>(() -> explain(new PrintWriter(reader), "--follow", "--json"));
    Thread thread = Thread.ofVirtual().start(following);
    try {
      List<String> called = new ArrayList<>();
      List<String> told = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      // The first that it tells of shows that it has begun.
      String first = null;
      while (first == null) {
        assertThat(System.nanoTime()).as("nothing was told in time").isLessThan(deadline);
        called.add(id(call("/nowhere")));
        first = reader.within(Duration.ofMillis(100));
      }
      told.add(requestId(first));
      for (int i = 0; i < 3; i++) {
        called.add(id(call("/pets")));
      }
      while (!told.getLast().equals(called.getLast())) {
        told.add(requestId(reader.within(PATIENCE)));
      }

      assertThat(told).doesNotContain(before).doesNotHaveDuplicates();
      assertThat(called).endsWith(told.toArray(String[]::new));
    } finally {
      reader.close();
    }
    assertThat(following.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(thread.join(PATIENCE)).isTrue();
  }

  @Test
  void aTestOfAMethodIsKeptAsWell() throws Exception {
    String pets =
        Json.parse(get(gateway.url() + "/restapis/" + api + "/resources").body())
            .findValue("item")
            .valueStream()
            .filter(each -> each.path("path").asString().equals("/pets"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString();
    HttpResponse<String> tested =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(
                        gateway.url()
                            + "/restapis/%s/resources/%s/methods/GET".formatted(api, pets)))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"pathWithQueryString\": \"/pets?token=0123456789abcdef\"}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(tested.statusCode()).as(tested.body()).isEqualTo(200);

    String text = explain(id(tested));

    assertThat(text)
        .startsWith(
            "200: answered by `GET /pets` of stage `test-invoke-stage` of `%s`\n".formatted(api))
        .contains(
            "result not asked: the method is tested",
            " templateRendered of integration request",
            "{\"pets\": []}",
            "token=*****abcdef")
        .doesNotContain("0123456789abcdef", " throttled ");
  }

  @Test
  void tellsOfWhatIsNotKept() {
    assertThatThrownBy(() -> explain("0f1e2d3c"))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "request 0f1e2d3c is not kept: only the last 1000 requests that were refused or have"
                + " failed and the last 250 others are, at most 200 and 50 a second");
    assertThatThrownBy(this::explain).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> explain("--last", "--list")).isInstanceOf(UsageException.class);
  }

  @Test
  void isForThisMachineAndForNoWebPage() throws Exception {
    String url = gateway.url() + "/_portico/explain/last";
    HttpResponse<String> page = get(url, "Origin", "http://evil.example");
    HttpResponse<String> framed = get(url, "Sec-Fetch-Site", "cross-site");

    assertThat(List.of(page, framed))
        .allSatisfy(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(403);
              assertThat(answer.body()).startsWith("{\"message\":\"The control plane takes no");
            });
  }

  /** A proxy of this machine has a loopback address, whoever it asks for. */
  @Test
  void isForNobodyBehindAProxy() throws Exception {
    for (String field : List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")) {
      HttpResponse<String> answer = get(gateway.url() + "/_portico/explain", field, "1.1 somebody");

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("a proxy has handed this on (" + field + ")");
    }
  }

  @Test
  void isOffWhereTheConfigurationSaysSo() throws Exception {
    try (Gateway off = start("explain.enabled", "false")) {
      HttpResponse<String> answer = get(off.url() + "/_portico/explain/last");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("explain.enabled is false");
    }
  }

  @Test
  void clientsAreToldWhereTheConfigurationSaysSo() throws Exception {
    try (Gateway telling = start("explain.header", "true")) {
      String id = deploy(telling);

      HttpResponse<String> refused =
          get(telling.url() + "/_aws/execute-api/" + id + "/prod/nowhere");
      HttpResponse<String> unknown = get(telling.url() + "/_aws/execute-api/none/prod/pets");
      HttpResponse<String> answered = get(telling.url() + "/_aws/execute-api/" + id + "/prod/pets");

      assertThat(refused.headers().firstValue("x-portico-explain").orElseThrow())
          .startsWith("403 Missing Authentication Token: stage `prod` of `" + id + "` has no ");
      assertThat(unknown.headers().firstValue("x-portico-explain").orElseThrow())
          .isEqualTo("403: there is no API `none`");
      assertThat(answered.headers().firstValue("x-portico-explain")).isEmpty();
    }
    assertThat(call("/nowhere").headers().firstValue("x-portico-explain")).isEmpty();
  }

  /** The page's JSON has the members that the same refusal has here, and its words. */
  @Test
  void theDocumentedJsonIsWhatIsAnswered() throws Exception {
    JsonNode documented = documented();
    String id = id(call("/pet"));

    JsonNode answered = Json.parse(explain("--json", id));

    assertThat(members(answered)).isEqualTo(members(documented));
    assertThat(answered.path("summary").asString())
        .isEqualTo(documented.path("summary").asString().replace("abc1234567", api));
    assertThat(answered.at("/reason/advice")).isEqualTo(documented.at("/reason/advice"));
  }

  private static JsonNode documented() throws IOException {
    Matcher block =
        Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Checkout.root().resolve("docs/explain.md")));
    assertThat(block.find()).isTrue();
    return Json.parse(block.group(1));
  }

  /** Names of members, with those of what stands in them; those of headers are the clients'. */
  private static List<String> members(JsonNode node) {
    Set<String> names = new TreeSet<>();
    collect("", node, names);
    return List.copyOf(names);
  }

  private static void collect(String place, JsonNode node, Set<String> names) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      names.add(place + member.getKey());
      if (!member.getKey().equals("headers")) {
        collect(place + member.getKey() + ".", member.getValue(), names);
      }
    }
    if (node.isArray()) {
      for (JsonNode each : node) {
        collect(place + each.path("step").asString("") + ".", each, names);
      }
    }
  }
}
