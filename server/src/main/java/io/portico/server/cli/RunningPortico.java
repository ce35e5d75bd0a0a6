package io.portico.server.cli;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A Portico that runs, asked as AWS's clients ask it. */
final class RunningPortico {
  private static final String DEFAULT_ENDPOINT = "http://127.0.0.1:4566";
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 60_000;

  private final URI endpoint;
  private final String region;
  private final Credentials credentials;

  /**
   * @param region empty for the one that Portico is configured with
   */
  private RunningPortico(URI endpoint, String region, Credentials credentials) {
    this.endpoint = endpoint;
    this.region = region;
    this.credentials = credentials;
  }

  /**
   * The one that is meant.
   *
   * @param endpoint where it is, or null for what the environment says
   * @param region or null for what the environment says, or else Portico itself
   * @param environment what AWS's clients take from it
   */
  static RunningPortico of(
      @Nullable String endpoint, @Nullable String region, Map<String, String> environment) {
    return new RunningPortico(
        url(
            first(
                DEFAULT_ENDPOINT,
                endpoint,
                environment.get("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"),
                environment.get("AWS_ENDPOINT_URL"))),
        first("", region, environment.get("AWS_REGION"), environment.get("AWS_DEFAULT_REGION")),
        new Credentials(
            first("portico", environment.get("AWS_ACCESS_KEY_ID")),
            first("portico", environment.get("AWS_SECRET_ACCESS_KEY")),
            environment.get("AWS_SESSION_TOKEN")));
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new RequestException("", text + " is no URL of a Portico: " + e.getReason(), e);
    }
    throw new RequestException("", text + " is no URL of a Portico", null);
  }

  private static String first(String otherwise, @Nullable String... choices) {
    for (String choice : choices) {
      if (choice != null && !choice.isEmpty()) {
        return choice;
      }
    }
    return otherwise;
  }

  /**
   * Calls an operation of CloudWatch Logs.
   *
   * @throws RequestException if it is refused
   */
  JsonNode logs(String operation, ObjectNode input) {
    return call(
        "logs",
        "POST",
        "/",
        Headers.of(
            "Content-Type",
            "application/x-amz-json-1.1",
            "X-Amz-Target",
            "Logs_20140328." + operation),
        Json.bytes(input));
  }

  /**
   * A function's configuration.
   *
   * @throws RequestException if there is none
   */
  JsonNode function(String name) {
    String label = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return call(
        "lambda",
        "GET",
        "/2015-03-31/functions/" + label + "/configuration",
        Headers.of(),
        new byte[0]);
  }

  /**
   * The authority that issues certificates there, made now if there was none.
   *
   * @throws RequestException if there is no such thing
   */
  JsonNode authority() {
    return reach("GET", "/_portico/ca", Headers.of(), new byte[0]);
  }

  /**
   * What is said of requests.
   *
   * @param what behind {@code /_portico/explain}: empty for a list, else begins with a slash or a
   *     question mark
   * @throws RequestException if it is not kept
   */
  JsonNode explain(String what) {
    return reach("GET", "/_portico/explain" + what, Headers.of(), new byte[0]);
  }

  private JsonNode call(String service, String method, String path, Headers headers, byte[] body) {
    return reach(method, path, signed(service, method, path, headers, body), body);
  }

  private JsonNode reach(String method, String path, Headers headers, byte[] body) {
    try {
      return answer(method, path, headers, body);
    } catch (ConnectException e) {
      throw new RequestException(
          "",
          "no Portico answers at %s (%s): portico serve starts one, --endpoint names another"
              .formatted(endpoint, e.getMessage()),
          e);
    } catch (IOException | JacksonException e) {
      throw new RequestException(
          "", "what answers at %s is no Portico: %s".formatted(endpoint, e.getMessage()), e);
    }
  }

  /** Who does not sign is in Portico's own region. */
  private Headers signed(String service, String method, String path, Headers headers, byte[] body) {
    return region.isEmpty()
        ? headers
        : new SigV4Signer(credentials, region, service)
            .sign(
                method,
                path,
                headers.toBuilder().add("Host", endpoint.getRawAuthority()).build(),
                body,
                Instant.now());
  }

  private JsonNode answer(String method, String path, Headers headers, byte[] body)
      throws IOException {
    String base = endpoint.toString().replaceFirst("/+$", "");
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestMethod(method);
    for (Headers.Field field : headers) {
      connection.setRequestProperty(field.name(), field.value());
    }
    if (body.length > 0) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    int status = connection.getResponseCode();
    byte[] content;
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      content = in == null ? new byte[0] : in.readAllBytes();
    }
    // An operation that answers nothing has no body.
    JsonNode answer = content.length == 0 ? Json.object() : Json.parse(content);
    if (status >= 400) {
      throw refusal(connection.getHeaderField("x-amzn-ErrorType"), answer);
    }
    return answer;
  }

  private static RequestException refusal(@Nullable String header, JsonNode answer) {
    String type = header == null ? answer.path("__type").asString("") : header;
    String code = type.substring(type.indexOf('#') + 1).split(":", 2)[0];
    String message =
        Stream.of("message", "Message")
            .map(member -> answer.path(member).asString(""))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(code);
    return new RequestException(code, message, null);
  }
}
