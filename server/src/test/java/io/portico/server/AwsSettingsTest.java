package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.Credentials;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AwsSettingsTest {
  private static final Map<String, String> WHOLE =
      Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret");

  @Test
  void awsIsCalledOnlyWithWholeCredentials() {
    assertThat(AwsSettings.hasCredentials(WHOLE)).isTrue();
    assertThat(AwsSettings.hasCredentials(Map.of())).isFalse();
    assertThat(AwsSettings.hasCredentials(Map.of("AWS_ACCESS_KEY_ID", "id"))).isFalse();
    assertThat(
            AwsSettings.hasCredentials(
                Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "")))
        .isFalse();
  }

  @Test
  void signsWithTheCredentialsOfTheEnvironmentOrWithThoseOfEmulators() {
    Map<String, String> temporary =
        Map.of(
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_SESSION_TOKEN", "token");

    assertThat(AwsSettings.credentials(WHOLE)).isEqualTo(new Credentials("id", "secret", null));
    assertThat(AwsSettings.credentials(temporary))
        .isEqualTo(new Credentials("id", "secret", "token"));
    assertThat(AwsSettings.credentials(Map.of("AWS_SESSION_TOKEN", "token")))
        .isEqualTo(new Credentials("test", "test", null));
  }
}
