package io.portico.conformance.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service that gets hostile requests, and how it is spoken to. */
enum HostileService {
  API_GATEWAY("apigateway", "apigateway", Protocol.REST_JSON, ""),
  LAMBDA("lambda", "lambda", Protocol.REST_JSON, ""),
  API_GATEWAY_V2("apigatewayv2", "apigateway", Protocol.REST_JSON, ""),
  CONNECTIONS("apigatewaymanagementapi", "execute-api", Protocol.REST_JSON, ""),
  LOGS("logs", "logs", Protocol.JSON, "Logs_20140328"),
  ACM("acm", "acm", Protocol.JSON, "CertificateManager"),
  /** As clients speak to it that know no CBOR. */
  CLOUDWATCH("cloudwatch", "monitoring", Protocol.JSON, "GraniteServiceVersion20100801"),
  IAM("iam", "iam", Protocol.QUERY, "2010-05-08"),
  STS("sts", "sts", Protocol.QUERY, "2011-06-15");

  private enum Protocol {
    REST_JSON,
    JSON,
    QUERY
  }

  private static final String STAGE = "/_aws/execute-api/{apiId}/{stageName}";

  private static final Pattern XML_REFUSAL =
      Pattern.compile("(?s).*<Code>[A-Za-z]+</Code>.*<Message>.*");
  private static final Pattern JSON_REFUSAL =
      Pattern.compile("(?s)\\{.*\"__type\":\"[A-Za-z.#]+\".*}");
  private static final Pattern JSON_TEXT = Pattern.compile("(?is)\\{.*\"message\":\".+\".*}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z]+");

  private final String table;
  private final String signingName;
  private final Protocol protocol;

  /** What precedes the operation in the header that names it; with Query, the version. */
  private final String version;

  HostileService(String table, String signingName, Protocol protocol, String version) {
    this.table = table;
    this.signingName = signingName;
    this.protocol = protocol;
    this.version = version;
  }

  /** Those of its table; where a stage answers them, by its address and without. */
  List<TableOperation> operations() {
    List<TableOperation> operations = TableOperation.of(table);
    return this == CONNECTIONS
        ? Stream.of("", STAGE)
            .flatMap(prefix -> operations.stream().map(each -> each.below(prefix)))
            .toList()
        : operations;
  }

  /** Whether operations have paths of their own. */
  boolean hasPaths() {
    return protocol == Protocol.REST_JSON;
  }

  /** The lines of a request that say what is meant, and by whom; nobody checks the signature. */
  String headers(TableOperation operation) {
    return Contents.signed(signingName)
        + switch (protocol) {
          case REST_JSON -> "";
          case JSON ->
              "X-Amz-Target: %s.%s\r\nContent-Type: application/x-amz-json-1.%s\r\n"
                  .formatted(version, operation.name(), this == CLOUDWATCH ? "0" : "1");
          case QUERY -> "Content-Type: application/x-www-form-urlencoded\r\n";
        };
  }

  /** Bodies that have one hostile member. */
  List<byte[]> withMember(TableOperation operation, String name) {
    if (protocol != Protocol.QUERY) {
      return HostileBytes.withMember(name);
    }
    return HostileBytes.ENCODED.stream()
        .map(value -> form(operation) + "&" + name + "=" + value)
        .map(HostileBytes::bytes)
        .toList();
  }

  /** Bodies that are wrong as a whole. */
  List<byte[]> bodies(TableOperation operation) {
    return protocol == Protocol.QUERY
        ? HostileBytes.FORMS.stream().map(end -> HostileBytes.bytes(form(operation) + end)).toList()
        : HostileBytes.BODIES;
  }

  private String form(TableOperation operation) {
    return "Action=" + operation.name() + "&Version=" + version;
  }

  /** What is wrong with a refusal, or null. */
  @Nullable String fault(@Nullable String code, int status, String text) {
    return switch (protocol) {
      case REST_JSON -> ofRest(code, status, text);
      case JSON ->
          JSON_REFUSAL.matcher(text).matches() && JSON_TEXT.matcher(text).matches()
              ? null
              : "none of AWS's";
      case QUERY -> XML_REFUSAL.matcher(text).matches() ? null : "none of AWS's";
    };
  }

  private @Nullable String ofRest(@Nullable String code, int status, String text) {
    if (code == null || !CODE.matcher(code).matches()) {
      return "without a code";
    }
    // AWS: of a connection that is gone the header alone tells.
    boolean bare = this == CONNECTIONS && status == 410;
    return bare || JSON_TEXT.matcher(text).matches() ? null : "without a text";
  }

  /** The first bytes of a body, for whoever reads of a failure. */
  static String start(byte[] body, int most) {
    return new String(body, 0, Math.min(body.length, most), StandardCharsets.ISO_8859_1);
  }
}
