package io.portico.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AcceptEncodingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip                               | GZIP
          GZip                               | GZIP
          deflate                            | DEFLATE
          deflate, gzip                      | DEFLATE
          gzip, deflate, br                  | GZIP
          gzip;q=0.001                       | GZIP
          deflate;q=0.5,gzip;q=1.0           | GZIP
          deflate ; q=0.5 , gzip ; Q=0.4     | DEFLATE
          gzip;q=1.0,identity;q=0.5,*;q=0    | GZIP
          identity;q=0, gzip                 | GZIP
          identity;q=0, *                    | GZIP
          ,, gzip ,                          | GZIP
          """)
  void asksForACoding(String field, ContentCoding coding) {
    assertThat(AcceptEncoding.preferred(List.of(field))).isEqualTo(coding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''
          *
          identity
          br
          br, gzip
          x-gzip
          gzip;q=0
          gzip;q=0.000
          gzip;q=0.5, identity
          gzip;q=0.5, *
          gzip;q=0.5, br;q=0.6
          identity;q=0
          *;q=0
          gzip;q=2
          gzip;q=0.0001
          gzip;q=-1
          gzip;q=
          gzip;level=9
          gzip deflate
          """)
  void asksForNone(String field) {
    assertThat(AcceptEncoding.preferred(List.of(field))).isNull();
  }

  @Test
  void severalFieldsAreOneList() {
    assertThat(AcceptEncoding.preferred(List.of("deflate;q=0.5", "gzip")))
        .isEqualTo(ContentCoding.GZIP);
    assertThat(AcceptEncoding.preferred(List.of())).isNull();
  }
}
