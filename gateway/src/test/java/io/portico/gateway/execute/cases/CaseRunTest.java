package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A case that says something untrue fails. */
final class CaseRunTest {
  private static final String CASE =
      """
      source: assumed
      --- client request
      GET /pets HTTP/1.1
      --- backend answers
      200
      X-Good: yes

      body
      --- backend receives
      GET /
      Host: backend.test
      --- gateway response
      200
      X-Good: yes
      !X-Bad
      !X-Good

      body
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /\n=GET /x\n",
        "Host: backend.test=Host: other",
        "X-Good: yes\n!=X-Good: no\n!",
        "X-Good: yes\n!=x-good: yes\n!",
        "X-Good: yes\n!=!",
        "response\n200=response\n201",
        "X-Good: yes\n\nbody=X-Good: yes\nX-Good: yes\n\nbody",
        "X-Good: yes\n\nbody=X-Good: yes\nx-good: no\n\nbody",
        "!X-Good\n\nbody=!X-Good\n\nother",
        "response\n200=response\n200 SomeException",
        "source: assumed=source: hearsay",
        "--- backend receives=--- backend gets",
        "--- client request=--- integration\n{uriTypo: x}\n--- client request",
        "receives\n=receives nothing\n",
        "--- backend receives=--- backend receives, on the wire"
      })
  void untrueCasesFail(String change) {
    String[] parts = change.split("=", 2);
    String untrue = CASE.replaceFirst(Pattern.quote(parts[0]), parts[1]);

    assertThat(untrue).isNotEqualTo(CASE);
    assertThatThrownBy(() -> CaseRun.run(CaseFile.parse(untrue))).isNotNull();
  }

  @Test
  void theTrueOnePasses() throws Exception {
    CaseRun.run(CaseFile.parse(CASE));
  }
}
