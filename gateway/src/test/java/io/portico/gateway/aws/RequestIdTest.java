package io.portico.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RequestIdTest {

  @Test
  void aRequestIdIsARandomUuid() {
    UUID id = UUID.fromString(RequestId.random());

    assertThat(id.version()).isEqualTo(4);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void anExtendedIdHasSixteenCharacters() {
    assertThat(Stream.generate(RequestId::extended).limit(100))
        .allMatch(id -> id.matches("[A-Za-z0-9_-]{15}="))
        .doesNotHaveDuplicates();
  }
}
