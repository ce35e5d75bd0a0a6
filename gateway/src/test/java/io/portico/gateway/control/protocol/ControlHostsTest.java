package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlHostsTest {
  private static final CallerResolver CALLERS =
      new CallerResolver(
          "000000000000",
          "us-east-1",
          new ControlHosts(List.of("gateway.internal", "Portico.Example.")));

  private static HttpRequest get(String... headers) {
    return Requests.request("GET", "/restapis", "", headers);
  }

  private static void assertRefused(HttpRequest request, String why) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> CALLERS.admit(request))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("AccessDeniedException");
              assertThat(refusal.status()).isEqualTo(403);
              assertThat(refusal.text()).contains(why);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:4566",
        "LocalHost.:4566",
        "execute-api.us-east-1.localhost:4566",
        "127.0.0.1",
        "127.0.0.1:4566",
        "192.168.1.20:80",
        "[::1]:4566",
        "[2001:DB8::1]",
        "[::ffff:127.0.0.1]:4566",
        "apigateway.us-east-1.amazonaws.com",
        "lambda.eu-west-1.amazonaws.com:443",
        "apigateway.cn-north-1.amazonaws.com.cn",
        "lambda.us-east-1.api.aws",
        "gateway.internal:4566",
        "GATEWAY.internal.",
        "portico.example",
        ""
      })
  void answersToNamesThatAStrangerCannotPointHere(String host) {
    assertThatCode(() -> CALLERS.admit(get("Host", host))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:4566",
        "localhost.evil.example:4566",
        "notlocalhost:4566",
        "127.0.0.1.evil.example:4566",
        "127.0.0.1.5",
        "127.0.0",
        "256.0.0.1",
        "127.0.0.1..",
        "amazonaws.com",
        "evilamazonaws.com",
        "apigateway.us-east-1.amazonaws.com.evil.example",
        "a.gateway.internal",
        "localhost..",
        "[::1",
        "[::1]evil.example",
        "[1:2]",
        "[.]",
        "localhost@evil.example",
        "localhost,evil.example",
        "localhost:123456",
        "%6cocalhost"
      })
  void anyOtherNameIsRefusedWithWhatToDo(String host) {
    assertRefused(get("Host", host), "PORTICO_CONTROL_HOSTS");
  }

  @Test
  void aSignatureDoesNotMakeANameGood() {
    assertRefused(
        get(
            "Host",
            "evil.example",
            "Authorization",
            Requests.authorization("AKIAEXAMPLE", "us-east-1", "apigateway")),
        "does not answer to the host name evil.example");
  }

  /** An API or a function URL may hand out pages at the gateway's own address. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4566, http://127.0.0.1:4566",
    "localhost,      http://localhost",
    "127.0.0.1:4566, https://evil.example",
    "localhost:4566, http://abc.execute-api.us-east-1.localhost:4566",
    "localhost:4566, null",
    "localhost:4566, ''",
    "localhost:4566, chrome-extension://localhost:4566",
    "'',             http://localhost:4566"
  })
  void aPageIsRefusedWhateverItsOrigin(String host, String origin) {
    assertRefused(get("Host", host, "Origin", origin), "the Origin header is of one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "cross-site", "same-site", "None", ""})
  void whatABrowserSendsForAPageIsRefused(String site) {
    assertRefused(get("Host", "localhost:4566", "Sec-Fetch-Site", site), "Sec-Fetch-Site");
  }

  @Test
  void everySiteHasToBeNone() {
    assertRefused(
        get("Host", "localhost:4566", "Sec-Fetch-Site", "none", "Sec-Fetch-Site", "same-origin"),
        "Sec-Fetch-Site");
  }

  @Test
  void anAddressThatWasTypedInIsAnswered() {
    assertThatCode(() -> CALLERS.admit(get("Host", "localhost:4566", "Sec-Fetch-Site", "none")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void everyApiRefusesInItsOwnShapeBeforeItSaysWhatItHas(AwsApi api) throws IOException {
    String target =
        switch (api) {
          case API_GATEWAY -> "/nothing/here";
          case API_GATEWAY_V2 -> "/v2/apis";
          case API_GATEWAY_MANAGEMENT -> "/@connections/abc";
          case LAMBDA -> "/2015-03-31/functions";
          case IAM -> "/?Action=NoSuchThing&Version=2010-05-08";
          case STS -> "/?Action=NoSuchThing&Version=2011-06-15";
          case LOGS, ACM -> "/";
          case CLOUDWATCH -> "/?Action=NoSuchThing&Version=2010-08-01";
        };
    String[] headers =
        switch (api) {
          case LOGS ->
              new String[] {"Host", "evil.example", "X-Amz-Target", "Logs_20140328.NoSuchThing"};
          case ACM ->
              new String[] {
                "Host", "evil.example", "X-Amz-Target", "CertificateManager.NoSuchThing"
              };
          default -> new String[] {"Host", "evil.example"};
        };

    HttpResponse response =
        new ControlPlane(Map.of(), CALLERS).handle(Requests.request("GET", target, "", headers));

    assertThat(response.status()).isEqualTo(403);
    String body = new String(response.body().readAll(10_000), StandardCharsets.UTF_8);
    assertThat(body)
        .contains("evil.example")
        .contains(
            switch (api) {
              case IAM, STS, CLOUDWATCH -> "<Code>AccessDenied</Code>";
              case LOGS -> "\"__type\":\"AccessDeniedException\",\"message\":";
              case ACM -> "\"__type\":\"AccessDeniedException\",\"Message\":";
              case LAMBDA -> "{\"Message\":";
              default -> "{\"message\":";
            });
    if (api.protocol() == AwsApi.Protocol.REST_JSON) {
      assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo("AccessDeniedException");
    }
  }

  @Test
  void aPreflightGetsNoPermission() {
    HttpResponse response =
        new ControlPlane(Map.of(), CALLERS)
            .handle(
                Requests.request(
                    "OPTIONS",
                    "/restapis",
                    "",
                    "Host",
                    "localhost:4566",
                    "Origin",
                    "https://evil.example",
                    "Access-Control-Request-Method",
                    "DELETE"));

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.headers()).noneMatch(field -> field.name().startsWith("Access-Control-"));
  }
}
