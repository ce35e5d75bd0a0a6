package io.portico.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ProxyEventTest {

  private static HttpRequest request(String target, Headers headers) throws UnknownHostException {
    InetAddress client = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    return new HttpRequest(
        "POST",
        target,
        "HTTP/1.1",
        headers,
        Body.EMPTY,
        new ClientConnection(
            new InetSocketAddress(client, 5), new InetSocketAddress(client, 80), null),
        0);
  }

  private static ObjectNode event(String target, Headers headers, byte[] body)
      throws UnknownHostException {
    HttpRequest request = request(target, headers);
    return ProxyEvent.of(
        request,
        request.rawPath(),
        headers,
        body,
        new ProxyEvent.Context(
            "anonymous",
            "abc",
            null,
            "abc.lambda-url.us-east-1.on.aws",
            "abc",
            "$default",
            "$default",
            "5c0e7d43",
            Instant.ofEpochMilli(1_583_348_638_390L)));
  }

  private static JsonNode event(String target) throws UnknownHostException {
    return event(target, Headers.empty(), new byte[0]);
  }

  /** URL-01. */
  @Test
  void anEventHasAllOfTheRequest() throws UnknownHostException {
    ObjectNode event =
        event(
            "/my/path?a=1&a=2&b=x%20y",
            Headers.of(
                "User-Agent",
                "agent",
                "X-Two",
                "1",
                "x-two",
                "2",
                "Cookie",
                "c=1; d=2",
                "Content-Type",
                "text/plain"),
            "Hello".getBytes(StandardCharsets.UTF_8));

    assertThat((Object) event)
        .isEqualTo(
            Json.parse(
                """
                {
                  "version": "2.0",
                  "routeKey": "$default",
                  "rawPath": "/my/path",
                  "rawQueryString": "a=1&a=2&b=x%20y",
                  "cookies": ["c=1", "d=2"],
                  "headers": {
                    "user-agent": "agent",
                    "x-two": "1,2",
                    "cookie": "c=1; d=2",
                    "content-type": "text/plain"
                  },
                  "queryStringParameters": {"a": "1,2", "b": "x y"},
                  "requestContext": {
                    "accountId": "anonymous",
                    "apiId": "abc",
                    "domainName": "abc.lambda-url.us-east-1.on.aws",
                    "domainPrefix": "abc",
                    "http": {
                      "method": "POST",
                      "path": "/my/path",
                      "protocol": "HTTP/1.1",
                      "sourceIp": "192.0.2.1",
                      "userAgent": "agent"
                    },
                    "requestId": "5c0e7d43",
                    "routeKey": "$default",
                    "stage": "$default",
                    "time": "04/Mar/2020:19:03:58 +0000",
                    "timeEpoch": 1583348638390
                  },
                  "body": "Hello",
                  "isBase64Encoded": false
                }
                """));
  }

  @Test
  void whatIsNotThereIsLeftOut() throws UnknownHostException {
    JsonNode event = event("/");

    assertThat(event.propertyNames())
        .containsExactly(
            "version",
            "routeKey",
            "rawPath",
            "rawQueryString",
            "headers",
            "requestContext",
            "isBase64Encoded");
    assertThat(event.path("rawQueryString").asString()).isEmpty();
    assertThat(event.path("requestContext").path("http").has("userAgent")).isFalse();
  }

  /** URL-02. */
  @Test
  void thePathIsNotDecodedButForSlashesInFront() throws UnknownHostException {
    JsonNode http = event("//pa2%Fth/1?multiQuery=foo&multiQuery=%2Fbar").path("requestContext");

    assertThat(http.path("http").path("path").asString()).isEqualTo("/pa2%Fth/1");
    JsonNode event = event("//pa2%Fth//1?multiQuery=foo&multiQuery=%2Fbar");
    assertThat(event.path("rawPath").asString()).isEqualTo("//pa2%Fth//1");
    assertThat(event.path("queryStringParameters").path("multiQuery").asString())
        .isEqualTo("foo,/bar");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html; charset=utf-8, false",
    "application/json, false",
    "application/problem+json, false",
    "application/xml, false",
    "application/javascript, false",
    ", false",
    "application/x-www-form-urlencoded, true",
    "application/octet-stream, true",
    "image/png, true"
  })
  void onlyTextStandsInTheEventAsItIs(@Nullable String contentType, boolean base64)
      throws UnknownHostException {
    Headers headers =
        contentType == null ? Headers.empty() : Headers.of("Content-Type", contentType);

    ObjectNode event = event("/", headers, "a=ü".getBytes(StandardCharsets.UTF_8));

    assertThat(event.path("isBase64Encoded").booleanValue()).isEqualTo(base64);
    assertThat(event.path("body").asString()).isEqualTo(base64 ? "YT3DvA==" : "a=ü");
  }

  @Test
  void whatIsNoTextLosesNothingThoughItSaysItIs() throws UnknownHostException {
    ObjectNode event =
        event("/", Headers.of("Content-Type", "text/plain"), new byte[] {(byte) 0xff, 0});

    assertThat(event.path("isBase64Encoded").booleanValue()).isTrue();
    assertThat(event.path("body").asString()).isEqualTo("/wA=");
  }
}
