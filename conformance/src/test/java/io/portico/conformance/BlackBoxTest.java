package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** These tests could be pointed at AWS: no class of Portico is there to help them. */
final class BlackBoxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.portico.gateway.http.HttpRequest",
        "io.portico.server.Main",
        "io.portico.store.SqliteRecordStore"
      })
  void noClassOfPorticoIsOnTheClassPath(String name) {
    assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
  }
}
