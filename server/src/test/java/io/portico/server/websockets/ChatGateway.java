package io.portico.server.websockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.server.Gateway;
import io.portico.server.GatewayAssembly;
import io.portico.server.config.ConfigLoader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A gateway with one WebSocket API, whose route {@code $default} answers each message with the id
 * of its connection; configured, called and commanded over the wire.
 */
final class ChatGateway implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final String ACCOUNT = "000000000000";
  static final String STAGE = "prod";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Gateway gateway;
  private final String api;

  /**
   * @param flags configuration beside port and store
   */
  ChatGateway(Map<String, String> flags) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("ephemeral", "true", "port", "0"));
    all.putAll(flags);
    gateway = GatewayAssembly.start(new ConfigLoader().load(null, Map.of(), all).config());
    api =
        configure(
                "/v2/apis",
                """
                {"name": "chat", "protocolType": "WEBSOCKET",
                 "routeSelectionExpression": "$request.body.action"}""")
            .path("apiId")
            .asString();
    String mock =
        integration(
            """
            {"integrationType": "MOCK", "contentHandlingStrategy": "CONVERT_TO_TEXT",
             "requestTemplates": {"$default": "{\\"statusCode\\": 200}"}}""");
    JsonNode _ =
        configure(
            "/v2/apis/" + api + "/integrations/" + mock + "/integrationresponses",
            """
            {"integrationResponseKey": "$default",
             "responseTemplates": {"$default": "$context.connectionId"}}""");
    route("$default", mock, true);
    JsonNode _ =
        configure(
            "/v2/apis/" + api + "/stages",
            "{\"stageName\": \"" + STAGE + "\", \"autoDeploy\": true}");
  }

  /** Creates an integration; gives its id. */
  String integration(String members) throws Exception {
    return configure("/v2/apis/" + api + "/integrations", members).path("integrationId").asString();
  }

  /** Gives an integration a response. */
  void integrationResponse(String integration, String members) throws Exception {
    JsonNode _ =
        configure(
            "/v2/apis/" + api + "/integrations/" + integration + "/integrationresponses", members);
  }

  /** A route to an integration. */
  void route(String key, String integration, boolean twoWay) throws Exception {
    route(
        "{\"routeKey\": \"%s\", \"target\": \"integrations/%s\"}".formatted(key, integration),
        twoWay);
  }

  void route(String members, boolean twoWay) throws Exception {
    String routes = "/v2/apis/" + api + "/routes";
    String id = configure(routes, members).path("routeId").asString();
    if (twoWay) {
      JsonNode _ =
          configure(routes + "/" + id + "/routeresponses", "{\"routeResponseKey\": \"$default\"}");
    }
  }

  /** A call of API Gateway v2 that creates something. */
  private JsonNode configure(String path, String members) throws Exception {
    HttpResponse<String> answer =
        http.send(
            request(path).method("POST", BodyPublishers.ofString(members)).build(),
            BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return Json.parse(answer.body());
  }

  /** Whether the control plane answers. */
  int controlPlane() throws Exception {
    return http.send(request("/v2/apis").GET().build(), BodyHandlers.discarding()).statusCode();
  }

  /** What Prometheus reads. */
  String metrics() throws Exception {
    return http.send(request("/_portico/metrics").GET().build(), BodyHandlers.ofString()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.url() + path)).timeout(PATIENCE);
  }

  /** A user with a policy of its own, and its key. */
  Credentials user(String name, String policy) throws Exception {
    String _ = iam(Map.of("Action", "CreateUser", "UserName", name));
    String _ =
        iam(
            Map.of(
                "Action",
                "PutUserPolicy",
                "UserName",
                name,
                "PolicyName",
                "own",
                "PolicyDocument",
                policy));
    String key = iam(Map.of("Action", "CreateAccessKey", "UserName", name));
    return new Credentials(element("AccessKeyId", key), element("SecretAccessKey", key), null);
  }

  private String iam(Map<String, String> form) throws Exception {
    String body =
        "Version=2010-05-08&"
            + form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        http.send(
            request("/")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method("POST", BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
    return answer.body();
  }

  private static String element(String name, String xml) {
    Matcher found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
    if (!found.find()) {
      throw new AssertionError("no " + name + " in " + xml);
    }
    return found.group(1);
  }

  /** The ARN of what is below the stage, or of another stage. */
  String arn(String stage, String below) {
    return "arn:aws:execute-api:" + REGION + ":" + ACCOUNT + ":" + api + "/" + stage + below;
  }

  /** The address of the stage, or of what is below it. */
  URI uri(String scheme, String below) {
    return URI.create(
        scheme
            + gateway.url().substring("http".length())
            + "/_aws/execute-api/"
            + api
            + "/"
            + STAGE
            + below);
  }

  ChatClient connect() throws Exception {
    return ChatClient.connect(http, uri("ws", ""));
  }

  ChatClient connect(URI uri) throws Exception {
    return ChatClient.connect(http, uri);
  }

  /** One that takes nothing before it is told to. */
  ChatClient connectSilently() throws Exception {
    return ChatClient.connectSilently(http, uri("ws", ""));
  }

  HttpResponse<String> command(Credentials by, String method, String below, String content)
      throws Exception {
    URI uri = uri("http", below);
    Headers signed =
        new SigV4Signer(by, REGION, "execute-api")
            .sign(
                method,
                uri.getRawPath(),
                Headers.of("Host", uri.getAuthority()),
                content.getBytes(UTF_8),
                Instant.now());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(content));
    for (Headers.Field field : signed) {
      if (!List.of("host", "content-length").contains(field.name().toLowerCase(Locale.ROOT))) {
        request.header(field.name(), field.value());
      }
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.shutdownNow();
    gateway.close();
  }
}
