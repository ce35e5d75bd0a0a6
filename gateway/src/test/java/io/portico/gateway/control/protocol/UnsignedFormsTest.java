package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that say by neither signature nor path which API they mean. */
final class UnsignedFormsTest {
  private final ControlPlane plane =
      new ControlPlane(
          Map.of(), new CallerResolver("000000000000", "us-east-1", new ControlHosts(List.of())));

  private static String body(HttpResponse response) throws IOException {
    return new String(response.body().readAll(10_000), StandardCharsets.UTF_8);
  }

  private HttpResponse post(String form, String... headers) {
    return plane.handle(
        Requests.request(
            "POST",
            "/",
            Body.of(form),
            Headers.of(headers).toBuilder()
                .add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .build()));
  }

  @Test
  void aTargetNamesTheApi() {
    assertThat(
            ControlPlane.api(
                Requests.request(
                    "POST", "/", "{}", "X-Amz-Target", "Logs_20140328.DescribeLogGroups")))
        .isEqualTo(AwsApi.LOGS);
  }

  @Test
  void whatNamesAnApiIsWhatItsModelSays() {
    assertThat(ControlPlane.QUERY_VERSIONS)
        .allSatisfy(
            (version, api) -> assertThat(ServiceModel.of(api).apiVersion()).isEqualTo(version));
    assertThat(ControlPlane.TARGETS)
        .allSatisfy(
            (target, api) ->
                assertThat(target)
                    .isEqualTo(JsonProtocol.targetPrefix(api, ServiceModel.of(api).apiVersion())));
  }

  @ParameterizedTest
  @CsvSource({
    "Action=GetCallerIdentity&Version=2011-06-15, 501, GetCallerIdentity of sts",
    "Version=2010-05-08&Action=ListRoles, 501, ListRoles of iam",
    "Action=ListQueues&Version=2012-11-05, 403, Missing Authentication Token",
    "Action=ListRoles&Version=%, 403, Missing Authentication Token"
  })
  void aFormNamesTheApiByItsVersion(String form, int status, String text) throws IOException {
    HttpResponse response = post(form);

    assertThat(response.status()).isEqualTo(status);
    assertThat(body(response)).contains(text);
  }

  @Test
  void aFormBeyondTheLimitIsRefused() throws IOException {
    HttpResponse response = post("a".repeat((1 << 20) + 1));

    assertThat(response.status()).isEqualTo(413);
    assertThat(body(response)).contains("<Code>RequestEntityTooLargeException</Code>");
  }

  @Test
  void aFormOfAWebPageIsNotRead() throws IOException {
    HttpResponse response =
        post("Action=GetCallerIdentity&Version=2011-06-15", "Origin", "https://evil.example");

    assertThat(response.status()).isEqualTo(403);
    assertThat(body(response)).contains("<Code>AccessDenied</Code>");
  }
}
