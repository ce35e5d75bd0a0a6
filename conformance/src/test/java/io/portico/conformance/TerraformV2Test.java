package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.portico.conformance.client.Account;
import io.portico.conformance.client.Terraform;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.SignedByAuthority;
import io.portico.conformance.wire.TlsBackend;
import io.portico.conformance.wire.TokenIssuer;
import io.portico.conformance.wire.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Terraform's AWS provider makes HTTP APIs and a WebSocket API with all that is theirs, which are
 * called as it has made them and as it has changed them; it finds nothing to change either time,
 * and takes all away.
 */
final class TerraformV2Test {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Answers what it hears of, and lets in who says {@code open}. */
  private static final String CODE =
      """
      exports.greeter = async (event) => ({
        statusCode: 200,
        body: `${event.version ?? 'chat'} ${event.rawPath ?? event.path ?? event.requestContext.routeKey}`,
      });
      exports.judge = async (event) => {
        const sent = Object.entries({ ...event.headers, ...event.queryStringParameters });
        const token = sent.find(([name]) => name.toLowerCase() === 'token');
        const isAuthorized = token[1] === 'open';
        const context = { word: 'judged' };
        if (event.version === '2.0') return { isAuthorized, context };
        const statement = {
          Action: 'execute-api:Invoke',
          Effect: isAuthorized ? 'Allow' : 'Deny',
          Resource: event.methodArn,
        };
        return {
          principalId: 'me',
          context,
          policyDocument: { Version: '2012-10-17', Statement: [statement] },
        };
      };
      """;

  @TempDir static Path folder;

  private static Backend backend;
  private static TokenIssuer issuer;
  private static TlsBackend orders;
  private static PorticoProcess server;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    backend = Backend.answering(request -> new Answer(200, Map.of(), request.uri().toString()));
    issuer = new TokenIssuer();
    SignedByAuthority own = SignedByAuthority.make(folder, "localhost");
    orders = TlsBackend.showing(own);
    server =
        PorticoProcess.start(
            Map.of(
                "PORTICO_VPC_LINKS_TARGETS",
                "arn:aws:elasticloadbalancing:*:*:*/orders/*=http://127.0.0.1:"
                    + URI.create(orders.uri()).getPort(),
                "PORTICO_BACKENDS_CA_FILE",
                Files.writeString(folder.resolve("authority.pem"), own.chainPem()).toString()),
            "serve",
            "--ephemeral",
            "--port",
            "0");
  }

  @AfterAll
  static void end() {
    server.close();
    orders.close();
    issuer.close();
    backend.close();
  }

  @Test
  @Execution(CONCURRENT)
  void apisOfBothKindsAreMadeCalledChangedAndTakenAway(@TempDir Path stack) throws IOException {
    Endpoint endpoint = server.endpoint();
    try (Account account = new Account(endpoint, "444444444444");
        Terraform terraform = Terraform.of("v2", stack, endpoint, account)) {
      Path code = Files.write(stack.resolve("code.zip"), Zip.of("index.js", CODE));
      terraform.set("code", code.toString());
      terraform.set("backend", "http://" + backend.address());
      terraform.set("issuer", issuer.name());

      terraform.set("changed", "false");
      terraform.apply();
      Apis apis = new Apis(endpoint, terraform);
      List<String> http = apis.http("shop/v1");
      List<String> quick = apis.quick();
      List<Integer> notLetIn =
          List.of(apis.refusal("", Map.of()), apis.refusal("", Map.of("Token", "shut")));
      List<String> talk =
          apis.talk(
              "",
              Map.of("Token", "open"),
              "{\"action\": \"say\", \"text\": \"x\"}",
              "{\"action\": \"say\", \"line\": \"x\"}",
              "anything");
      awaitLogged(account, "http", "GET /judged 200 judged", "GET /people 401 -");
      awaitLogged(account, "chat", "CONNECT $connect judged", "MESSAGE say judged");
      List<String> exported = exported(terraform);
      Map<String, List<String>> made = account.contents();
      Outcome planned = terraform.plan();

      terraform.set("changed", "true");
      terraform.apply();
      Apis changed = new Apis(endpoint, terraform);
      List<String> httpAgain = changed.http("shop/v2");
      List<String> quickAgain = changed.quick();
      List<Integer> notLetInAgain =
          List.of(
              changed.refusal("talk?room=1", Map.of("Token", "open")),
              changed.refusal("talk?token=open", Map.of()));
      List<String> talkAgain =
          changed.talk(
              "talk?token=open&room=1",
              Map.of(),
              "{\"verb\": \"say\", \"line\": \"x\"}",
              "{\"verb\": \"say\", \"text\": \"x\"}",
              "anything");
      awaitLogged(account, "http-again", "200 again", "401 again", "429 again");
      awaitLogged(account, "chat-again", "CONNECT $connect judged");
      Outcome plannedAgain = terraform.plan();

      terraform.destroy();
      Map<String, List<String>> left = account.contents();

      assertThat(http)
          .containsExactly(
              "200 2.0 /greeting",
              "401 {\"message\":\"Unauthorized\"}",
              "200 2.0 /people",
              "401 {\"message\":\"Unauthorized\"}",
              "401 {\"message\":\"Unauthorized\"}",
              "403 {\"message\":\"Forbidden\"}",
              "200 2.0 /judged",
              "200 hello",
              "200 2.0 /throttled",
              "200 2.0 /greeting");
      assertThat(quick)
          .containsExactly("200 /first", "404 {\"message\":\"Not Found\"}", "200 2.0 /anything");
      assertThat(notLetIn).containsExactly(401, 403);
      assertThat(talk).containsExactly("chat say", "Invalid request body", "MESSAGE $default");
      assertThat(exported)
          .containsExactlyInAnyOrder(
              "/greeting", "/throttled", "/people", "/judged", "/orders/{proxy+}");
      assertThat(planned.exit()).as("0: nothing to change; 2: drift%n%s", planned).isZero();
      assertThat(httpAgain)
          .containsExactly(
              "200 1.0 /greeting",
              "401 {\"message\":\"Unauthorized\"}",
              "401 {\"message\":\"Unauthorized\"}",
              "200 1.0 /people",
              "401 {\"message\":\"Unauthorized\"}",
              "403 {\"message\":\"Forbidden\"}",
              "200 1.0 /judged",
              "500 {\"message\":\"Internal Server Error\"}",
              "429 {\"message\":\"Too Many Requests\"}",
              "200 1.0 /shop/v2/greeting");
      assertThat(quickAgain)
          .containsExactly(
              "404 {\"message\":\"Not Found\"}", "200 /second", "404 {\"message\":\"Not Found\"}");
      assertThat(notLetInAgain).containsExactly(401, 400);
      assertThat(talkAgain).containsExactly("chat say", "Invalid request body", "MESSAGE again");
      assertThat(plannedAgain.exit()).as("0: nothing to change%n%s", plannedAgain).isZero();
      assertThat(made)
          .containsOnlyKeys(
              "HTTP and WebSocket APIs",
              "VPC links of v2",
              "domain names",
              "the account's role",
              "functions",
              "roles",
              "log groups",
              "certificates");
      assertThat(left).isEmpty();
    }
  }

  /** Waits until a log group has lines that end so; they are written behind the answers. */
  private static void awaitLogged(Account account, String group, String... ends) {
    Instant deadline = Instant.now().plus(LIMIT);
    List<String> lines = List.of();
    for (String end : ends) {
      while (lines.stream().noneMatch(line -> line.endsWith(" " + end))) {
        assertThat(Instant.now()).as("%s in %s", end, lines).isBefore(deadline);
        lines = account.logged("terraformed/access/" + group);
      }
    }
  }

  /** The paths of the document that Terraform has got. */
  private static List<String> exported(Terraform terraform) {
    JsonNode document = JsonMapper.shared().readTree(terraform.output("exported"));
    return List.copyOf(document.path("paths").propertyNames());
  }

  /** The APIs of the stack, by their ids. */
  private record Apis(Endpoint endpoint, String httpApi, String quickApi, String quickFunction) {
    Apis(Endpoint endpoint, Terraform terraform) {
      this(
          endpoint,
          terraform.output("http"),
          terraform.output("quick"),
          terraform.output("quick_function"));
    }

    /**
     * What the HTTP API answers: to each of its routes, those that ask for something to callers
     * without it, with another's and with theirs.
     *
     * @param mapped where the domain name has it
     */
    List<String> http(String mapped) {
      return List.of(
          called(httpApi, "/greeting"),
          called(httpApi, "/people"),
          called(httpApi, "/people", "Authorization", issuer.token("people")),
          called(httpApi, "/people", "Authorization", issuer.token("others")),
          called(httpApi, "/judged"),
          called(httpApi, "/judged", "Token", "shut"),
          called(httpApi, "/judged", "Token", "open"),
          called(httpApi, "/orders/1"),
          called(httpApi, "/throttled"),
          told(
              Caller.get(
                  endpoint.uri().resolve("/" + mapped + "/greeting"),
                  "http.terraformed.example.com")));
    }

    /** What those answer that were made by quick create. */
    List<String> quick() {
      return List.of(
          called(quickApi, "/now"), called(quickApi, "/later"), called(quickFunction, "/anything"));
    }

    private String called(String api, String path, String... headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(endpoint.uri().resolve("/_aws/execute-api/" + api + path));
      return told(Caller.send(headers.length == 0 ? request : request.headers(headers)));
    }

    private static String told(HttpResponse<String> answer) {
      return answer.statusCode() + " " + answer.body();
    }

    /**
     * The status with which the WebSocket API lets nobody in.
     *
     * @param path what follows its domain name and a slash
     */
    int refusal(String path, Map<String, String> headers) {
      return WebSocketClient.refusal(chat(path), atDomain(headers));
    }

    private URI chat(String path) {
      return URI.create("ws://127.0.0.1:" + endpoint.port() + "/" + path);
    }

    private static Map<String, String> atDomain(Map<String, String> headers) {
      Map<String, String> all = new HashMap<>(headers);
      all.put("Host", "chat.terraformed.example.com");
      return all;
    }

    /** What it answers to messages; of what it refuses, the text alone. */
    List<String> talk(String path, Map<String, String> headers, String... messages) {
      List<String> answers = new ArrayList<>();
      try (WebSocketClient client = WebSocketClient.connect(chat(path), atDomain(headers))) {
        for (String message : messages) {
          client.send(message);
          String answer = client.received();
          answers.add(
              answer.startsWith("{")
                  ? JsonMapper.shared().readTree(answer).path("message").asString()
                  : answer);
        }
      }
      return answers;
    }
  }
}
