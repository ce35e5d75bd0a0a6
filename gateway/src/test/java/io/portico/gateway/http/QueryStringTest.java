package io.portico.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QueryStringTest {

  @Test
  void decodesValuesAndReadsPlusAsABlank() {
    QueryString query = new QueryString("plus=test+alias&enc=%2B&ts=2023-01-01T00:00:00+00:00");

    assertThat(query.last("plus")).isEqualTo("test alias");
    assertThat(query.last("enc")).isEqualTo("+");
    assertThat(query.last("ts")).isEqualTo("2023-01-01T00:00:00 00:00");
  }

  @Test
  void keepsRepeatedNamesInOrderAndAnswersTheLast() {
    QueryString query = new QueryString("price=10&x=&price=20&flag&price=30");

    assertThat(query.asMap())
        .containsExactly(
            entry("price", List.of("10", "20", "30")),
            entry("x", List.of("")),
            entry("flag", List.of("")));
    assertThat(query.last("price")).isEqualTo("30");
    assertThat(query.last("Price")).isNull();
  }

  @Test
  void leavesABrokenEscapeAsItIs() {
    assertThat(new QueryString("a=%&b=%2&c=%zz+%41").asMap())
        .containsExactly(
            entry("a", List.of("%")), entry("b", List.of("%2")), entry("c", List.of("%zz A")));
  }

  @Test
  void endsAtTheFragment() {
    assertThat(new QueryString("a=1#b=2").raw()).isEqualTo("a=1");
  }

  @Test
  void isEmptyWithoutParameters() {
    assertThat(new QueryString(null).isEmpty()).isTrue();
    assertThat(new QueryString("&&").isEmpty()).isTrue();
  }
}
