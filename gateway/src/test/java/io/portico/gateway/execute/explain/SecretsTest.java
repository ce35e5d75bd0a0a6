package io.portico.gateway.execute.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.portico.gateway.http.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  private static final String SECRET = "s3cr3t-0123456789";

  private final Secrets secrets = new Secrets(Set.of("x-who"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Proxy-Authorization",
        "x-api-key",
        "X-Amz-Security-Token",
        "Cookie",
        "Set-Cookie",
        "X-Auth-Token",
        "X-Auth",
        "X-Auth-Key",
        "Ocp-Apim-Subscription-Key",
        "x-functions-key",
        "X-Who"
      })
  void whatIsNamedLikeASecretIsHidden(String name) {
    Headers shown = secrets.hidden(Headers.of(name, SECRET, "Accept", "a/b"));

    assertThat(shown.first(name)).isEqualTo("*****456789");
    assertThat(shown.first("Accept")).isEqualTo("a/b");
  }

  @Test
  void theSchemeOfAnAuthorizationIsShown() {
    assertThat(secrets.hidden(Headers.of("Authorization", "Bearer " + SECRET)).toString())
        .contains("Bearer *****456789")
        .doesNotContain(SECRET);
  }

  @Test
  void aShortSecretIsNotShownAtAll() {
    assertThat(Secrets.masked("abcdef123")).isEqualTo("*****");
    assertThat(Secrets.masked("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x?X-Amz-Signature=s3cr3t-0123456789&a=b",
        "/x?a=b&access_token=s3cr3t-0123456789",
        "/x?X-Who=s3cr3t-0123456789",
        "/x?client_secret=s3cr3t-0123456789"
      })
  void parametersOfAQueryAreHidden(String target) {
    assertThat(secrets.hiddenParameters(target)).contains("=*****").doesNotContain("s3cr3t");
    assertThat(secrets.hiddenParameters("/x?a=b&c=d")).isEqualTo("/x?a=b&c=d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\": \"s3cr3t-0123456789\"}",
        "{\"headers\":{\"authorization\":\"Bearer s3cr3t-0123456789\"}}",
        "{\"multiValueHeaders\":{\"Cookie\":[\"s3cr3t-0123456789\",\"s3cr3t-2\"]}}",
        "{\"apiKey\":\"s3cr3t-0123456789\"}",
        "{\"pin\": \"s3cr3t-\\\"0123456789\"}",
        "{\"body\":\"{\\\"token\\\":\\\"s3cr3t-0123456789\\\"}\"}",
        "{\"body\":\"{\\\"token\\\":\\\"s3cr3t-\\\\\\\"s3cr3t-2\\\"}\"}",
        "{\"body\":\"{\\\"token\\\":\\\"s3cr3t-0123456",
        "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"token\\\\\\\":\\\\\\\"s3cr3t-0123456789\\\\\\\"}\\\"}\"}",
        "<SecretAccessKey>s3cr3t-0123456789</SecretAccessKey>",
        "<a:SessionToken type='x'>s3cr3t-\"0\"&amp;123</a:SessionToken>",
        "<password><![CDATA[s3cr3t-0123456789]]></password>",
        "{\"body\":\"<Password>s3cr3t-0123456",
        "grant_type=x&client_secret=s3cr3t-0123456789",
        "{\"password\": \"s3cr3t-0123456"
      })
  void membersAndFormsOfAContentAreHidden(String content) {
    assertThat(secrets.hidden(content)).doesNotContain("s3cr3t");
  }

  @Test
  void whatStandsBesideASecretStays() {
    assertThat(
            secrets.hidden(
                "{\"a\":\"{\\\"token\\\":\\\"x\\\\\\\\\\\",\\\"name\\\":\\\"Rex\\\"}\",\"b\":1}"))
        .isEqualTo("{\"a\":\"{\\\"token\\\":\\\"*****\\\",\\\"name\\\":\\\"Rex\\\"}\",\"b\":1}");
    assertThat(secrets.hidden("<Credentials>\n <SessionToken>x</SessionToken><Name>Rex</Name>"))
        .isEqualTo("<Credentials>\n <SessionToken>*****</SessionToken><Name>Rex</Name>");
  }

  @Test
  void hostileContentTakesNoLongerThanOther() {
    for (String part : List.of("\\", "<a ", "<token>", "\"token\":\"", "\\\"token\\\":\\\"", "<")) {
      String content = part.repeat(4096 / part.length());

      assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> secrets.hidden(content)))
          .isNotNull();
    }
  }

  @Test
  void otherMembersStay() {
    String content = "{\"name\": \"Rex\", \"tags\": [\"a\"], \"age\": 3, \"monkey\": \"b\"}";

    assertThat(secrets.hidden(content)).isEqualTo(content);
  }

  @Test
  void theSameValueIsHiddenWhereverItStands() {
    secrets.learn(
        Headers.of("Authorization", "Bearer " + SECRET), "a=b&token=another-secret-of-mine");
    secrets.learn(Headers.empty(), "code=a%2Fsecret%2Bof+mine");
    secrets.add("the-value-of-a-key");

    assertThat(secrets.hidden("log: " + SECRET + " another-secret-of-mine the-value-of-a-key end"))
        .isEqualTo("log: *****456789 *****f-mine *****-a-key end");
    assertThat(secrets.hidden("a/secret+of mine a%2Fsecret%2Bof+mine"))
        .isEqualTo("*****f mine *****f+mine");
  }
}
