package io.portico.gateway.execute.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RememberedFactsTest {
  private final List<String> asked = new ArrayList<>();

  private final ControlFacts facts =
      new RememberedFacts(
          new ControlFacts() {
            @Override
            public @Nullable Api api(String apiId) {
              asked.add("api " + apiId);
              return apiId.equals("none") ? null : new Api("Pets", List.of());
            }

            @Override
            public boolean isOutdated(String apiId, String deploymentId) {
              asked.add("outdated " + apiId + " " + deploymentId);
              return deploymentId.equals("old");
            }

            @Override
            public @Nullable Key key(String scope, String digest) {
              asked.add("key " + scope + " " + digest);
              return digest.equals("none") ? null : new Key("k", true, List.of());
            }
          });

  @Test
  void eachThingIsAskedForOnce() {
    for (int i = 0; i < 3; i++) {
      assertThat(facts.api("pets")).isNotNull();
      assertThat(facts.api("none")).isNull();
      assertThat(facts.isOutdated("pets", "old")).isTrue();
      assertThat(facts.isOutdated("pets", "new")).isFalse();
      assertThat(facts.key("scope", "digest")).isNotNull();
      assertThat(facts.key("scope", "none")).isNull();
    }

    assertThat(asked)
        .containsExactly(
            "api pets",
            "api none",
            "outdated pets old",
            "outdated pets new",
            "key scope digest",
            "key scope none");
  }
}
