package io.portico.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArnPatternTest {
  private static final String API = "arn:aws:execute-api:us-east-1:000000000000:";

  @ParameterizedTest
  @CsvSource({
    "abc/*/GET/pets, abc/prod/GET/pets, true",
    "abc/*/GET/pets, abc/prod/POST/pets, false",
    "abc/*/*, abc/prod/GET/pets/1, true",
    "abc/*, abc/prod/GET/a:b, true",
    "abc/prod/GET/pets, abc/prod/GET/pets, true",
    "abc/prod/GET/pets, abc/prod/GET/pet, false",
    "ab?/prod/GET/, abc/prod/GET/, true",
    "ab?/prod/GET/, ab/prod/GET/, false",
    "*, abc/prod/GET/pets, true",
    "abc/*/a*b, abc/prod/aXbXb, true",
    "abc/*/a*b, abc/prod/aXbXc, false",
    "abc/**, abc/, true",
    "Abc/*, abc/prod, false"
  })
  void theResourceMayHaveWildcards(String pattern, String resource, boolean matches) {
    ArnPattern arn = ArnPattern.of(API + pattern);

    assertThat(arn).isNotNull();
    assertThat(arn.matches(API + resource)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:execute-api:*:*:abc/*, true",
    "arn:*:execute-api:us-east-1:000000000000:abc/*, true",
    "arn:aws:execute-api:us-*-1:0000????0000:abc/*, true",
    "arn:aws:execute-api:eu-*:*:abc/*, false",
    "arn:aws:*:abc/*, false",
    "arn:*, false",
    "*, false",
    "arn:aws:execute-api:us-east-1*:abc/*, false"
  })
  void eachPartIsComparedByItself(String pattern, boolean matches) {
    ArnPattern arn = ArnPattern.of(pattern);

    assertThat(arn != null && arn.matches(API + "abc/prod/GET/")).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"abc", "arn:aws:execute-api:us-east-1:000000000000", "''"})
  void whatIsNoArnIsLikeNone(String text) {
    ArnPattern arn = ArnPattern.of("arn:*:*:*:*:*");

    assertThat(arn).isNotNull();
    assertThat(arn.matches(text)).isFalse();
  }
}
