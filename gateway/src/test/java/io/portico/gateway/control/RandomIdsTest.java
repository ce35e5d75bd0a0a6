package io.portico.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
  private final RandomIds ids = new RandomIds();

  @Test
  void idsAreLowerCaseLettersAndDigits() {
    assertThat(ids.next(10)).matches("[a-z0-9]{10}");
    assertThat(ids.next(6)).matches("[a-z0-9]{6}");
  }

  @Test
  void everyCharacterOccurs() {
    String all = Stream.generate(() -> ids.next(10)).limit(1000).collect(Collectors.joining());

    assertThat(all.chars().distinct().count()).isEqualTo(36);
  }

  @Test
  void idsDiffer() {
    assertThat(Stream.generate(() -> ids.next(10)).limit(1000).distinct()).hasSize(1000);
  }
}
