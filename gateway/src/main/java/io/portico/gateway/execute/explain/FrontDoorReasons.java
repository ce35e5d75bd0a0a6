package io.portico.gateway.execute.explain;

import static io.portico.gateway.execute.explain.Words.code;
import static io.portico.gateway.execute.explain.Words.codes;
import static io.portico.gateway.execute.explain.Words.stage;

import io.portico.gateway.execute.explain.ExplainEntry.Refused;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot.ApiSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is refused before any API's pipeline sees it. */
final class FrontDoorReasons {
  private static final String CHECK = "front door";

  private FrontDoorReasons() {}

  static Reason of(ExplainEntry entry, Refused refused, Asked asked) {
    String host = code(entry.sent().host());
    return switch (refused.cause()) {
      case UNREADABLE ->
          Reason.of(
              "listener",
              "the client has sent " + refused.detail(),
              null,
              ofListener(entry.status()));
      case NO_API_ADDRESS ->
          Reason.of(
              CHECK,
              "host %s and path %s name no API".formatted(host, code(entry.sent().path())),
              null,
              "Call `http://{api-id}.execute-api.localhost:{port}/{stage}/…`,"
                  + " `/_aws/execute-api/{api-id}/{stage}/…`, or a custom domain name.");
      case UNKNOWN_API -> unknownApi(entry, asked);
      case UNKNOWN_STAGE -> unknownStage(entry, asked);
      case DEFAULT_ENDPOINT_DISABLED ->
          Reason.of(
              CHECK,
              "the default endpoint of API %s is disabled, and host %s is that"
                  .formatted(code(entry.place().apiId()), host),
              "disableExecuteApiEndpoint",
              "Call a custom domain name that is mapped to the API, or set"
                  + " disableExecuteApiEndpoint to false.");
      case NO_MAPPING -> noMapping(entry, asked);
      case MAPPING_WITHOUT_STAGE ->
          Reason.of(
              CHECK,
              entry.place().stageName().isEmpty()
                  ? "custom domain name %s leads to %s, and the path names none of its stages"
                      .formatted(host, code(entry.place().apiId()))
                  : "custom domain name %s leads to %s, which is not there"
                      .formatted(host, stage(entry.place())),
              "base path mapping",
              "Create the stage, or change the mapping (`aws apigateway update-base-path-mapping`).");
      case DOMAIN_NAME_CLOSED -> {
        DomainNameSnapshot domain = domain(entry, asked);
        String setting =
            domain == null || domain.refusal() == null ? null : domain.refusal().setting();
        yield Reason.of(
            CHECK,
            "custom domain name %s is closed: %s is not enforced here, and what is not enforced"
                    .formatted(host, setting == null ? "a setting of it" : setting)
                + " lets nobody in",
            setting,
            "Take the setting away where it is not needed.");
      }
      case HEADERS_TOO_LONG ->
          Reason.of(
              CHECK,
              "the values of the request's header fields are longer together than %s allows: %s"
                  .formatted(stage(entry.place()), message(entry)),
              "quota header-size",
              "Send less, or raise the quota in the configuration (`quotas`).");
      case URL_TOO_LONG ->
          Reason.of(
              CHECK,
              "the request's URL is longer than %s allows: %s"
                  .formatted(stage(entry.place()), message(entry)),
              "quota url-length",
              "Send a shorter one, or raise the quota in the configuration (`quotas`).");
      case QUERY_CHARACTERS ->
          Reason.of(
              CHECK,
              "the query of %s has a `|`, `{` or `}` that is not escaped"
                  .formatted(code(entry.sent().target())),
              null,
              "Write `%7C`, `%7B` and `%7D`.");
      case NO_WEBSOCKET_API ->
          Reason.of(
              CHECK,
              "a WebSocket connection was asked of %s, which is no WebSocket API"
                  .formatted(stage(entry.place())),
              "protocolType",
              "Call an API whose protocolType is WEBSOCKET.");
      case NO_HANDSHAKE ->
          Reason.of(
              CHECK,
              "%s is a WebSocket API, and the request is no opening handshake: %s"
                  .formatted(stage(entry.place()), message(entry)),
              null,
              "Connect with a WebSocket client: `wss://` or `ws://` (RFC 6455).");
      default -> throw new IllegalArgumentException(refused.cause().name());
    };
  }

  private static String ofListener(int status) {
    return switch (status) {
      case 408 -> "Send it faster, or change how long it may take (`http.header-timeout`).";
      case 414, 431 ->
          "Send less: AWS takes 10,240 bytes of request line and header fields together.";
      case 417 -> "Send `Expect: 100-continue`, or leave it out.";
      case 501 -> "By CONNECT, HTTP/2 opens WebSocket connections alone (RFC 8441).";
      case 505 -> "Speak HTTP/1.1, HTTP/1.0 or HTTP/2.";
      default ->
          "Send HTTP as RFC 9112 has it; what a client says by TLS to a port without it looks so,"
              + " too.";
    };
  }

  private static Reason unknownApi(ExplainEntry entry, Asked asked) {
    String id = entry.place().apiId();
    ControlFacts.Api known = asked.control().api(id);
    if (known == null) {
      return Reason.of(
          CHECK,
          "there is no API " + code(id),
          null,
          "List them: `aws apigateway get-rest-apis`, `aws apigatewayv2 get-apis`.");
    }
    return Reason.of(
        CHECK,
        "API %s (%s) has no stage that is served".formatted(code(id), known.name()),
        "stage",
        "Deploy it: `aws apigateway create-deployment --rest-api-id %s --stage-name …`."
            .formatted(id));
  }

  private static Reason unknownStage(ExplainEntry entry, Asked asked) {
    ApiSnapshot api = asked.snapshot().apis().get(entry.place().apiId());
    List<String> stages =
        api == null ? List.of() : api.stages().keySet().stream().sorted().toList();
    String name = entry.place().stageName();
    return Reason.of(
        CHECK,
        (name.isEmpty()
                ? "the path names no stage of API " + code(entry.place().apiId())
                : "API %s has no stage %s".formatted(code(entry.place().apiId()), code(name)))
            + (stages.isEmpty() ? "" : "; it has " + codes(stages)),
        "stage",
        "Begin the path with a stage's name: `/%s/…`."
            .formatted(stages.isEmpty() ? "{stage}" : stages.getFirst()));
  }

  private static Reason noMapping(ExplainEntry entry, Asked asked) {
    DomainNameSnapshot domain = domain(entry, asked);
    String mappings =
        domain == null
            ? ""
            : domain.mappings().isEmpty()
                ? "; it has no mapping"
                : "; it has mappings of "
                    + domain.mappings().keySet().stream()
                        .sorted()
                        .map(path -> code("/" + path))
                        .collect(Collectors.joining(", "));
    return Reason.of(
        CHECK,
        "custom domain name %s has no mapping and no routing rule for %s%s"
            .formatted(code(entry.sent().host()), code(entry.sent().path()), mappings),
        "base path mapping",
        "Add one: `aws apigateway create-base-path-mapping`, `aws apigatewayv2"
            + " create-api-mapping`.");
  }

  private static @Nullable DomainNameSnapshot domain(ExplainEntry entry, Asked asked) {
    String host = entry.sent().host().toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    return asked.snapshot().domain(colon < 0 ? host : host.substring(0, colon));
  }

  private static String message(ExplainEntry entry) {
    Excerpt body = entry.answer().body();
    return body == null ? "" : body.shown(entry.secrets());
  }
}
