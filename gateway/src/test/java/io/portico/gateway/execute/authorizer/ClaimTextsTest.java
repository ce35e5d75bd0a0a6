package io.portico.gateway.execute.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.portico.gateway.jose.Claims;
import io.portico.gateway.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class ClaimTextsTest {
  @Test
  void everyClaimIsATextAsOnAws() {
    Map<String, String> texts =
        texts(
            """
            {"sub": "6f1e", "email_verified": true, "auth_time": 1680629979,
             "exp": 1680633579, "iat": 1680629979.75, "nbf": 0,
             "cognito:groups": ["admins", "staff"], "custom:level": 7, "custom:rate": 1.50,
             "custom:none": null, "custom:empty": "", "custom:list": []}
            """);

    assertThat(texts)
        .containsExactly(
            entry("sub", "6f1e"),
            entry("email_verified", "true"),
            entry("auth_time", "1680629979"),
            entry("exp", "Tue Apr 04 18:39:39 UTC 2023"),
            entry("iat", "Tue Apr 04 17:39:39 UTC 2023"),
            entry("nbf", "Thu Jan 01 00:00:00 UTC 1970"),
            entry("cognito:groups", "admins,staff"),
            entry("custom:level", "7"),
            entry("custom:rate", "1.50"),
            entry("custom:empty", ""),
            entry("custom:list", ""));
  }

  @Test
  void objectsAreTheirJson() {
    assertThat(
            texts(
                """
                {"address": {"locality": "Bern"},
                 "identities": [{"userId": "1", "primary": "true"}, {"userId": "2"}]}
                """))
        .containsExactly(
            entry("address", "{\"locality\":\"Bern\"}"),
            entry("identities", "{\"userId\":\"1\",\"primary\":\"true\"},{\"userId\":\"2\"}"));
  }

  @Test
  void aDateThatIsATextStaysIt() {
    assertThat(texts("{\"exp\": \"tomorrow\"}")).containsExactly(entry("exp", "tomorrow"));
  }

  private static Map<String, String> texts(String json) {
    return ClaimTexts.of(new Claims((ObjectNode) Json.parse(json)));
  }
}
